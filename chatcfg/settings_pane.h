/* SPDX-License-Identifier: MIT */
/*
 * SettingsPane: the result pane of a section: its form, and a bar with Apply and Discard while
 * something is typed. What was typed lives in the edit and outlasts a lost connection.
 * Ownership: freed with its widget. Thread: main.
 */
#pragma once

#include "settings_form.h"

typedef struct SettingsPane SettingsPane;

/* `node` for reports and for the actions to be asked anew. */
SettingsPane *settings_pane_new(SettingsModel *model, SettingsEdit *edit, const char *section,
    const SnapinHost *host, SnapinNode *node);
/* Floating until placed. */
GtkWidget *settings_pane_widget(const SettingsPane *pane);
/* Brings that field into sight and focuses it, once the pane has its place. */
void settings_pane_go_to(SettingsPane *pane, const char *key);
void settings_pane_apply(SettingsPane *pane);
void settings_pane_discard(SettingsPane *pane);
