/* SPDX-License-Identifier: MIT */
#include "description.h"

#include <gio/gio.h>
#include <string.h>

struct Description {
	json_t *answer;
	GStringChunk *texts; /* what the answer has not as a string of its own */
	GPtrArray *memory;   /* arrays the tables point into */
	GArray *methods;     /* DescribedMethod */
	GArray *settings;    /* DescribedSetting */
	GArray *modes;       /* DescribedMode */
	GHashTable *by_name; /* method name → index + 1 */
};

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

/* Values come as an array of strings or as words in one string. */
static const char *const *
values_of(Description *description, const json_t *object)
{
	const json_t *values = json_object_get(object, "values");
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	const json_t *value;
	size_t index;
	const char **kept;

	if (json_is_string(values)) {
		g_auto(GStrv) parts = g_strsplit(json_string_value(values), " ", -1);

		for (char **part = parts; *part != NULL; part++)
			if (**part != '\0')
				g_ptr_array_add(
				    words, g_string_chunk_insert_const(description->texts, *part));
	}
	json_array_foreach((json_t *)values, index, value)
	{
		g_autofree char *text = described_value_text(value);

		g_ptr_array_add(words, g_string_chunk_insert_const(description->texts, text));
	}
	if (words->len == 0)
		return NULL;
	g_ptr_array_add(words, NULL);
	kept = (const char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
	g_ptr_array_add(description->memory, kept);
	return kept;
}

static const json_t *
default_of(const json_t *object)
{
	const json_t *value = json_object_get(object, "default");

	return json_is_null(value) ? NULL : value;
}

static void
read_params(Description *description, DescribedMethod *method, const json_t *list)
{
	GArray *params = g_array_new(FALSE, TRUE, sizeof(DescribedParam));
	const json_t *row;
	size_t index;

	json_array_foreach((json_t *)list, index, row)
	{
		DescribedParam param = {
		    .name = text_of(row, "name"),
		    .type = text_of(row, "type"),
		    .required = json_is_true(json_object_get(row, "required")),
		    .secret = json_is_true(json_object_get(row, "secret")),
		    .default_value = default_of(row),
		    .help = text_of(row, "help"),
		    .values = values_of(description, row),
		};

		g_array_append_val(params, param);
	}
	method->n_params = params->len;
	method->params = (DescribedParam *)g_array_free(params, FALSE);
	g_ptr_array_add(description->memory, (gpointer)method->params);
}

static void
read_methods(Description *description)
{
	const json_t *row;
	size_t index;

	json_array_foreach(json_object_get(description->answer, "methods"), index, row)
	{
		DescribedMethod method = {
		    .name = text_of(row, "name"),
		    .role = text_of(row, "role"),
		    .label = text_of(row, "label"),
		    .help = text_of(row, "help"),
		    .danger = json_is_true(json_object_get(row, "danger")),
		};

		read_params(description, &method, json_object_get(row, "params"));
		g_array_append_val(description->methods, method);
		g_hash_table_insert(description->by_name, (gpointer)method.name,
		    GUINT_TO_POINTER(description->methods->len));
	}
}

static void
read_settings(Description *description)
{
	const json_t *row;
	size_t index;

	json_array_foreach(json_object_get(description->answer, "settings"), index, row)
	{
		const json_t *minimum = json_object_get(row, "min");
		const json_t *maximum = json_object_get(row, "max");
		DescribedSetting setting = {
		    .section = text_of(row, "section"),
		    .key = text_of(row, "key"),
		    .type = text_of(row, "type"),
		    .default_value = default_of(row),
		    .has_range = json_is_number(minimum) && json_is_number(maximum) &&
				 json_number_value(maximum) > 0,
		    .minimum = json_number_value(minimum),
		    .maximum = json_number_value(maximum),
		    .unit = text_of(row, "unit"),
		    .values = values_of(description, row),
		    .live = json_is_true(json_object_get(row, "live")),
		    .secret = json_is_true(json_object_get(row, "secret")),
		    .repeated = json_is_true(json_object_get(row, "repeated")),
		    .label = text_of(row, "label"),
		    .help = text_of(row, "help"),
		};

		g_array_append_val(description->settings, setting);
	}
}

static void
read_modes(Description *description)
{
	const json_t *row;
	size_t index;

	json_array_foreach(json_object_get(description->answer, "modes"), index, row)
	{
		DescribedMode mode = {
		    .letter = text_of(row, "letter"),
		    .on = text_of(row, "on"),
		    .kind = text_of(row, "kind"),
		    .who = text_of(row, "who"),
		    .name = text_of(row, "name"),
		    .help = text_of(row, "help"),
		};

		g_array_append_val(description->modes, mode);
	}
}

static void
description_clear(gpointer data)
{
	Description *description = data;

	g_array_unref(description->methods);
	g_array_unref(description->settings);
	g_array_unref(description->modes);
	g_hash_table_unref(description->by_name);
	g_ptr_array_unref(description->memory);
	g_string_chunk_free(description->texts);
	json_decref(description->answer);
}

Description *
description_new(json_t *answer, GError **error)
{
	Description *description;

	if (!json_is_array(json_object_get(answer, "methods")) ||
	    !json_is_array(json_object_get(answer, "settings"))) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
		    "the service did not describe its methods and settings");
		return NULL;
	}
	description = g_rc_box_new0(Description);
	description->answer = json_incref(answer);
	description->texts = g_string_chunk_new(1024);
	description->memory = g_ptr_array_new_with_free_func(g_free);
	description->methods = g_array_new(FALSE, TRUE, sizeof(DescribedMethod));
	description->settings = g_array_new(FALSE, TRUE, sizeof(DescribedSetting));
	description->modes = g_array_new(FALSE, TRUE, sizeof(DescribedMode));
	description->by_name = g_hash_table_new(g_str_hash, g_str_equal);
	read_methods(description);
	read_settings(description);
	read_modes(description);
	return description;
}

Description *
description_parse(const char *text, gsize size, GError **error)
{
	json_error_t problem;
	json_t *answer = json_loadb(text, size, JSON_REJECT_DUPLICATES, &problem);
	Description *description;

	if (answer == NULL) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
		    "the description is not JSON: line %d: %s", problem.line, problem.text);
		return NULL;
	}
	description = description_new(answer, error);
	json_decref(answer);
	return description;
}

Description *
description_ref(Description *description)
{
	return g_rc_box_acquire(description);
}

void
description_unref(Description *description)
{
	if (description != NULL)
		g_rc_box_release_full(description, description_clear);
}

const json_t *
description_json(const Description *description)
{
	return description->answer;
}

const DescribedMethod *
description_methods(const Description *description, guint *ret_count)
{
	*ret_count = description->methods->len;
	return (const DescribedMethod *)description->methods->data;
}

const DescribedMethod *
description_method(const Description *description, const char *name)
{
	guint number = GPOINTER_TO_UINT(g_hash_table_lookup(description->by_name, name));

	return number != 0 ? &g_array_index(description->methods, DescribedMethod, number - 1)
			   : NULL;
}

const DescribedParam *
described_param(const DescribedMethod *method, const char *name)
{
	for (guint i = 0; i < method->n_params; i++)
		if (strcmp(method->params[i].name, name) == 0)
			return &method->params[i];
	return NULL;
}

const DescribedSetting *
description_settings(const Description *description, guint *ret_count)
{
	*ret_count = description->settings->len;
	return (const DescribedSetting *)description->settings->data;
}

const DescribedSetting *
description_setting(const Description *description, const char *section, const char *key)
{
	gsize length = strcspn(section, " ");

	for (guint i = 0; i < description->settings->len; i++) {
		const DescribedSetting *setting =
		    &g_array_index(description->settings, DescribedSetting, i);

		if (strlen(setting->section) == length &&
		    strncmp(setting->section, section, length) == 0 &&
		    strcmp(setting->key, key) == 0)
			return setting;
	}
	return NULL;
}

const DescribedMode *
description_modes(const Description *description, guint *ret_count)
{
	*ret_count = description->modes->len;
	return (const DescribedMode *)description->modes->data;
}

gboolean
role_reaches(const char *role, const char *needed)
{
	static const char *const roles[] = {"", "viewer", "operator", "administrator"};
	gsize have = 0, want = G_N_ELEMENTS(roles);

	for (gsize i = 0; i < G_N_ELEMENTS(roles); i++) {
		if (g_strcmp0(role, roles[i]) == 0)
			have = i;
		if (g_strcmp0(needed, roles[i]) == 0)
			want = i;
	}
	return have >= want;
}

char *
described_value_text(const json_t *value)
{
	char *dumped, *text;

	if (value == NULL || json_is_null(value))
		return g_strdup("");
	if (json_is_string(value))
		return g_strdup(json_string_value(value));
	dumped = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	text = g_strdup(dumped);
	free(dumped);
	return text;
}

char *
described_setting_allowed(const DescribedSetting *setting)
{
	if (setting->values != NULL) {
		g_autofree char *words = g_strjoinv(", ", (char **)setting->values);

		return g_strdup_printf("one of: %s", words);
	}
	if (setting->has_range)
		return g_strdup_printf("%.0f to %.0f%s%s", setting->minimum, setting->maximum,
		    *setting->unit != '\0' ? " " : "", setting->unit);
	return NULL;
}
