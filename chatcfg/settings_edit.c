/* SPDX-License-Identifier: MIT */
#include "settings_edit.h"

#include <string.h>

struct SettingsEdit {
	GPtrArray *typed; /* SettingsTyped, in the order typed */
};

static void
typed_free(gpointer data)
{
	SettingsTyped *typed = data;

	g_free(typed->section);
	g_free(typed->key);
	g_free(typed->text);
	g_free(typed->base);
	g_free(typed);
}

SettingsEdit *
settings_edit_new(void)
{
	SettingsEdit *edit = g_rc_box_new0(SettingsEdit);

	edit->typed = g_ptr_array_new_with_free_func(typed_free);
	return edit;
}

SettingsEdit *
settings_edit_ref(SettingsEdit *edit)
{
	return g_rc_box_acquire(edit);
}

static void
edit_clear(gpointer data)
{
	SettingsEdit *edit = data;

	g_ptr_array_unref(edit->typed);
}

void
settings_edit_unref(SettingsEdit *edit)
{
	if (edit != NULL)
		g_rc_box_release_full(edit, edit_clear);
}

static SettingsTyped *
find(const SettingsEdit *edit, const char *section, const char *key)
{
	for (guint i = 0; i < edit->typed->len; i++) {
		SettingsTyped *typed = edit->typed->pdata[i];

		if (strcmp(typed->section, section) == 0 && strcmp(typed->key, key) == 0)
			return typed;
	}
	return NULL;
}

void
settings_edit_set(
    SettingsEdit *edit, const char *section, const char *key, const char *text, const char *base)
{
	SettingsTyped *typed = find(edit, section, key);

	if (typed == NULL) {
		typed = g_new0(SettingsTyped, 1);
		typed->section = g_strdup(section);
		typed->key = g_strdup(key);
		typed->base = g_strdup(base);
		g_ptr_array_add(edit->typed, typed);
	}
	g_free(typed->text);
	typed->text = g_strdup(text);
}

void
settings_edit_rebase(SettingsEdit *edit, const char *section, const char *key, const char *base)
{
	SettingsTyped *typed = find(edit, section, key);

	if (typed == NULL)
		return;
	g_free(typed->base);
	typed->base = g_strdup(base);
}

void
settings_edit_take_back(SettingsEdit *edit, const char *section, const char *key)
{
	SettingsTyped *typed = find(edit, section, key);

	if (typed != NULL)
		g_ptr_array_remove(edit->typed, typed);
}

void
settings_edit_clear(SettingsEdit *edit, const char *section)
{
	for (guint i = edit->typed->len; i > 0; i--) {
		const SettingsTyped *typed = edit->typed->pdata[i - 1];

		if (section == NULL || strcmp(typed->section, section) == 0)
			g_ptr_array_remove_index(edit->typed, i - 1);
	}
}

const SettingsTyped *
settings_edit_get(const SettingsEdit *edit, const char *section, const char *key)
{
	return find(edit, section, key);
}

guint
settings_edit_count(const SettingsEdit *edit, const char *section)
{
	guint count = 0;

	for (guint i = 0; i < edit->typed->len; i++) {
		const SettingsTyped *typed = edit->typed->pdata[i];

		count += section == NULL || strcmp(typed->section, section) == 0;
	}
	return count;
}

json_t *
settings_edit_changes(const SettingsEdit *edit)
{
	json_t *changes = json_array();

	for (guint i = 0; i < edit->typed->len; i++) {
		const SettingsTyped *typed = edit->typed->pdata[i];

		json_array_append_new(
		    changes, json_pack("{s:s,s:s,s:s?}", "section", typed->section, "key",
				 typed->key, "value", typed->text));
	}
	return changes;
}
