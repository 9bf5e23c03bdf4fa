/* SPDX-License-Identifier: MIT */
/*
 * SettingsFormRow: one setting in a form: label, input, unit, reset button, help and, when there is
 * something to say, a note beneath. Ownership: the form's; widgets are the grid's. Thread: main.
 */
#pragma once

#include "settings_edit.h"
#include "settings_field.h"
#include "settings_model.h"

typedef struct SettingsFormRow SettingsFormRow;
typedef void (*SettingsFormRowFunc)(SettingsFormRow *row, gpointer data);

struct SettingsFormRow {
	SettingsField *field;
	GtkWidget *label;
	GtkWidget *line; /* input, unit, badge, reset */
	GtkWidget *reset;
	GtkWidget *help;
	GtkWidget *note;
	char *refusal; /* NULL: none */
	SettingsFormRowFunc typed;
	SettingsFormRowFunc to_default;
	gpointer data;
};

/* `used`: see settings_text_mnemonic(). */
SettingsFormRow *settings_form_row_new(const DescribedSetting *setting, GString *used,
    SettingsFormRowFunc typed, SettingsFormRowFunc to_default, gpointer data);
void settings_form_row_free(SettingsFormRow *row);
void settings_form_row_attach(SettingsFormRow *row, GtkGrid *grid, guint index);
/* `value` NULL: the section is not there yet; `typed` NULL: untouched. */
void settings_form_row_show(
    SettingsFormRow *row, const SettingsValue *value, const SettingsTyped *typed);
/* Shown by the next settings_form_row_show(); NULL: none. */
void settings_form_row_set_refusal(SettingsFormRow *row, const char *sentence);
