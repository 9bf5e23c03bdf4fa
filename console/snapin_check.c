/* SPDX-License-Identifier: MIT */
#include "snapin_check.h"

typedef struct CheckJob {
	const SnapinEntry *entry;
	ModuleCheckOptions options;
} CheckJob;

static void
run_check(GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
	CheckJob *job = task_data;

	g_task_return_pointer(task, snapin_registry_check(job->entry, &job->options),
	    (GDestroyNotify)module_report_free);
}

void
snapin_check_async(GObject *source, const SnapinEntry *entry, const ModuleCheckOptions *options,
    GAsyncReadyCallback callback, gpointer user_data)
{
	g_autoptr(GTask) task = g_task_new(source, NULL, callback, user_data);
	CheckJob *job = g_new0(CheckJob, 1);

	job->entry = entry;
	job->options = *options;
	g_task_set_task_data(task, job, g_free);
	g_task_run_in_thread(task, run_check);
}

ModuleReport *
snapin_check_finish(GAsyncResult *result)
{
	return g_task_propagate_pointer(G_TASK(result), NULL);
}
