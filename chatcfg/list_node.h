/* SPDX-License-Identifier: MIT */
/*
 * ListNode: a node of the tree over a LiveList: what users, channels and accounts have alike. It is
 * listed while somebody looks, says so when it may be old, and carries a count.
 * Invariant: it is the first member of the node's `data`. Thread: main.
 */
#pragma once

#include "live_list.h"

typedef struct ListNode {
	LiveList list; /* first */
	Service *service;
	SnapinNode *node;
	LiveRowsFunc changed; /* at most four times a second; NULL: nobody is told */
	const char *counted;  /* member of service.status that is its badge; NULL: none */
	guint watch;
} ListNode;

/* Adds the node below the service's; `kind`, `columns` and `counted` are static. Of `spec`, shown,
 * may and refresh are filled in where they are NULL. `changed` (may be NULL) is given the node. */
void list_node_add(ListNode *node, Service *service, const LiveKind *kind,
    const LiveColumn *columns, LiveRowsFunc changed, const char *counted, SnapinNodeSpec *spec);
/* All but the memory of the node itself. */
void list_node_clear(ListNode *node);
/* Members of SnapinNodeSpec; `data` is a ListNode. */
void list_node_shown(SnapinNode *node, gpointer data, gboolean visible);
void list_node_refresh(SnapinNode *node, gpointer data);
char *list_node_may(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection);
/* Text of a field of the first row selected; "" if there is none (any more). */
const char *list_node_selected(const ListNode *node, const SnapinSelection *selection, guint field);
