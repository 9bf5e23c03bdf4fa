/* SPDX-License-Identifier: MIT */
/*
 * LogBar: what stands above the log: least level, subsystem, Pause and Follow. It sets the ring's
 * filter itself. Ownership: freed with its widget. Thread: main.
 */
#pragma once

#include "log_ring.h"

#include <gtk/gtk.h>

typedef struct LogBar LogBar;
/* The filter or the pause is another: the rows are others. */
typedef void (*LogBarFunc)(gpointer data);

/* `ring` outlives it. */
LogBar *log_bar_new(LogRing *ring, LogBarFunc changed, gpointer data);
/* Floating until placed. */
GtkWidget *log_bar_widget(const LogBar *bar);
/* Rows came: new subsystems, how many wait, and the newest row in sight if Follow is on. */
void log_bar_update(LogBar *bar);
void log_bar_toggle_pause(LogBar *bar);
