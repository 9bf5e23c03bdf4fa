/* SPDX-License-Identifier: MIT */
/*
 * The children of a node as a list, for nodes that have neither a list nor a widget of their own.
 * Thread: main.
 */
#pragma once

#include "list_model.h"
#include "scope_node.h"

/* Reads `node`, which must outlive the model made of it. */
ListSource children_list_source(SnapinNode *node);
/* NULL if no child has this identity. */
SnapinNode *children_list_node(SnapinNode *node, guint64 row_id);
