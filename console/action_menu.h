/* SPDX-License-Identifier: MIT */
/*
 * Menus and accelerators made of an ActionSet.
 * Invariant: what is shown follows from the set's table only; actions that are off say why in
 * their tooltip.
 * Thread: main.
 */
#pragma once

#include "action_set.h"

/* A context menu; floating. Destroy it when it closed. `standard` (may be NULL) are the console's
 * own verbs, put below. */
GtkWidget *action_menu_new(ActionSet *set, GMenuModel *standard);
/* Takes the accelerators of `before` (may be NULL) off and puts the set's on; the answer is what to
 * give as `before` next time. Free with g_ptr_array_unref(). */
GPtrArray *action_menu_set_accelerators(
    GtkApplication *application, ActionSet *set, GPtrArray *before);
/* Opens the menu at the event, or at the widget's corner for NULL; it destroys itself. */
void action_menu_popup(GtkWidget *menu, GtkWidget *widget, const GdkEvent *event);
/* Puts the command of an action into the clipboard of `widget`. */
void action_menu_copy_command(ActionSet *set, guint index, GtkWidget *widget);
