/* SPDX-License-Identifier: MIT */
/*
 * What the middle of the window shows for one node: its state, its widget, its list or its
 * children.
 * Invariant: asks the snap-in for nothing while it is not the shown one.
 * Signals: "selection-changed"; "updated" (the counts); "activated"; "popup" (GdkEvent *).
 * Thread: main.
 */
#pragma once

#include "result_list.h"
#include "scope_node.h"

#define NODE_TYPE_PANE (node_pane_get_type())
G_DECLARE_FINAL_TYPE(NodePane, node_pane, NODE, PANE, GtkBox)

GtkWidget *node_pane_new(SnapinNode *node, ConsoleState *state);
SnapinNode *node_pane_node(NodePane *pane);
/* The snap-in is told, and the list brought up to date. */
void node_pane_set_shown(NodePane *pane, gboolean shown);
/* NULL if the node has a widget only. */
ResultList *node_pane_list(NodePane *pane);
/* The rows are the node's children, not the snap-in's. */
gboolean node_pane_shows_children(NodePane *pane);
void node_pane_focus(NodePane *pane);
