/* SPDX-License-Identifier: MIT */
/*
 * SettingsChanges: a list of {section, key, from, to} as a table for people, and as one line.
 * Thread: main.
 */
#pragma once

#include <gtk/gtk.h>
#include <jansson.h>

/* Setting, From, To; floating. `from` and `to` are the titles of these columns. */
GtkWidget *settings_changes_view(const json_t *changes, const char *from, const char *to);
/* "limits.nick 32 → 40, limits.topic …". Caller frees. */
char *settings_changes_line(const json_t *changes);
