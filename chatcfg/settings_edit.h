/* SPDX-License-Identifier: MIT */
/*
 * SettingsEdit: what somebody typed and has not applied: the changes of one config.set, collected
 * over all the forms that share it. Invariant: at most one change per setting; a change remembers
 * the service's value it began from. Thread: one.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

typedef struct SettingsTyped {
	char *section;
	char *key;
	char *text; /* NULL: back to the default */
	char *base; /* the service's value when it was typed; NULL: it had none */
} SettingsTyped;

typedef struct SettingsEdit SettingsEdit;

SettingsEdit *settings_edit_new(void);
SettingsEdit *settings_edit_ref(SettingsEdit *edit);
void settings_edit_unref(SettingsEdit *edit);
/* `text` NULL: back to the default. The base stays that of the first change until it is taken back.
 */
void settings_edit_set(
    SettingsEdit *edit, const char *section, const char *key, const char *text, const char *base);
/* The service's newer value is known to who types: it is the base from now on. */
void settings_edit_rebase(
    SettingsEdit *edit, const char *section, const char *key, const char *base);
void settings_edit_take_back(SettingsEdit *edit, const char *section, const char *key);
/* `section` NULL: everything. */
void settings_edit_clear(SettingsEdit *edit, const char *section);
/* NULL if nothing was typed there. */
const SettingsTyped *settings_edit_get(
    const SettingsEdit *edit, const char *section, const char *key);
/* `section` NULL: all. */
guint settings_edit_count(const SettingsEdit *edit, const char *section);
/* [{section,key,value}] in the order typed, for config.set. Caller frees. */
json_t *settings_edit_changes(const SettingsEdit *edit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SettingsEdit, settings_edit_unref)
