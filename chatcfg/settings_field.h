/* SPDX-License-Identifier: MIT */
/*
 * SettingsField: the input of one setting, its widget chosen by the setting's type. Speaks texts as
 * in the file. Invariant: `changed` is called for what a person does, never for
 * settings_field_set_text(). Ownership: freed with its widget. Thread: main.
 */
#pragma once

#include "description.h"

#include <gtk/gtk.h>

typedef struct SettingsField SettingsField;
typedef void (*SettingsFieldFunc)(SettingsField *field, gpointer data);

/* `setting` outlives the widget. */
SettingsField *settings_field_new(
    const DescribedSetting *setting, SettingsFieldFunc changed, gpointer data);
const DescribedSetting *settings_field_setting(const SettingsField *field);
/* To be placed (floating until then). */
GtkWidget *settings_field_widget(const SettingsField *field);
/* What takes the keys: for the label's mnemonic. */
GtkWidget *settings_field_focus(const SettingsField *field);
/* Caller frees. */
char *settings_field_text(const SettingsField *field);
void settings_field_set_text(SettingsField *field, const char *text);
/* Of a secret, which never comes from the service: is there one? */
void settings_field_set_is_set(SettingsField *field, gboolean is_set);
void settings_field_mark_wrong(SettingsField *field, gboolean wrong);
