/* SPDX-License-Identifier: MIT */
/*
 * A page that says one thing in the middle of a pane: icon, title, text, and what can be done.
 * Thread: main.
 */
#pragma once

#include <gtk/gtk.h>

#define STATUS_TYPE_PAGE (status_page_get_type())
G_DECLARE_FINAL_TYPE(StatusPage, status_page, STATUS, PAGE, GtkScrolledWindow)

GtkWidget *status_page_new(const char *icon_name, const char *title, const char *text);
void status_page_set(StatusPage *page, const char *icon_name, const char *title, const char *text);
/* `action` is a detailed action name. `suggested`: the one to press. */
GtkWidget *status_page_add_button(
    StatusPage *page, const char *label, const char *action, gboolean suggested);
/* Below the buttons. */
void status_page_add_widget(StatusPage *page, GtkWidget *widget);
