/* SPDX-License-Identifier: MIT */
#include "act/slices.h"

#define SLICES_MAX 1000u /* jobs of the pool before it; past it all is done in one go */

/* A job that does nothing on the pool: its way back to the state thread begins another turn. */
typedef struct Slices {
	Job job; /* first */
	Host *host;
	SliceStep step;
	void *data;
	GDestroyNotify free_data;
} Slices;

static void
pass_through(Job *job)
{
}

static void
go_on(Slices *slices)
{
	while (slices->step(slices->host, slices->data))
		if (slices->host->pool && work_submit(slices->host->pool, &slices->job, SLICES_MAX))
			return;
	slices->free_data(slices->data);
	g_free(slices);
}

static void
come_back(Job *job)
{
	Slices *slices = (Slices *)job;

	if (!work_is_cancelled(job)) {
		go_on(slices);
		return;
	}
	slices->free_data(slices->data);
	g_free(slices);
}

void
slices_start(Host *host, SliceStep step, void *data, GDestroyNotify free_data)
{
	Slices *slices = g_new0(Slices, 1);

	slices->job.run = pass_through;
	slices->job.done = come_back;
	slices->host = host;
	slices->step = step;
	slices->data = data;
	slices->free_data = free_data;
	go_on(slices);
}
