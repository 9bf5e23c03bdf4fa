/* SPDX-License-Identifier: MIT */
#include "settings/settings.h"

#include "settings/setting_value.h"
#include "settings/settings_build.h"

#include <string.h>

/* The value of a row inside its section's struct. */
static void *
row_value(const SettingRow *row, const void *values)
{
	return (char *)values + row->offset;
}

void *
settings_section_new(const SettingSection *section, const char *name)
{
	char *values = g_malloc0(section->size);
	((SettingsOrigin *)(void *)values)->name = g_strdup(name);
	for (unsigned i = 0; i < section->n_rows; i++) {
		const SettingRow *row = &section->rows[i];
		char *problem = setting_value_parse(row, row->default_text, row_value(row, values));
		if (problem)
			g_error("default of %s.%s %s", row->section, row->key, problem);
	}
	return values;
}

void
settings_section_free(const SettingSection *section, void *values)
{
	if (!values)
		return;
	SettingsOrigin *origin = values;
	g_free(origin->name);
	g_free(origin->file);
	for (unsigned i = 0; i < section->n_rows; i++)
		setting_value_clear(&section->rows[i], row_value(&section->rows[i], values));
	g_free(values);
}

void **
settings_section_field(const Settings *settings, const SettingSection *section)
{
	return (void **)(void *)((char *)settings + section->offset);
}

void *
settings_add_section(Settings *settings, const SettingSection *section, const char *name)
{
	g_assert(section->named);
	void *values = settings_section_new(section, name);
	g_ptr_array_add(*settings_section_field(settings, section), values);
	return values;
}

char *
settings_section_title(const char *section, const char *name)
{
	return name ? g_strconcat(section, " ", name, NULL) : g_strdup(section);
}

void
settings_free(Settings *settings)
{
	if (!settings)
		return;
	unsigned count;
	const SettingSection *sections = setting_sections(&count);
	for (unsigned i = 0; i < count; i++) {
		void *field = *settings_section_field(settings, &sections[i]);
		if (!sections[i].named) {
			settings_section_free(&sections[i], field);
			continue;
		}
		GPtrArray *array = field;
		for (unsigned k = 0; k < array->len; k++)
			settings_section_free(&sections[i], g_ptr_array_index(array, k));
		g_ptr_array_unref(array);
	}
	g_free(settings);
}

/* Splits "listener main"; the name is NULL for "limits". */
static const SettingSection *
split_title(const char *title, const char **ret_name)
{
	const char *space = strchr(title, ' ');
	g_autofree char *kind = space ? g_strndup(title, (gsize)(space - title)) : g_strdup(title);
	*ret_name = space ? space + 1 : NULL;
	return setting_section_find(kind);
}

const SettingsCommunity *
settings_community(const Settings *settings)
{
	return g_ptr_array_index(settings->communities, 0);
}

const void *
settings_section(const Settings *settings, const char *section)
{
	const char *name;
	const SettingSection *row = split_title(section, &name);
	if (!row || row->named != (name != NULL))
		return NULL;
	void *field = *settings_section_field(settings, row);
	if (!row->named)
		return field;
	const GPtrArray *array = field;
	for (unsigned i = 0; i < array->len; i++) {
		const SettingsOrigin *origin = g_ptr_array_index(array, i);
		if (strcmp(origin->name, name) == 0)
			return origin;
	}
	return NULL;
}

char *
settings_get(const Settings *settings, const char *section, const char *key)
{
	const void *values = settings_section(settings, section);
	if (!values)
		return NULL;
	const char *name;
	const SettingRow *row = setting_row_find(split_title(section, &name), key);
	if (!row)
		return NULL;
	char *text = setting_value_text(row, row_value(row, values));
	if (!row->secret || *text == '\0')
		return text;
	memset(text, 0, strlen(text));
	g_free(text);
	return g_strdup("(secret)");
}

static char *
place_key(const char *section, const char *key)
{
	return g_strconcat(section, key ? "\n" : NULL, key, NULL);
}

const SettingsPlace *
settings_build_place(const SettingsBuild *build, const char *section, const char *key)
{
	g_autofree char *name = place_key(section, key);
	return g_hash_table_lookup(build->places, name);
}

void
settings_build_error(const SettingsBuild *build, const char *section, const char *name,
    const char *key, const char *format, ...)
{
	g_autofree char *title = settings_section_title(section, name);
	const SettingsPlace *place = settings_build_place(build, title, key);
	const SettingRow *row = key ? setting_row_find(setting_section_find(section), key) : NULL;
	const char *value = place && row && !row->secret ? place->value : NULL;
	if (!place)
		place = settings_build_place(build, title, NULL);
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *problem = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	settings_errors_add(build->errors, place ? place->file : NULL, place ? place->line : 0,
	    title, key, value, "%s", problem);
}

static void
add_place(SettingsBuild *build, const char *file, const KeyFileEntry *entry)
{
	SettingsPlace *place = g_new(SettingsPlace, 1);
	*place = (SettingsPlace){file, entry->line, entry->value};
	g_hash_table_insert(build->places, place_key(entry->section, entry->key), place);
}

/* The names of a list as "a, b, c". */
static char *
join_sections(void)
{
	unsigned count;
	const SettingSection *sections = setting_sections(&count);
	GString *text = g_string_new(NULL);
	for (unsigned i = 0; i < count; i++)
		g_string_append_printf(text, "%s[%s%s]", i > 0 ? ", " : "", sections[i].name,
		    sections[i].named ? " NAME" : "");
	return g_string_free(text, FALSE);
}

static char *
join_keys(const SettingSection *section)
{
	GString *text = g_string_new(NULL);
	for (unsigned i = 0; i < section->n_rows; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", section->rows[i].key);
	return g_string_free(text, FALSE);
}

static void
build_section(SettingsBuild *build, const char *file, const KeyFileEntry *entry)
{
	const char *name;
	const SettingSection *section = split_title(entry->section, &name);
	if (!section) {
		g_autofree char *allowed = join_sections();
		settings_errors_add(build->errors, file, entry->line, entry->section, NULL, NULL,
		    "no such section; allowed are %s", allowed);
		return;
	}
	if (section->named != (name != NULL)) {
		settings_errors_add(build->errors, file, entry->line, entry->section, NULL, NULL,
		    section->named ? "a name is missing; allowed is [%s NAME]"
				   : "this section has no name; allowed is [%s]",
		    section->name);
		return;
	}
	if (settings_build_place(build, entry->section, NULL))
		return; /* begun in another file */
	add_place(build, file, entry);
	SettingsOrigin *origin;
	if (!section->named) {
		origin = *settings_section_field(build->settings, section);
	} else {
		const GPtrArray *array = *settings_section_field(build->settings, section);
		if (array->len == section->most)
			settings_errors_add(build->errors, file, entry->line, entry->section, NULL,
			    NULL, "too many sections; at most %u [%s NAME] is allowed",
			    section->most, section->name);
		if (array->len >= section->most)
			return;
		origin = settings_add_section(build->settings, section, name);
	}
	origin->file = g_strdup(file);
	origin->line = entry->line;
}

static void
build_key(SettingsBuild *build, const char *file, const KeyFileEntry *entry)
{
	void *values = (void *)settings_section(build->settings, entry->section);
	if (!values)
		return; /* the section's line was reported */
	const char *name;
	const SettingSection *section = split_title(entry->section, &name);
	const SettingRow *row = setting_row_find(section, entry->key);
	if (!row) {
		/* Its value is not told: it may be a secret under a mistyped name. */
		g_autofree char *allowed = join_keys(section);
		settings_errors_add(build->errors, file, entry->line, entry->section, entry->key,
		    NULL, "no such key; allowed are %s", allowed);
		return;
	}
	const SettingsPlace *before = settings_build_place(build, entry->section, entry->key);
	if (before) {
		settings_errors_add(build->errors, file, entry->line, entry->section, entry->key,
		    row->secret ? NULL : entry->value,
		    "this key is in %s line %u already; allowed is once", before->file,
		    before->line);
		return;
	}
	add_place(build, file, entry);
	g_autofree char *problem = setting_value_parse(row, entry->value, row_value(row, values));
	if (problem)
		settings_errors_add(build->errors, file, entry->line, entry->section, entry->key,
		    row->secret ? NULL : entry->value, "%s", problem);
}

static void
build_file(SettingsBuild *build, const KeyFile *keyfile)
{
	unsigned cursor = 0;
	KeyFileEntry entry;
	while (keyfile_next(keyfile, &cursor, &entry)) {
		if (entry.key)
			build_key(build, keyfile_name(keyfile), &entry);
		else
			build_section(build, keyfile_name(keyfile), &entry);
	}
}

static Settings *
empty_settings(void)
{
	Settings *settings = g_new0(Settings, 1);
	unsigned count;
	const SettingSection *sections = setting_sections(&count);
	for (unsigned i = 0; i < count; i++)
		*settings_section_field(settings, &sections[i]) =
		    sections[i].named ? (void *)g_ptr_array_new()
				      : settings_section_new(&sections[i], NULL);
	return settings;
}

static bool
has_listener(const Settings *settings, unsigned kind)
{
	for (unsigned i = 0; i < settings->listeners->len; i++) {
		const SettingsListener *listener = g_ptr_array_index(settings->listeners, i);
		if (listener->kind == kind)
			return true;
	}
	return false;
}

/* Listeners where none of their kind is configured: loopback only, never a public address. */
static void
add_default_listeners(Settings *settings)
{
	static const struct {
		const char *name;
		const char *address;
		unsigned port;
		bool tls;
		bool websocket;
	} clients[] = {{"default-ipv4", "127.0.0.1", 6667, false, false},
	    {"default-ipv6", "::1", 6667, false, false},
	    {"default-ipv4-tls", "127.0.0.1", 6697, true, false},
	    {"default-ipv6-tls", "::1", 6697, true, false},
	    {"default-ipv4-websocket", "127.0.0.1", 8097, false, true},
	    {"default-ipv6-websocket", "::1", 8097, false, true}};
	const SettingSection *section = setting_section_find("listener");
	bool add_clients = !has_listener(settings, LISTENER_CLIENT);
	if (!has_listener(settings, LISTENER_CONTROL)) {
		SettingsListener *listener =
		    settings_add_section(settings, section, "default-control");
		listener->kind = LISTENER_CONTROL;
		g_free(listener->path);
		listener->path = g_strdup("control.sock");
	}
	for (unsigned i = 0; add_clients && i < G_N_ELEMENTS(clients); i++) {
		SettingsListener *listener =
		    settings_add_section(settings, section, clients[i].name);
		g_free(listener->address);
		listener->address = g_strdup(clients[i].address);
		listener->port = clients[i].port;
		listener->tls = clients[i].tls;
		listener->websocket = clients[i].websocket;
	}
}

Settings *
settings_parse(const GPtrArray *keyfiles, GPtrArray *ret_errors)
{
	unsigned errors_before = ret_errors->len;
	SettingsBuild build = {.settings = empty_settings(), .errors = ret_errors};
	build.places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (unsigned i = 0; i < keyfiles->len; i++)
		build_file(&build, g_ptr_array_index(keyfiles, i));
	add_default_listeners(build.settings);
	if (build.settings->communities->len == 0)
		settings_add_section(build.settings, setting_section_find("community"), "main");
	settings_check_rules(&build);
	g_hash_table_unref(build.places);
	if (ret_errors->len == errors_before)
		return build.settings;
	settings_free(build.settings);
	return NULL;
}

Settings *
settings_defaults(void)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	Settings *settings = settings_parse(none, errors);
	g_assert(settings);
	return settings;
}
