/* SPDX-License-Identifier: MIT */
#include "control/config_values.h"

#include "control/json_text.h"
#include "settings/secret.h"
#include "settings/setting_value.h"
#include "settings/settings_diff.h"

#include <string.h>

static void
visit_section(const Settings *settings, const SettingSection *section, const SettingsOrigin *origin,
    ConfigVisitor visit, void *data)
{
	g_autofree char *title = section->named
				     ? g_strconcat(section->name, " ", origin->name, NULL)
				     : g_strdup(section->name);

	for (unsigned i = 0; i < section->n_rows; i++) {
		g_autofree char *value = settings_get(settings, title, section->rows[i].key);

		visit(data, title, &section->rows[i], origin, value);
	}
}

void
config_values_each(const Settings *settings, ConfigVisitor visit, void *data)
{
	unsigned count;
	const SettingSection *sections = setting_sections(&count);

	for (unsigned i = 0; i < count; i++) {
		const void *field = *(void *const *)((const char *)settings + sections[i].offset);
		const GPtrArray *array = field;

		if (!sections[i].named)
			visit_section(settings, &sections[i], field, visit, data);
		for (unsigned k = 0; sections[i].named && k < array->len; k++)
			visit_section(settings, &sections[i], array->pdata[k], visit, data);
	}
}

/* NULL if the row holds none. */
static char *
secret_digest(const SettingRow *row, const SettingsOrigin *origin)
{
	char *text, *digest;

	if (!row->secret)
		return NULL;
	text = setting_value_text(row, (const char *)origin + row->offset);
	digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	secret_text_free(text);
	return digest;
}

static void
add_value(void *data, const char *section, const SettingRow *row, const SettingsOrigin *origin,
    const char *value)
{
	char *digest = secret_digest(row, origin);

	if (digest)
		g_hash_table_insert(data, g_strconcat(section, "\n", row->key, "\n", NULL), digest);
	g_hash_table_insert(data, g_strconcat(section, "\n", row->key, NULL), g_strdup(value));
}

GHashTable *
config_values(const Settings *settings)
{
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	config_values_each(settings, add_value, values);
	return values;
}

const char *
config_values_get(GHashTable *values, const char *section, const char *key)
{
	g_autofree char *name = g_strconcat(section, "\n", key, NULL);

	return g_hash_table_lookup(values, name);
}

static json_t *
change_json(const char *section, const char *key, const char *from, const char *to, bool live)
{
	return json_pack("{s:o,s:o,s:o,s:o,s:b}", "section", json_text(section), "key",
	    json_text(key), "from", json_text(from), "to", json_text(to), "live", (int)live);
}

typedef struct DiffWalk {
	GHashTable *older; /* what is left was not seen in the newer */
	json_t *list;
} DiffWalk;

static void
compare_value(void *data, const char *section, const SettingRow *row, const SettingsOrigin *origin,
    const char *value)
{
	DiffWalk *walk = data;
	const char *from = config_values_get(walk->older, section, row->key);
	g_autofree char *name = g_strconcat(section, "\n", row->key, NULL);
	g_autofree char *digest_name = g_strconcat(name, "\n", NULL);
	g_autofree char *digest = secret_digest(row, origin);

	if (!from || strcmp(from, value) != 0 ||
	    g_strcmp0(digest, g_hash_table_lookup(walk->older, digest_name)) != 0)
		json_array_append_new(
		    walk->list, change_json(section, row->key, from, value, row->live));
	g_hash_table_remove(walk->older, name);
	g_hash_table_remove(walk->older, digest_name);
}

json_t *
config_values_diff(GHashTable *older, const Settings *newer)
{
	g_autoptr(GHashTable) left = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	DiffWalk walk = {.older = left, .list = json_array()};
	GHashTableIter iterator;
	void *name, *value;

	g_hash_table_iter_init(&iterator, older);
	while (g_hash_table_iter_next(&iterator, &name, &value))
		g_hash_table_insert(left, g_strdup(name), g_strdup(value));
	config_values_each(newer, compare_value, &walk);
	/* Keys of sections that went. */
	g_hash_table_iter_init(&iterator, left);
	while (g_hash_table_iter_next(&iterator, &name, &value)) {
		g_auto(GStrv) parts = g_strsplit(name, "\n", 3);

		if (parts[2])
			continue; /* a digest */
		json_array_append_new(
		    walk.list, change_json(parts[0], parts[1], value, NULL, true));
	}
	return walk.list;
}

json_t *
config_changes_json(const GPtrArray *changes)
{
	json_t *list = json_array();

	for (unsigned i = 0; changes && i < changes->len; i++) {
		const SettingsChange *change = changes->pdata[i];

		json_array_append_new(
		    list, change_json(change->section, change->row ? change->row->key : NULL,
			      change->from, change->to, change->live));
	}
	return list;
}

bool
config_is_secret(const char *section, const char *key)
{
	g_autofree char *kind = g_strndup(section, strcspn(section, " "));
	const SettingSection *found = setting_section_find(kind);
	const SettingRow *row = found && key ? setting_row_find(found, key) : NULL;

	return row && row->secret;
}
