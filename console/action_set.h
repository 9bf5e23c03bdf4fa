/* SPDX-License-Identifier: MIT */
/*
 * What may be done now: the actions of the selected node over the selected rows. From this one
 * table follow the action pane, the menus and the accelerators.
 * Invariant: every action is a GAction under its name in the group; it is enabled exactly if it has
 * no reason.
 * Signals: "changed" (other actions, or other reasons).
 * Thread: main.
 */
#pragma once

#include "scope_node.h"

#define ACTION_TYPE_SET (action_set_get_type())
G_DECLARE_FINAL_TYPE(ActionSet, action_set, ACTION, SET, GObject)

#define ACTION_SET_MAX_ACTIONS 64

ActionSet *action_set_new(void);
/* NULL: no node, no actions. */
void action_set_set_node(ActionSet *set, SnapinNode *node);
/* `ids` guint64; copied. */
void action_set_select(ActionSet *set, const GArray *ids);
/* Asks the snap-in again what may be done. */
void action_set_update(ActionSet *set);

SnapinNode *action_set_node(ActionSet *set); /* or NULL */
/* The snap-in's id, under which the group belongs into the window; NULL if there is no node. */
const char *action_set_prefix(ActionSet *set);
GActionGroup *action_set_group(ActionSet *set);
guint action_set_n_selected(ActionSet *set);

guint action_set_count(ActionSet *set);
const SnapinAction *action_set_get(ActionSet *set, guint index);
/* Why it cannot be done now; NULL if it can. */
const char *action_set_reason(ActionSet *set, guint index);
/* The same act as a shell command; NULL if there is none. Free with g_free(). */
char *action_set_command(ActionSet *set, guint index);
/* FALSE if the node or its rows have no default that can be done. */
gboolean action_set_activate_default(ActionSet *set);
