/* SPDX-License-Identifier: MIT */
/* OverviewListeners: the table of listeners on the overview. Thread: main. */
#pragma once

#include <gtk/gtk.h>
#include <jansson.h>

GtkWidget *overview_listeners_new(void);
/* `listeners`: as service.status tells them. The selected row stays. */
void overview_listeners_set(GtkWidget *table, const json_t *listeners);
