/* SPDX-License-Identifier: MIT */
/*
 * The tree on the left: one row per live node, filled when a row is opened.
 * Invariant: what is open and what is selected is remembered by path of ids and taken up again
 * whenever such a node appears, until the user chooses otherwise.
 * Signals: "node-selected" (SnapinNode *, may be NULL); "popup" (GdkEvent *, NULL by key);
 * "activated" (a row without children was double-clicked).
 * Thread: main.
 */
#pragma once

#include "console_state.h"
#include "scope_node.h"

#define SCOPE_TYPE_TREE (scope_tree_get_type())
G_DECLARE_FINAL_TYPE(ScopeTree, scope_tree, SCOPE, TREE, GtkTreeView)

/* Shows the children of `root`, which has none yet. */
void scope_tree_set_root(ScopeTree *tree, SnapinNode *root, ConsoleState *state);
SnapinNode *scope_tree_selected(ScopeTree *tree); /* or NULL */
void scope_tree_select(ScopeTree *tree, SnapinNode *node);
