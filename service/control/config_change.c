/* SPDX-License-Identifier: MIT */
#include "control/config_change.h"

#include "act/query_records.h"
#include "control/config_job.h"
#include "control/config_values.h"
#include "control/config_watch.h"
#include "settings/settings_diff.h"

#define RELOAD_RETRY (50 * CLOCK_MILLISECOND)

typedef struct ConfigChange {
	Control *control;
	ControlCall *call;
	GPtrArray *items; /* as asked; NULL: to be read from the record of undo_of */
	char *comment;
	int64_t expect; /* < 0: no matter */
	int64_t undo_of;
	/* What came of the trial. */
	GPtrArray *applied;
	char *path;
	char *old_text;
	char *new_text;
	int64_t id;    /* in the record */
	char *failure; /* what to answer once the record is marked */
	int failure_code;
	Timer retry;
} ConfigChange;

struct ConfigQueue {
	Control *control;
	GQueue changes; /* of ConfigChange; the first is under way */
	bool reloading;
	bool held; /* the record is not settled yet */
};

static void begin_next(ConfigQueue *queue);
static void reload(ConfigChange *change);

static void
change_free(ConfigChange *change)
{
	timers_cancel(change->control->setup.community->timers, &change->retry);
	if (change->items)
		g_ptr_array_unref(change->items);
	if (change->applied)
		g_ptr_array_unref(change->applied);
	g_free(change->comment);
	g_free(change->path);
	g_free(change->old_text);
	g_free(change->new_text);
	g_free(change->failure);
	g_free(change);
}

ConfigQueue *
config_queue_new(Control *control)
{
	ConfigQueue *queue = g_new0(ConfigQueue, 1);

	queue->control = control;
	g_queue_init(&queue->changes);
	return queue;
}

/* The end of the change under way; its call has its refusal if `result` is NULL. */
static void
finish(ConfigChange *change, json_t *result)
{
	ConfigQueue *queue = change->control->config;
	ControlCall *call = change->call;
	bool was_first = g_queue_peek_head(&queue->changes) == change;

	g_queue_remove(&queue->changes, change);
	config_watch_forget(change->control->watch);
	change_free(change);
	call_finish(call, result);
	if (was_first)
		begin_next(queue);
}

static void G_GNUC_PRINTF(3, 4) fail(ConfigChange *change, int code, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	call_refuse(change->call, code, "%s", text);
	finish(change, NULL);
}

void
config_queue_free(ConfigQueue *queue)
{
	ConfigChange *change;

	if (!queue)
		return;
	while ((change = g_queue_peek_tail(&queue->changes)))
		fail(change, CONTROL_ERROR_INTERNAL, "the service is stopping");
	g_free(queue);
}

bool
config_queue_is_reloading(const ConfigQueue *queue)
{
	return queue->reloading;
}

void
config_queue_hold(ConfigQueue *queue, bool held)
{
	queue->held = held;
	if (!held)
		begin_next(queue);
}

/* ---- Afterwards: done, or the old text back ---- */

static void
mark(ConfigChange *change, StoreChangeState state, StoreDone done)
{
	StoreAnswer stopping = {.text = "the service is stopping"};

	if (change->control->stopping)
		done(change, &stopping);
	else
		records_set_change_state(
		    change->control->setup.records, change->id, state, done, change);
}

static void
failure_marked(void *data, const StoreAnswer *answer)
{
	ConfigChange *change = data;

	fail(change, CONTROL_ERROR_REFUSED, "%s; the file is as it was before", change->failure);
}

static void
restored(void *data, const ConfigWrite *write)
{
	ConfigChange *change = data;

	if (!write->problem) {
		mark(change, STORE_CHANGE_FAILED, failure_marked);
		return;
	}
	/* It stays pending: the next start looks at what the file says then. */
	fail(change, CONTROL_ERROR_INTERNAL, "%s; and the file could not be put back as it was: %s",
	    change->failure, write->problem);
}

static json_t *
restart_needed(const json_t *changed)
{
	json_t *list = json_array();
	json_t *item;
	size_t index;

	json_array_foreach((json_t *)changed, index,
	    item) if (!json_is_true(json_object_get(item, "live"))) json_array_append_new(list,
	    json_sprintf("[%s] %s", json_string_value(json_object_get(item, "section")),
		json_string_value(json_object_get(item, "key"))));
	return list;
}

/* What was changed, for the answer, the push and the audit. */
static json_t *
changed_list(const ConfigChange *change)
{
	return json_object_get(change->call->after, "changed");
}

static void
done_marked(void *data, const StoreAnswer *answer)
{
	ConfigChange *change = data;
	Control *control = change->control;
	json_t *changed = changed_list(change);

	/* It is in force and in the record; the next start finds out that it was done. */
	if (!answer->done)
		log_event(control->setup.log, LOG_LEVEL_ERROR, "config", "CONFIG_NOT_MARKED", NULL,
		    "change %" G_GINT64_FORMAT " is done, its record says pending: %s",
		    (gint64)change->id, answer->text);
	if (control_is_followed(control, TOPIC_CONFIG))
		control_push(control, TOPIC_CONFIG,
		    json_pack("{s:s,s:I,s:o,s:O}", "type", "config.changed", "id",
			(json_int_t)change->id, "who", json_text(change->call->who), "changes",
			changed));
	finish(change, json_pack("{s:I,s:O,s:o}", "id", (json_int_t)change->id, "changed", changed,
			   "restart_needed", restart_needed(changed)));
}

/* ---- Applying ---- */

static void
reloaded(void *data, const HostReload *outcome)
{
	ConfigChange *change = data;
	Control *control = change->control;

	control->config->reloading = false;
	if (!outcome->errors || outcome->errors->len == 0) {
		mark(change, STORE_CHANGE_DONE, done_marked);
		return;
	}
	change->failure = settings_error_text(outcome->errors->pdata[0]);
	if (!config_job_write(control_pool(control), change->path, change->new_text,
		change->old_text ? change->old_text : "", restored, change))
		fail(change, CONTROL_ERROR_INTERNAL, "%s", change->failure);
}

static void
retry_reload(Timer *timer, void *data)
{
	reload(data);
}

static void
reload(ConfigChange *change)
{
	Control *control = change->control;
	const ControlSetup *setup = &control->setup;

	/* Another reload is under way: it ends soon. */
	control->config->reloading = true;
	if (setup->host->reload(setup->host, change->call->who, reloaded, change))
		return;
	control->config->reloading = false;
	timers_set(setup->community->timers, &change->retry,
	    clock_monotonic(setup->clock) + RELOAD_RETRY, retry_reload, change);
}

static void
not_written_marked(void *data, const StoreAnswer *answer)
{
	ConfigChange *change = data;

	fail(change, change->failure_code, "%s", change->failure);
}

static void
written(void *data, const ConfigWrite *write)
{
	ConfigChange *change = data;

	if (!write->problem) {
		reload(change);
		return;
	}
	change->failure = g_strdup(write->problem);
	change->failure_code = write->conflict ? CONTROL_ERROR_CONFLICT : CONTROL_ERROR_INTERNAL;
	mark(change, STORE_CHANGE_FAILED, not_written_marked);
}

static void
recorded(void *data, const StoreAnswer *answer)
{
	ConfigChange *change = data;

	if (!answer->done) {
		fail(change, CONTROL_ERROR_INTERNAL, "the change could not be recorded: %s",
		    answer->text);
		return;
	}
	change->id = answer->id;
	if (!config_job_write(control_pool(change->control), change->path, change->old_text,
		change->new_text, written, change))
		fail(change, CONTROL_ERROR_INTERNAL, "the service is stopping");
}

/* ---- The trial ---- */

static void
refuse_errors(ConfigChange *change, const GPtrArray *errors)
{
	const SettingsError *first = errors->pdata[0];
	g_autofree char *text = settings_error_text(first);

	call_refuse(change->call, CONTROL_ERROR_INVALID_PARAMS, "%s", text);
	if (first->section)
		call_refusal_data(change->call, "object", first->section);
	if (first->key)
		call_refusal_data(change->call, "parameter", first->key);
	call_refusal_data(change->call, "allowed", first->problem);
	finish(change, NULL);
}

/* Does the disk hold what is in force? A change on top of somebody's unloaded work would put that
 * into force too. */
static bool
disk_is_in_force(ConfigChange *change, const ConfigJob *job)
{
	const Settings *running = change->control->setup.community->settings;
	g_autoptr(GPtrArray) changes = settings_diff(running, job->settings);
	const SettingsChange *first;

	if (changes->len == 0)
		return true;
	first = changes->pdata[0];
	fail(change, CONTROL_ERROR_CONFLICT,
	    "%s was edited by hand and is not in force ([%s] %s and %u more): reload it or put it "
	    "back first",
	    job->path, first->section, first->row ? first->row->key : "", changes->len - 1);
	return false;
}

static void
record(ConfigChange *change, ConfigJob *job)
{
	const ControlSetup *setup = &change->control->setup;
	StoreConfigChange row = {
	    .time = clock_wall(setup->clock),
	    .who = change->call->who,
	    .comment = change->comment,
	    .state = STORE_CHANGE_PENDING,
	    .undo_of = change->undo_of,
	    .items = job->applied,
	};

	change->applied = g_steal_pointer(&job->applied);
	change->path = g_steal_pointer(&job->changed_path);
	change->old_text = g_steal_pointer(&job->old_text);
	change->new_text = g_steal_pointer(&job->new_text);
	records_add_change(setup->records, &row, recorded, change);
}

static void
tried(void *data, ConfigJob *job)
{
	ConfigChange *change = data;
	const Settings *running = change->control->setup.community->settings;
	g_autoptr(GPtrArray) changes = NULL;

	if (job->stopped || change->control->stopping) {
		fail(change, CONTROL_ERROR_INTERNAL, "the service is stopping");
	} else if (!job->settings) {
		g_autofree char *text = settings_error_text(job->errors->pdata[0]);

		fail(change, CONTROL_ERROR_CONFLICT, "the file on the disk is not valid: %s", text);
	} else if (!disk_is_in_force(change, job)) {
		return;
	} else if (job->problem) {
		fail(change, CONTROL_ERROR_REFUSED, "%s", job->problem);
	} else if (!job->new_settings) {
		refuse_errors(change, job->new_errors);
	} else if (!job->changed_path) {
		finish(change, json_pack("{s:n,s:[],s:[]}", "id", "changed", "restart_needed"));
	} else {
		changes = settings_diff(running, job->new_settings);
		call_note(change->call, "configuration", NULL,
		    json_pack("{s:o}", "changed", config_changes_json(changes)));
		record(change, job);
	}
}

static void
try_change(ConfigChange *change)
{
	Control *control = change->control;
	const char *path = control_config_path(control);

	if (!path)
		fail(change, CONTROL_ERROR_REFUSED,
		    "the service runs without a configuration file: nothing can be changed");
	else if (!config_job_read(
		     control_pool(control), path, g_steal_pointer(&change->items), tried, change))
		fail(change, CONTROL_ERROR_INTERNAL, "too much work is waiting: try again");
}

/* ---- What must be known before ---- */

static void
newest_read(void *data, const RecordsAnswer *answer)
{
	ConfigChange *change = data;
	int64_t newest = 0;

	if (answer->problem) {
		fail(change, CONTROL_ERROR_INTERNAL, "%s", answer->problem);
		return;
	}
	if (answer->rows->len > 0)
		newest = ((StoreConfigChange *)answer->rows->pdata[0])->id;
	if (newest == change->expect)
		try_change(change);
	else
		fail(change, CONTROL_ERROR_CONFLICT,
		    "the last change is %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT
		    ": somebody else was faster",
		    (gint64)newest, (gint64)change->expect);
}

static void
undone_read(void *data, const RecordsAnswer *answer)
{
	ConfigChange *change = data;

	if (answer->problem) {
		fail(change, CONTROL_ERROR_INTERNAL, "%s", answer->problem);
	} else if (!answer->change || answer->change->state != STORE_CHANGE_DONE) {
		fail(change, CONTROL_ERROR_NOT_FOUND,
		    "there is no change %" G_GINT64_FORMAT " that was done",
		    (gint64)change->undo_of);
	} else if (answer->later != 0) {
		fail(change, CONTROL_ERROR_CONFLICT,
		    "change %" G_GINT64_FORMAT " touched the same keys later: undo that first",
		    (gint64)answer->later);
	} else {
		change->items = config_edit_inverse(answer->change->items);
		try_change(change);
	}
}

static void
begin(ConfigChange *change)
{
	Records *records = change->control->setup.records;

	if (change->control->stopping)
		fail(change, CONTROL_ERROR_INTERNAL, "the service is stopping");
	else if (change->undo_of != 0)
		records_read_change(records, change->undo_of, undone_read, change);
	else if (change->expect >= 0)
		records_read_changes(records, 0, 1, newest_read, change);
	else
		try_change(change);
}

static void
begin_next(ConfigQueue *queue)
{
	ConfigChange *next = g_queue_peek_head(&queue->changes);

	if (next && !queue->held)
		begin(next);
}

static json_t *
enqueue(ConfigChange *change)
{
	ConfigQueue *queue = change->control->config;
	ControlCall *call = change->call;

	call_wait(call);
	g_queue_push_tail(&queue->changes, change);
	if (queue->changes.length == 1)
		begin_next(queue);
	return NULL;
}

static ConfigChange *
change_new(ControlCall *call, const char *comment)
{
	ConfigChange *change = g_new0(ConfigChange, 1);

	change->control = call->control;
	change->call = call;
	change->comment = g_strdup(comment ? comment : "");
	change->expect = -1;
	return change;
}

json_t *
config_change_start(ControlCall *call, GPtrArray *items, const char *comment, int64_t expect)
{
	ConfigChange *change = change_new(call, comment);

	change->items = items;
	change->expect = expect;
	return enqueue(change);
}

json_t *
config_change_undo(ControlCall *call, int64_t id, const char *comment)
{
	ConfigChange *change = change_new(call, comment);

	change->undo_of = id;
	return enqueue(change);
}
