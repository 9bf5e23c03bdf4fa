/* SPDX-License-Identifier: MIT */
/*
 * A place in the tree: what a snap-in (or the console itself) contributed there, and its state.
 * Invariant: `children` hold references, `parent` does not; a removed node is dead: it stays valid
 * for whoever holds a reference, but nothing of the snap-in is called through it again.
 * Signals: "changed"; "child-added" (child, index); "child-removed" (child); "list-reset";
 * "row-changed" (guint64); "actions-changed"; "select"; "died" (just
 * before its data is freed).
 * Thread: main.
 */
#pragma once

#include "snapin.h"
#include "snapin_guard.h"

#define SCOPE_NODE_MAX_CHILDREN 20000
#define SCOPE_NODE_MAX_DEPTH 16

/* The owner of a node: which snap-in, and how it is called. Lives as long as the process. */
typedef struct ScopeOwner {
	const char *id; /* NULL: the console's own */
	SnapinGuard *guard;
	guint order; /* roots stand in this order */
} ScopeOwner;

#define SCOPE_TYPE_NODE (snapin_node_get_type())
GType snapin_node_get_type(void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SnapinNode, g_object_unref)

/* `spec` NULL: a bare root. Returns a reference that the caller owns. */
SnapinNode *scope_node_new(const ScopeOwner *owner, const SnapinNodeSpec *spec);
/* FALSE with nothing done if there is no room (depth, number) or the id is taken. */
gboolean scope_node_add(SnapinNode *parent, SnapinNode *child);
void scope_node_remove(SnapinNode *node);

const ScopeOwner *scope_node_owner(const SnapinNode *node);
const SnapinNodeSpec *scope_node_spec(const SnapinNode *node);
SnapinNode *scope_node_parent(const SnapinNode *node);
guint scope_node_n_children(const SnapinNode *node);
SnapinNode *scope_node_child(const SnapinNode *node, guint index);
gboolean scope_node_is_alive(const SnapinNode *node);
/* Path of ids from the snap-in's: "chatcfg/local/channels". Free with g_free(). */
char *scope_node_path(const SnapinNode *node);

const char *scope_node_title(const SnapinNode *node);
const char *scope_node_icon_name(const SnapinNode *node);
const char *scope_node_badge(const SnapinNode *node); /* or NULL */
SnapinState scope_node_state(const SnapinNode *node);
const char *scope_node_sentence(const SnapinNode *node); /* or NULL */

void scope_node_set_title(SnapinNode *node, const char *title);
void scope_node_set_icon_name(SnapinNode *node, const char *icon_name);
void scope_node_set_badge(SnapinNode *node, const char *badge);
void scope_node_set_state(SnapinNode *node, SnapinState state, const char *sentence);

/* Announce: emit the signal of that name. */
void scope_node_announce_reset(SnapinNode *node);
void scope_node_announce_row(SnapinNode *node, guint64 row_id);
void scope_node_announce_actions(SnapinNode *node);
void scope_node_announce_select(SnapinNode *node);

/* Calls into the snap-in; each does nothing for a dead node or where the spec has no function. */
void scope_node_expand(SnapinNode *node);                 /* the first time only */
void scope_node_show(SnapinNode *node, gboolean visible); /* only when it changes */
gboolean scope_node_can_refresh(const SnapinNode *node);
void scope_node_refresh(SnapinNode *node);
/* The widget, made at the first call; NULL if there is none. It belongs to the node. */
GtkWidget *scope_node_widget(SnapinNode *node);
GtkWidget *scope_node_widget_if_made(const SnapinNode *node);
