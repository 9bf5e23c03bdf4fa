/* SPDX-License-Identifier: MIT */
/*
 * OverviewGraph: a line of the latest values of one thing, with what it is now, in the colours of
 * the theme; a screen reader is told the values. Invariant: at most OVERVIEW_GRAPH_SAMPLES are
 * kept. Thread: main.
 */
#pragma once

#include <gtk/gtk.h>

#define OVERVIEW_GRAPH_SAMPLES 120

/* `format` makes text of a value (transfer full). */
GtkWidget *overview_graph_new(const char *title, char *(*format)(double value));
void overview_graph_add(GtkWidget *graph, double value);
/* What came before does not go on: a new connection. */
void overview_graph_clear(GtkWidget *graph);
