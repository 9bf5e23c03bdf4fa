/* SPDX-License-Identifier: MIT */
#include "settings_model.h"

#include <string.h>

typedef struct Watcher {
	guint id;
	SettingsModelFunc changed;
	gpointer data;
} Watcher;

struct SettingsModel {
	Service *service; /* NULL: closed */
	guint service_watch;
	GCancellable *cancellable;
	GPtrArray *values;   /* SettingsValue, in the service's order */
	GPtrArray *sections; /* names, likewise */
	GHashTable *changed_by;
	json_t *diff;
	json_int_t newest;
	GArray *watchers;
	guint last_id;
	guint n_calls; /* of a reload under way */
	gboolean again;
	gboolean loaded;
};

static void
value_free(gpointer data)
{
	SettingsValue *value = data;

	g_free(value->section);
	g_free(value->key);
	g_free(value->value);
	g_free(value->default_text);
	g_free(value->source);
	g_free(value->changed_by);
	g_free(value);
}

static void
tell(SettingsModel *model)
{
	g_autoptr(GArray) watchers = g_array_copy(model->watchers);
	g_autoptr(SettingsModel) held = settings_model_ref(model);

	for (guint i = 0; i < watchers->len; i++) {
		Watcher told = g_array_index(watchers, Watcher, i);

		for (guint k = 0; k < held->watchers->len; k++)
			if (g_array_index(held->watchers, Watcher, k).id == told.id) {
				told.changed(held, told.data);
				break;
			}
	}
}

/* ---- Loading: three calls, told once when the last is answered ---- */

static void
call_ended(SettingsModel *model)
{
	if (--model->n_calls > 0)
		return;
	tell(model);
	if (model->again) {
		model->again = FALSE;
		settings_model_reload(model);
	}
}

static const char *
text_of(const json_t *row, const char *key)
{
	return json_string_value(json_object_get(row, key));
}

static void
take_value(SettingsModel *model, const json_t *row)
{
	SettingsValue *value;
	g_autofree char *name = NULL;

	if (text_of(row, "section") == NULL || text_of(row, "key") == NULL)
		return;
	value = g_new0(SettingsValue, 1);
	value->section = g_strdup(text_of(row, "section"));
	value->key = g_strdup(text_of(row, "key"));
	value->value = g_strdup(text_of(row, "value"));
	value->set = json_is_true(json_object_get(row, "set"));
	value->default_text = g_strdup(text_of(row, "default"));
	value->source = g_strdup(text_of(row, "source"));
	value->pending = json_is_true(json_object_get(row, "pending"));
	name = g_strconcat(value->section, "\n", value->key, NULL);
	value->changed_by = g_strdup(g_hash_table_lookup(model->changed_by, name));
	g_ptr_array_add(model->values, value);
	if (!settings_model_has_section(model, value->section))
		g_ptr_array_add(model->sections, g_strdup(value->section));
}

static void
values_came(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(SettingsModel) model = data;
	g_autoptr(json_t) answer = service_call_finish(result, NULL);
	const json_t *list = json_object_get(answer, "list");
	const json_t *row;
	size_t index;

	if (json_is_array(list) && model->service != NULL) {
		g_ptr_array_set_size(model->values, 0);
		g_ptr_array_set_size(model->sections, 0);
		json_array_foreach((json_t *)list, index, row) take_value(model, row);
		model->loaded = TRUE;
	}
	call_ended(model);
}

static void
newest_came(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(SettingsModel) model = data;
	g_autoptr(json_t) answer = service_call_finish(result, NULL);
	const json_t *newest = json_array_get(json_object_get(answer, "list"), 0);

	if (answer != NULL)
		model->newest = json_integer_value(json_object_get(newest, "id"));
	call_ended(model);
}

static void
diff_came(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(SettingsModel) model = data;
	g_autoptr(json_t) answer = service_call_finish(result, NULL);

	if (answer != NULL) {
		json_decref(model->diff);
		model->diff = g_steal_pointer(&answer);
	}
	call_ended(model);
}

void
settings_model_reload(SettingsModel *model)
{
	if (model->service == NULL || service_state(model->service) != SERVICE_CONNECTED)
		return;
	if (model->n_calls > 0) {
		model->again = TRUE;
		return;
	}
	model->n_calls = 3;
	service_call_async(model->service, "config.history", json_pack("{s:i}", "limit", 1),
	    model->cancellable, newest_came, settings_model_ref(model));
	service_call_async(model->service, "config.get", NULL, model->cancellable, values_came,
	    settings_model_ref(model));
	service_call_async(model->service, "config.diff", NULL, model->cancellable, diff_came,
	    settings_model_ref(model));
}

/* ---- The service's events ---- */

static void
state_changed(Service *service, gpointer data)
{
	SettingsModel *model = data;

	if (service_state(service) == SERVICE_CONNECTED)
		settings_model_reload(model);
	else
		tell(model);
}

static void
remember_who(SettingsModel *model, const json_t *event)
{
	const char *who = text_of(event, "who");
	const json_t *change;
	size_t index;

	json_array_foreach(json_object_get(event, "changes"), index, change)
	{
		const char *section = text_of(change, "section");
		const char *key = text_of(change, "key");

		if (section != NULL && key != NULL)
			g_hash_table_replace(model->changed_by,
			    g_strconcat(section, "\n", key, NULL), g_strdup(who));
	}
}

static void
event_came(Service *service, const char *method, const json_t *result, gpointer data)
{
	SettingsModel *model = data;
	const char *type = text_of(result, "type");

	if (strcmp(method, "service.event") != 0 || type == NULL)
		return;
	if (strcmp(type, "config.changed") == 0)
		remember_who(model, result);
	else if (strcmp(type, "resync") != 0)
		return;
	settings_model_reload(model);
}

/* ---- Life ---- */

SettingsModel *
settings_model_new(Service *service)
{
	static const ServiceWatch watch = {.state = state_changed, .event = event_came};
	SettingsModel *model = g_rc_box_new0(SettingsModel);

	model->service = service;
	model->cancellable = g_cancellable_new();
	model->values = g_ptr_array_new_with_free_func(value_free);
	model->sections = g_ptr_array_new_with_free_func(g_free);
	model->changed_by = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	model->watchers = g_array_new(FALSE, TRUE, sizeof(Watcher));
	model->service_watch = service_watch(service, &watch, model);
	service_want(service, "config");
	settings_model_reload(model);
	return model;
}

SettingsModel *
settings_model_ref(SettingsModel *model)
{
	return g_rc_box_acquire(model);
}

void
settings_model_close(SettingsModel *model)
{
	if (model->service == NULL)
		return;
	service_unwatch(model->service, model->service_watch);
	service_want_no_more(model->service, "config");
	model->service = NULL;
	model->again = FALSE;
	g_cancellable_cancel(model->cancellable);
}

static void
model_clear(gpointer data)
{
	SettingsModel *model = data;

	settings_model_close(model);
	g_object_unref(model->cancellable);
	g_ptr_array_unref(model->values);
	g_ptr_array_unref(model->sections);
	g_hash_table_unref(model->changed_by);
	g_array_unref(model->watchers);
	json_decref(model->diff);
}

void
settings_model_unref(SettingsModel *model)
{
	if (model != NULL)
		g_rc_box_release_full(model, model_clear);
}

guint
settings_model_watch(SettingsModel *model, SettingsModelFunc changed, gpointer data)
{
	Watcher watcher = {++model->last_id, changed, data};

	g_array_append_val(model->watchers, watcher);
	return watcher.id;
}

void
settings_model_unwatch(SettingsModel *model, guint id)
{
	for (guint i = 0; i < model->watchers->len; i++)
		if (g_array_index(model->watchers, Watcher, i).id == id) {
			g_array_remove_index(model->watchers, i);
			return;
		}
}

/* ---- Reading ---- */

Service *
settings_model_service(const SettingsModel *model)
{
	return model->service;
}

const Description *
settings_model_description(const SettingsModel *model)
{
	return model->service != NULL ? service_description(model->service) : NULL;
}

gboolean
settings_model_is_loaded(const SettingsModel *model)
{
	return model->loaded;
}

guint
settings_model_n_sections(const SettingsModel *model)
{
	return model->sections->len;
}

const char *
settings_model_section(const SettingsModel *model, guint index)
{
	return model->sections->pdata[index];
}

gboolean
settings_model_has_section(const SettingsModel *model, const char *section)
{
	for (guint i = 0; i < model->sections->len; i++)
		if (strcmp(model->sections->pdata[i], section) == 0)
			return TRUE;
	return FALSE;
}

guint
settings_model_n_values(const SettingsModel *model)
{
	return model->values->len;
}

const SettingsValue *
settings_model_value(const SettingsModel *model, guint index)
{
	return model->values->pdata[index];
}

const SettingsValue *
settings_model_find(const SettingsModel *model, const char *section, const char *key)
{
	for (guint i = 0; i < model->values->len; i++) {
		const SettingsValue *value = model->values->pdata[i];

		if (strcmp(value->section, section) == 0 && strcmp(value->key, key) == 0)
			return value;
	}
	return NULL;
}

json_int_t
settings_model_newest(const SettingsModel *model)
{
	return model->newest;
}

void
settings_model_set_newest(SettingsModel *model, json_int_t id)
{
	model->newest = MAX(model->newest, id);
}

SettingsDisk
settings_model_disk(const SettingsModel *model)
{
	const char *state = text_of(model->diff, "state");

	if (g_strcmp0(state, "edited") == 0)
		return SETTINGS_DISK_EDITED;
	return g_strcmp0(state, "invalid") == 0 ? SETTINGS_DISK_INVALID : SETTINGS_DISK_OK;
}

const json_t *
settings_model_diff(const SettingsModel *model)
{
	return model->diff;
}
