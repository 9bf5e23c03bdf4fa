/* SPDX-License-Identifier: MIT */
/*
 * Subscriptions: events of the bus as service.event pushes. What comes and goes is told at once;
 * what changes is remembered and told once with its newest row in the next turn, so that a flood of
 * changes of one object is one push. Invariant: nothing is remembered while nobody follows.
 * Thread: state.
 */
#pragma once

#include "control/control_state.h"

#define SUBSCRIPTIONS_ROWS_PER_TURN 500u

Subscriptions *subscriptions_new(Control *control);
void subscriptions_free(Subscriptions *subscriptions);
