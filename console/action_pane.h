/* SPDX-License-Identifier: MIT */
/*
 * The pane on the right: every action of the node and of the selected rows as a button.
 * Invariant: follows its ActionSet; a button that is off says why; dangerous ones stand last.
 * Thread: main.
 */
#pragma once

#include "action_set.h"

#define ACTION_TYPE_PANE (action_pane_get_type())
G_DECLARE_FINAL_TYPE(ActionPane, action_pane, ACTION, PANE, GtkBox)

void action_pane_set_actions(ActionPane *pane, ActionSet *set);
/* The node shown may have another title. */
void action_pane_renamed(ActionPane *pane);
