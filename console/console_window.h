/* SPDX-License-Identifier: MIT */
/*
 * The window: scope tree, result pane, action pane, information bars, status line.
 * Invariant: the shown pane is that of the tree's selected node; the actions are its.
 * Thread: main.
 */
#pragma once

#include "action_set.h"
#include "console_state.h"
#include "error_bar.h"
#include "node_pane.h"
#include "property_sheet.h"
#include "scope_tree.h"
#include "snapin_loader.h"

#define CONSOLE_TYPE_WINDOW (console_window_get_type())
G_DECLARE_FINAL_TYPE(ConsoleWindow, console_window, CONSOLE, WINDOW, GtkApplicationWindow)

/* The loader is not started yet. `state` outlives the window. */
ConsoleWindow *console_window_new(
    GtkApplication *application, SnapinLoader *loader, ConsoleState *state);

SnapinLoader *console_window_loader(ConsoleWindow *window);
ErrorBar *console_window_errors(ConsoleWindow *window);
ScopeTree *console_window_tree(ConsoleWindow *window);
ActionSet *console_window_actions(ConsoleWindow *window);
NodePane *console_window_pane(ConsoleWindow *window); /* NULL: no node is selected */

/* Hands the address to the snap-in that claims it; a failure is told in the information bar. */
void console_window_open_uri(ConsoleWindow *window, const char *uri);
/* In the information bar. `key`: a later report with the same key replaces it. */
void console_window_report(ConsoleWindow *window, const char *key, SnapinSeverity severity,
    const char *sentence, const char *detail);
/* A sheet of that object that is open already is shown again instead. */
void console_window_open_sheet(ConsoleWindow *window, SnapinNode *node, const char *object,
    const SnapinPageSpec *pages, guint n_pages);
void console_window_set_action_pane_visible(ConsoleWindow *window, gboolean visible);
/* Sizes and panes as at the first start. */
void console_window_reset_layout(ConsoleWindow *window);
void console_window_open_menu(ConsoleWindow *window);
/* The context menu; at the event, or by key at `widget`. */
void console_window_popup(ConsoleWindow *window, GtkWidget *widget, const GdkEvent *event);
