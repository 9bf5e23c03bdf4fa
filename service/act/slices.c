/* SPDX-License-Identifier: MIT */
#include "act/slices.h"

/* A job that is deferred and never run: its way back begins another turn. */
typedef struct Slices {
	Job job; /* first */
	Host *host;
	SliceStep step;
	void *data;
	GDestroyNotify free_data;
} Slices;

static void
go_on(Slices *slices)
{
	while (slices->step(slices->host, slices->data)) {
		if (!slices->host->pool)
			continue;
		work_defer(slices->host->pool, &slices->job);
		return;
	}
	slices->free_data(slices->data);
	g_free(slices);
}

static void
come_back(Job *job)
{
	go_on((Slices *)job);
}

void
slices_start(Host *host, SliceStep step, void *data, GDestroyNotify free_data)
{
	Slices *slices = g_new0(Slices, 1);

	slices->job.done = come_back;
	slices->host = host;
	slices->step = step;
	slices->data = data;
	slices->free_data = free_data;
	go_on(slices);
}
