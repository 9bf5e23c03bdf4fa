/* SPDX-License-Identifier: MIT */
#include "control/config_apply.h"

#include "act/query_records.h"
#include "control/config_values.h"
#include "control/config_watch.h"
#include "settings/settings_diff.h"

#define RELOAD_RETRY (50 * CLOCK_MILLISECOND)

static void reload(ConfigChange *change);

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

	config_change_fail(
	    change, CONTROL_ERROR_REFUSED, "%s; the file is as it was before", change->failure);
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
	config_change_fail(change, CONTROL_ERROR_INTERNAL,
	    "%s; and the file could not be put back as it was: %s", change->failure,
	    write->problem);
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
	config_change_finish(
	    change, json_pack("{s:I,s:O,s:o}", "id", (json_int_t)change->id, "changed", changed,
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
		config_change_fail(change, CONTROL_ERROR_INTERNAL, "%s", change->failure);
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

	config_change_fail(change, change->failure_code, "%s", change->failure);
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
		config_change_fail(change, CONTROL_ERROR_INTERNAL,
		    "the change could not be recorded: %s", answer->text);
		return;
	}
	change->id = answer->id;
	if (!config_job_write(control_pool(change->control), change->path, change->old_text,
		change->new_text, written, change))
		config_change_fail(change, CONTROL_ERROR_INTERNAL, "the service is stopping");
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
	config_change_finish(change, NULL);
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
	config_change_fail(change, CONTROL_ERROR_CONFLICT,
	    "%s was edited by hand and is not in force ([%s] %s and %u more): reload it or put it "
	    "back first",
	    job->path, first->section, first->row ? first->row->key : "", changes->len - 1);
	return false;
}

/* What differs; of a section that came or went as a whole, the keys that were written too. */
static json_t *
changed_json(const GPtrArray *changes, const GPtrArray *applied)
{
	json_t *list = config_changes_json(changes);

	for (unsigned i = 0; i < changes->len; i++) {
		const SettingsChange *change = changes->pdata[i];

		for (unsigned k = 0; !change->row && k < applied->len; k++) {
			const StoreChangeItem *item = applied->pdata[k];

			if (item->key && strcmp(item->section, change->section) == 0)
				json_array_append_new(list, config_item_json(item, true));
		}
	}
	return list;
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
		config_change_fail(change, CONTROL_ERROR_INTERNAL, "the service is stopping");
	} else if (!job->settings) {
		g_autofree char *text = settings_error_text(job->errors->pdata[0]);

		config_change_fail(
		    change, CONTROL_ERROR_CONFLICT, "the file on the disk is not valid: %s", text);
	} else if (!disk_is_in_force(change, job)) {
		return;
	} else if (job->problem) {
		config_change_fail(change, CONTROL_ERROR_REFUSED, "%s", job->problem);
	} else if (!job->new_settings) {
		refuse_errors(change, job->new_errors);
	} else if (!job->changed_path) {
		config_change_finish(
		    change, json_pack("{s:n,s:[],s:[]}", "id", "changed", "restart_needed"));
	} else {
		changes = settings_diff(running, job->new_settings);
		call_note(change->call, "configuration", NULL,
		    json_pack("{s:o}", "changed", changed_json(changes, job->applied)));
		record(change, job);
	}
}

void
config_change_try(ConfigChange *change)
{
	Control *control = change->control;
	const char *path = control_config_path(control);

	if (!path)
		config_change_fail(change, CONTROL_ERROR_REFUSED,
		    "the service runs without a configuration file: nothing can be changed");
	else if (!config_job_read(
		     control_pool(control), path, g_steal_pointer(&change->items), tried, change))
		config_change_fail(
		    change, CONTROL_ERROR_INTERNAL, "too much work is waiting: try again");
}
