/* SPDX-License-Identifier: MIT */
#include "control/config_change.h"

#include "act/query_records.h"
#include "control/config_apply.h"
#include "control/config_watch.h"

static void begin_next(ConfigQueue *queue);

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
void
config_change_finish(ConfigChange *change, json_t *result)
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

void
config_change_fail(ConfigChange *change, int code, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	call_refuse(change->call, code, "%s", text);
	config_change_finish(change, NULL);
}

void
config_queue_free(ConfigQueue *queue)
{
	ConfigChange *change;

	if (!queue)
		return;
	while ((change = g_queue_peek_tail(&queue->changes)))
		config_change_fail(change, CONTROL_ERROR_INTERNAL, "the service is stopping");
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

/* ---- What must be known before ---- */

static void
newest_read(void *data, const RecordsAnswer *answer)
{
	ConfigChange *change = data;
	int64_t newest = 0;

	if (answer->problem) {
		config_change_fail(change, CONTROL_ERROR_INTERNAL, "%s", answer->problem);
		return;
	}
	if (answer->rows->len > 0)
		newest = ((StoreConfigChange *)answer->rows->pdata[0])->id;
	if (newest == change->expect)
		config_change_try(change);
	else
		config_change_fail(change, CONTROL_ERROR_CONFLICT,
		    "the last change is %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT
		    ": somebody else was faster",
		    (gint64)newest, (gint64)change->expect);
}

static void
undone_read(void *data, const RecordsAnswer *answer)
{
	ConfigChange *change = data;

	if (answer->problem) {
		config_change_fail(change, CONTROL_ERROR_INTERNAL, "%s", answer->problem);
	} else if (!answer->change || answer->change->state != STORE_CHANGE_DONE) {
		config_change_fail(change, CONTROL_ERROR_NOT_FOUND,
		    "there is no change %" G_GINT64_FORMAT " that was done",
		    (gint64)change->undo_of);
	} else if (answer->later != 0) {
		config_change_fail(change, CONTROL_ERROR_CONFLICT,
		    "change %" G_GINT64_FORMAT " touched the same keys later: undo that first",
		    (gint64)answer->later);
	} else {
		change->items = config_edit_inverse(answer->change->items);
		config_change_try(change);
	}
}

static void
begin(ConfigChange *change)
{
	Records *records = change->control->setup.records;

	if (change->control->stopping)
		config_change_fail(change, CONTROL_ERROR_INTERNAL, "the service is stopping");
	else if (change->undo_of != 0)
		records_read_change(records, change->undo_of, undone_read, change);
	else if (change->expect >= 0)
		records_read_changes(records, 0, 1, newest_read, change);
	else
		config_change_try(change);
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
