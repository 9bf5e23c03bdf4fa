/* SPDX-License-Identifier: MIT */
#include "control/config_reconcile.h"

#include "act/query_records.h"
#include "control/config_change.h"
#include "control/config_job.h"
#include "control/config_watch.h"

typedef struct Reconcile {
	Control *control;
	GPtrArray *pending; /* of StoreConfigChange */
} Reconcile;

static void
end(Reconcile *reconcile)
{
	ConfigQueue *queue = reconcile->control->config;

	if (reconcile->pending)
		g_ptr_array_unref(reconcile->pending);
	g_free(reconcile);
	config_queue_hold(queue, false);
}

static void
files_read(void *data, ConfigJob *job)
{
	Reconcile *reconcile = data;
	Control *control = reconcile->control;

	for (unsigned i = 0; !job->stopped && !control->stopping && i < reconcile->pending->len;
	     i++) {
		const StoreConfigChange *change = reconcile->pending->pdata[i];
		bool applied = config_edit_is_applied(job->keyfiles, change->items);

		log_event(control->setup.log, LOG_LEVEL_WARN, "config", "CONFIG_RECONCILED", NULL,
		    "change %" G_GINT64_FORMAT " by %s was interrupted: it was %s",
		    (gint64)change->id, change->who, applied ? "done" : "not done");
		records_set_change_state(control->setup.records, change->id,
		    applied ? STORE_CHANGE_DONE : STORE_CHANGE_FAILED, NULL, NULL);
	}
	end(reconcile);
}

static void
pending_read(void *data, const RecordsAnswer *answer)
{
	Reconcile *reconcile = data;
	Control *control = reconcile->control;
	const char *path = control_config_path(control);

	if (answer->problem || answer->rows->len == 0 || !path) {
		end(reconcile);
		return;
	}
	reconcile->pending = g_ptr_array_ref(answer->rows);
	if (!config_job_read(control_pool(control), path, NULL, files_read, reconcile))
		end(reconcile);
}

void
config_reconcile(Control *control)
{
	Reconcile *reconcile = g_new0(Reconcile, 1);

	reconcile->control = control;
	config_queue_hold(control->config, true);
	records_read_pending(control->setup.records, pending_read, reconcile);
}
