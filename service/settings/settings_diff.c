/* SPDX-License-Identifier: MIT */
#include "settings/settings_diff.h"

#include "settings/setting_value.h"
#include "settings/settings_build.h"

#include <string.h>

static void
free_change(gpointer pointer)
{
	SettingsChange *change = pointer;
	g_free(change->section);
	g_free(change->from);
	g_free(change->to);
	g_free(change);
}

static SettingsChange *
add_change(GPtrArray *changes, const char *section, const char *name)
{
	SettingsChange *change = g_new0(SettingsChange, 1);
	change->section = settings_section_title(section, name);
	g_ptr_array_add(changes, change);
	return change;
}

static char *
shown(const SettingRow *row, char *text)
{
	if (!row->secret || *text == '\0')
		return text;
	memset(text, 0, strlen(text));
	g_free(text);
	return g_strdup("(secret)");
}

static void
diff_values(GPtrArray *changes, const SettingSection *section, const void *from, const void *to)
{
	const SettingsOrigin *origin = from;
	for (unsigned i = 0; i < section->n_rows; i++) {
		const SettingRow *row = &section->rows[i];
		char *old = setting_value_text(row, (const char *)from + row->offset);
		char *new = setting_value_text(row, (const char *)to + row->offset);
		bool equal = strcmp(old, new) == 0;
		old = shown(row, old);
		new = shown(row, new);
		if (equal) {
			g_free(old);
			g_free(new);
			continue;
		}
		SettingsChange *change = add_change(changes, section->name, origin->name);
		change->row = row;
		change->from = old;
		change->to = new;
		change->live = row->live;
	}
}

static const void *
find_named(const GPtrArray *array, const char *name)
{
	for (unsigned i = 0; i < array->len; i++) {
		const SettingsOrigin *origin = g_ptr_array_index(array, i);
		if (strcmp(origin->name, name) == 0)
			return origin;
	}
	return NULL;
}

/* A section can come and go live if all its rows can change live. */
static bool
is_live(const SettingSection *section)
{
	bool live = true;
	for (unsigned i = 0; i < section->n_rows; i++)
		live = live && section->rows[i].live;
	return live;
}

static void
diff_named(
    GPtrArray *changes, const SettingSection *section, const GPtrArray *from, const GPtrArray *to)
{
	for (unsigned i = 0; i < from->len; i++) {
		const SettingsOrigin *origin = g_ptr_array_index(from, i);
		const void *now = find_named(to, origin->name);
		if (now) {
			diff_values(changes, section, origin, now);
			continue;
		}
		SettingsChange *change = add_change(changes, section->name, origin->name);
		change->from = g_strdup(change->section);
		change->live = is_live(section);
	}
	for (unsigned i = 0; i < to->len; i++) {
		const SettingsOrigin *origin = g_ptr_array_index(to, i);
		if (find_named(from, origin->name))
			continue;
		SettingsChange *change = add_change(changes, section->name, origin->name);
		change->to = g_strdup(change->section);
		change->live = is_live(section);
	}
}

GPtrArray *
settings_diff(const Settings *from, const Settings *to)
{
	GPtrArray *changes = g_ptr_array_new_with_free_func(free_change);
	unsigned count;
	const SettingSection *sections = setting_sections(&count);
	for (unsigned i = 0; i < count; i++) {
		const void *old = *settings_section_field(from, &sections[i]);
		const void *new = *settings_section_field(to, &sections[i]);
		if (sections[i].named)
			diff_named(changes, &sections[i], old, new);
		else
			diff_values(changes, &sections[i], old, new);
	}
	return changes;
}
