/* SPDX-License-Identifier: MIT */
#include "control/control_call.h"

#include "act/query_records.h"
#include "control/config_change.h"
#include "control/config_job.h"
#include "control/config_values.h"
#include "control/config_watch.h"
#include "control/records_page.h"
#include "settings/keyfile.h"
#include "settings/settings_diff.h"

#define CONFIG_CHANGES_MAX 1000
#define CONFIG_VALUE_MAX 8192 /* bytes */

/* ---- config.get ---- */

typedef struct GetWalk {
	const Control *control;
	const char *section; /* NULL: all */
	const char *key;
	json_t *list;
} GetWalk;

static void
get_value(void *data, const char *section, const SettingRow *row, const SettingsOrigin *origin,
    const char *value)
{
	GetWalk *walk = data;
	const char *started = config_values_get(walk->control->started, section, row->key);
	bool pending = !row->live && (!started || strcmp(started, value) != 0);
	bool is_default = strcmp(value, row->default_text) == 0;
	json_t *object;

	if ((walk->section && strcmp(walk->section, section) != 0) ||
	    (walk->key && strcmp(walk->key, row->key) != 0))
		return;
	object = json_pack("{s:o,s:s,s:o,s:o,s:o,s:b,s:b}", "section", json_text(section), "key",
	    row->key, "value", row->secret ? json_null() : json_text(value), "default",
	    json_text(row->default_text), "source",
	    json_text(is_default || !origin->file ? "default" : origin->file), "live",
	    (int)row->live, "pending", (int)pending);
	if (row->secret)
		json_object_set_new(object, "set", json_boolean(value[0] != '\0'));
	json_array_append_new(walk->list, object);
}

json_t *
method_config_get(ControlCall *call)
{
	GetWalk walk = {
	    .control = call->control,
	    .section = call_string(call, "section"),
	    .key = call_string(call, "key"),
	    .list = json_array(),
	};

	config_values_each(call->control->setup.community->settings, get_value, &walk);
	if (json_array_size(walk.list) == 0 && (walk.section || walk.key)) {
		json_decref(walk.list);
		return call_not_found(call, walk.section ? walk.section : walk.key,
		    "There is no such setting: [%s] %s", walk.section ? walk.section : "",
		    walk.key ? walk.key : "");
	}
	return json_pack("{s:o}", "list", walk.list);
}

/* ---- config.set, config.undo ---- */

/* A value as it stands in a file; NULL if it can be none. Caller frees. */
static char *
value_text(const json_t *value)
{
	GString *words;
	json_t *item;
	size_t index;

	if (json_is_string(value))
		return g_strdup(json_string_value(value));
	if (json_is_integer(value))
		return g_strdup_printf("%" G_GINT64_FORMAT, (gint64)json_integer_value(value));
	if (json_is_boolean(value))
		return g_strdup(json_is_true(value) ? "yes" : "no");
	if (!json_is_array(value))
		return NULL;
	words = g_string_new(NULL);
	json_array_foreach((json_t *)value, index, item)
	{
		if (!json_is_string(item)) {
			g_string_free(words, TRUE);
			return NULL;
		}
		g_string_append_printf(
		    words, "%s%s", index > 0 ? " " : "", json_string_value(item));
	}
	return g_string_free(words, FALSE);
}

static StoreChangeItem *
refuse_change(ControlCall *call, size_t index, const char *problem)
{
	call_refuse_parameter(call, "changes", NULL, "changes[%zu]: %s", index, problem);
	return NULL;
}

/* Is it a section the table knows, with a name where it needs one? */
static const char *
section_problem(const char *section)
{
	g_autofree char *kind = g_strndup(section, strcspn(section, " "));
	const SettingSection *row = setting_section_find(kind);

	if (!keyfile_section_is_valid(section) || !row)
		return "there is no such section";
	if (row->named && !strchr(section, ' '))
		return "this section needs a name: \"listener main\"";
	if (!row->named && strchr(section, ' '))
		return "this section has no name";
	return NULL;
}

static StoreChangeItem *
read_change(ControlCall *call, size_t index, json_t *change)
{
	const char *section = json_string_value(json_object_get(change, "section"));
	json_t *key = json_object_get(change, "key");
	json_t *value = json_object_get(change, "value");
	g_autofree char *text = NULL;
	const char *problem;

	if (!json_is_object(change) || !section || !value)
		return refuse_change(call, index,
		    "an object of section, key and value is needed (value may be null)");
	if ((problem = section_problem(section)))
		return refuse_change(call, index, problem);
	if (!key || json_is_null(key)) {
		if (!json_is_null(value))
			return refuse_change(call, index, "a value needs a key");
		return config_item_new(section, NULL, NULL, NULL);
	}
	if (!json_is_string(key) || !keyfile_key_is_valid(json_string_value(key)))
		return refuse_change(call, index, "key must be a setting's name or null");
	if (json_is_null(value))
		return config_item_new(section, json_string_value(key), NULL, NULL);
	text = value_text(value);
	if (!text || strlen(text) > CONFIG_VALUE_MAX)
		return refuse_change(call, index,
		    "value must be a string, integer, boolean, array of strings or null");
	return config_item_new(section, json_string_value(key), NULL, text);
}

json_t *
method_config_set(ControlCall *call)
{
	json_t *changes = call_value(call, "changes");
	GPtrArray *items;
	json_t *change;
	size_t index;

	if (json_array_size(changes) < 1 || json_array_size(changes) > CONFIG_CHANGES_MAX)
		return call_refuse_parameter(call, "changes", NULL,
		    "Parameter 'changes' must hold 1 to %d changes", CONFIG_CHANGES_MAX);
	items = config_items_new();
	json_array_foreach(changes, index, change)
	{
		StoreChangeItem *item = read_change(call, index, change);

		if (!item) {
			g_ptr_array_unref(items);
			return NULL;
		}
		g_ptr_array_add(items, item);
	}
	return config_change_start(
	    call, items, call_string(call, "comment"), call_integer(call, "expect", -1));
}

json_t *
method_config_undo(ControlCall *call)
{
	return config_change_undo(call, call_integer(call, "id", 0), call_string(call, "comment"));
}

/* ---- config.history ---- */

static json_t *
history_row(const void *row)
{
	const StoreConfigChange *change = row;
	json_t *items = json_array();

	for (unsigned i = 0; i < change->items->len; i++)
		json_array_append_new(items, config_item_json(change->items->pdata[i], false));
	return json_pack("{s:I,s:o,s:o,s:o,s:s,s:o,s:o}", "id", (json_int_t)change->id, "time",
	    json_time(change->time), "who", json_text(change->who), "comment",
	    json_text(change->comment), "state", store_change_state_name(change->state), "undo_of",
	    change->undo_of ? json_integer(change->undo_of) : json_null(), "changes", items);
}

json_t *
method_config_history(ControlCall *call)
{
	return records_page(call, records_read_changes, history_row);
}

/* ---- config.diff ---- */

static json_t *
error_json(const SettingsError *error)
{
	g_autofree char *text = settings_error_text(error);

	return json_pack("{s:o,s:I,s:o,s:o,s:o,s:o,s:o}", "file", json_text(error->file), "line",
	    (json_int_t)error->line, "section", json_text(error->section), "key",
	    json_text(error->key), "value", json_text(error->value), "problem",
	    json_text(error->problem), "text", json_text(text));
}

static void
diff_read(void *data, ConfigJob *job)
{
	ControlCall *call = data;
	g_autoptr(GPtrArray) changes = NULL;
	json_t *errors;

	if (job->stopped) {
		call_refuse(call, CONTROL_ERROR_INTERNAL, "the service is stopping");
		call_finish(call, NULL);
		return;
	}
	errors = json_array();
	for (unsigned i = 0; i < job->errors->len; i++)
		json_array_append_new(errors, error_json(job->errors->pdata[i]));
	if (job->settings)
		changes = settings_diff(call->control->setup.community->settings, job->settings);
	call_finish(call, json_pack("{s:s,s:o,s:o}", "state",
			      !job->settings     ? "invalid"
			      : changes->len > 0 ? "edited"
						 : "ok",
			      "list", config_changes_json(changes), "errors", errors));
}

json_t *
method_config_diff(ControlCall *call)
{
	const char *path = control_config_path(call->control);

	if (!path)
		return json_pack("{s:s,s:[],s:[]}", "state", "ok", "list", "errors");
	call_wait(call);
	if (config_job_read(control_pool(call->control), path, NULL, diff_read, call))
		return NULL;
	call->waiting = false;
	return call_refuse(call, CONTROL_ERROR_BUSY, "Too much work is waiting: try again");
}
