/* SPDX-License-Identifier: MIT */
/*
 * Facts: a grid of names and values to read; values can be selected and copied. Thread: main.
 */
#pragma once

#include <gtk/gtk.h>

GtkWidget *facts_new(void);
/* A bold line over what follows. */
void facts_add_title(GtkWidget *facts, const char *title);
/* Returns the label of the value. */
GtkWidget *facts_add(GtkWidget *facts, const char *name);
/* "" is shown as a dash. Nothing happens if it is the same. */
void facts_set(GtkWidget *value, const char *text);
