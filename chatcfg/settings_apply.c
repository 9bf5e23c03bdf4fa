/* SPDX-License-Identifier: MIT */
#include "settings_apply.h"

#include "control.h"
#include "settings_text.h"

typedef struct Applying {
	SettingsModel *model;
	SettingsEdit *edit;
	json_int_t expected;
	SettingsRefusal *refusal;
} Applying;

static void
applying_free(gpointer data)
{
	Applying *applying = data;

	settings_model_unref(applying->model);
	settings_edit_unref(applying->edit);
	settings_refusal_free(applying->refusal);
	g_free(applying);
}

void
settings_refusal_free(SettingsRefusal *refusal)
{
	if (refusal == NULL)
		return;
	g_free(refusal->section);
	g_free(refusal->key);
	g_free(refusal->sentence);
	g_free(refusal);
}

/* ---- A conflict: who was it? ---- */

static void
end_sentence(char **sentence, const char *end)
{
	char *ended = g_strconcat(*sentence, end, NULL);

	g_free(*sentence);
	*sentence = ended;
}

static char *
names_of(const json_t *changes)
{
	GString *names = g_string_new(NULL);
	const json_t *change;
	size_t index;

	json_array_foreach((json_t *)changes, index, change)
	{
		const char *section = json_string_value(json_object_get(change, "section"));
		const char *key = json_string_value(json_object_get(change, "key"));
		g_autofree char *name = NULL;

		if (section == NULL || key == NULL)
			continue;
		name = settings_text_name(section, key);
		g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name);
	}
	return g_string_free(names, FALSE);
}

static void
conflict_explained(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GTask) task = data;
	Applying *applying = g_task_get_task_data(task);
	g_autoptr(json_t) answer = service_call_finish(result, NULL);
	const json_t *newest = json_array_get(json_object_get(answer, "list"), 0);
	const char *who = json_string_value(json_object_get(newest, "who"));
	const char *time = json_string_value(json_object_get(newest, "time"));

	if (answer != NULL &&
	    json_integer_value(json_object_get(newest, "id")) == applying->expected) {
		end_sentence(&applying->refusal->sentence,
		    ". Nothing was applied; see Show Difference and Reload File at Settings.");
	} else if (who != NULL && time != NULL) {
		g_autofree char *names = names_of(json_object_get(newest, "changes"));
		g_autofree char *when = settings_text_time(time);

		g_free(applying->refusal->sentence);
		applying->refusal->sentence = g_strdup_printf(
		    "%s changed %s meanwhile (%s). Nothing was applied. Reload to see the new "
		    "values; what you typed stays.",
		    who, *names != '\0' ? names : "the settings", when);
	}
	g_task_return_boolean(task, FALSE);
}

static void
explain_conflict(GTask *task)
{
	Applying *applying = g_task_get_task_data(task);
	Service *service = settings_model_service(applying->model);

	applying->refusal->conflict = TRUE;
	if (service == NULL) {
		g_task_return_boolean(task, FALSE);
		g_object_unref(task);
		return;
	}
	service_call_async(service, "config.history", json_pack("{s:i}", "limit", 1), NULL,
	    conflict_explained, task);
}

/* ---- The call ---- */

static SettingsRefusal *
refusal_new(const GError *error)
{
	const ControlErrorDetails *details = control_error_details(error);
	SettingsRefusal *refusal = g_new0(SettingsRefusal, 1);

	refusal->sentence = control_error_sentence(error);
	if (details == NULL || details->object == NULL)
		return refusal;
	refusal->section = g_strdup(details->object);
	refusal->key = g_strdup(details->parameter);
	/* At the field, what is allowed says it all: not the line of a file nobody opened. */
	if (details->allowed != NULL) {
		g_free(refusal->sentence);
		refusal->sentence = g_strdup(details->allowed);
		*refusal->sentence = g_ascii_toupper(*refusal->sentence);
		end_sentence(&refusal->sentence, ".");
	}
	return refusal;
}

static void
was_set(GObject *source, GAsyncResult *result, gpointer data)
{
	GTask *task = data;
	Applying *applying = g_task_get_task_data(task);
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);

	if (answer != NULL) {
		settings_model_set_newest(
		    applying->model, json_integer_value(json_object_get(answer, "id")));
		settings_edit_clear(applying->edit, NULL);
		settings_model_reload(applying->model);
		g_task_set_task_data(task, g_steal_pointer(&answer), (GDestroyNotify)json_decref);
		g_task_return_boolean(task, TRUE);
		g_object_unref(task);
		return;
	}
	applying->refusal = refusal_new(error);
	if (g_error_matches(error, CONTROL_ERROR, CONTROL_ERROR_CONFLICT)) {
		explain_conflict(task);
		return;
	}
	g_task_return_boolean(task, FALSE);
	g_object_unref(task);
}

void
settings_apply_async(SettingsModel *model, SettingsEdit *edit, const char *comment,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);
	Applying *applying = g_new0(Applying, 1);
	Service *service = settings_model_service(model);

	g_task_set_check_cancellable(task, FALSE);
	g_task_set_task_data(task, applying, applying_free);
	applying->model = settings_model_ref(model);
	applying->edit = settings_edit_ref(edit);
	applying->expected = settings_model_newest(model);
	if (service == NULL) {
		applying->refusal = g_new0(SettingsRefusal, 1);
		applying->refusal->sentence = g_strdup("The service is not there any more.");
		g_task_return_boolean(task, FALSE);
		g_object_unref(task);
		return;
	}
	service_call_async(service, "config.set",
	    json_pack("{s:o, s:s, s:I}", "changes", settings_edit_changes(edit), "comment",
		comment != NULL ? comment : "", "expect", applying->expected),
	    cancellable, was_set, task);
}

char *
settings_apply_finish(GAsyncResult *result, SettingsRefusal **ret_refusal)
{
	GTask *task = G_TASK(result);
	GString *names;
	const json_t *name;
	size_t index;

	if (!g_task_propagate_boolean(task, NULL)) {
		Applying *applying = g_task_get_task_data(task);

		*ret_refusal = g_steal_pointer(&applying->refusal);
		return NULL;
	}
	names = g_string_new(NULL);
	json_array_foreach(json_object_get(g_task_get_task_data(task), "restart_needed"), index,
	    name) g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
	    json_string_value(name));
	return g_string_free(names, FALSE);
}
