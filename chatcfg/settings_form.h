/* SPDX-License-Identifier: MIT */
/*
 * SettingsForm: all settings of one section as a form, generated from the description. Fields that
 * nobody touched follow the service; what was typed stays, goes into the edit, and is told when the
 * service's value is another meanwhile. Ownership: freed with its widget. Thread: main.
 */
#pragma once

#include "settings_apply.h"

#include <gtk/gtk.h>

typedef struct SettingsForm SettingsForm;
/* Something was typed or taken back. */
typedef void (*SettingsFormFunc)(SettingsForm *form, gpointer data);

/* The model is connected. A section that is not there yet shows the defaults. */
SettingsForm *settings_form_new(SettingsModel *model, SettingsEdit *edit, const char *section,
    SettingsFormFunc changed, gpointer data);
/* Floating until placed. */
GtkWidget *settings_form_widget(const SettingsForm *form);
/* The description its fields were made from. */
const Description *settings_form_description(const SettingsForm *form);
/* Shows what the model and the edit say now. */
void settings_form_update(SettingsForm *form);
/* The field of that key takes the focus and comes into sight; nothing happens if there is none. */
void settings_form_focus(SettingsForm *form, const char *key);
/* At the field it is about, which takes the focus, or a conflict above the fields; FALSE if it is
 * about none of them. NULL takes former ones away. */
gboolean settings_form_show_refusal(SettingsForm *form, const SettingsRefusal *refusal);
/* A sentence above the fields; NULL takes it away. */
void settings_form_show_message(SettingsForm *form, GtkMessageType type, const char *sentence);
