/* SPDX-License-Identifier: MIT */
/*
 * ListNode: a node of the tree over a LiveList: what users, channels, the members of a channel and
 * accounts have alike. It is listed while somebody looks, says so when it may be old, and carries a
 * count. Invariant: it is the first member of the node's `data`. Thread: main.
 */
#pragma once

#include "live_list.h"

typedef struct ListNode {
	LiveList list; /* first */
	Service *service;
	SnapinNode *node;
	/* Set by whom it belongs to, before it is added; each may be NULL. */
	LiveRowsFunc changed; /* given the node, at most four times a second */
	const char *counted;  /* member of service.status that is its badge; static */
	gboolean (*state)(struct ListNode *node); /* TRUE: it has said itself how it stands */
	guint watch;
} ListNode;

/* Adds the node below `parent`; `kind` and `columns` are static, `of` is what the rows belong to
 * (NULL: to the service). Of `spec`, shown, may and refresh are filled in where they are NULL.
 * FALSE if the tree has no room: spec->free_data was called. */
gboolean list_node_add(ListNode *node, Service *service, SnapinNode *parent, const LiveKind *kind,
    const char *of, const LiveColumn *columns, SnapinNodeSpec *spec);
/* All but the memory of the node itself. */
void list_node_clear(ListNode *node);
/* Members of SnapinNodeSpec; `data` is a ListNode. */
void list_node_shown(SnapinNode *node, gpointer data, gboolean visible);
void list_node_refresh(SnapinNode *node, gpointer data);
char *list_node_may(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection);
/* Text of a field of the first row selected; "" if there is none (any more). */
const char *list_node_selected(const ListNode *node, const SnapinSelection *selection, guint field);
/* The chatctl line for an action whose permission is its method: the parameter `object` is that
 * field of the row selected, what else it requires is to be filled in. Caller frees. */
char *list_node_command(const ListNode *node, const SnapinAction *action,
    const SnapinSelection *selection, const char *object, guint field);
