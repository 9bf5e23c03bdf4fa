/* SPDX-License-Identifier: MIT */
/*
 * Walk: a command that looks at everybody (WHO, LIST), cut into slices so that no turn of the state
 * loop gets long; the asker's further input waits until it is done. Where he reads slowly the next
 * slice waits for him.
 * Invariant: the data is freed exactly once, also when the asker leaves meanwhile. Thread: state.
 */
#pragma once

#include "act/ctx.h"

#include <glib.h>

#define WALK_SLICE 2000u /* objects looked at in one turn */

typedef struct Walk Walk;

/* One slice: true if there is more to do. It ends where room_is_left() says no (cmd/room.h). */
typedef bool (*WalkStep)(Ctx *ctx, void *data);
/* Asks for what the next slice needs, and sees to it that walk_continue() is called once, later.
 * False: it will not be called; the next slice comes at once. Not called after a slice that ended
 * for want of room. */
typedef bool (*WalkAwait)(Ctx *ctx, void *data, Walk *walk);

/* Takes `data` over. OUTCOME_PENDING if one slice was not enough. */
Outcome walk_start(Ctx *ctx, WalkStep step, void *data, GDestroyNotify free_data);
/* The same for slices that wait for something else than their turn. */
Outcome walk_start_awaiting(
    Ctx *ctx, WalkStep step, WalkAwait await, void *data, GDestroyNotify free_data);
/* Not from within the call that asks. The asker may be gone; `cancelled`: the service ends. */
void walk_continue(Walk *walk, bool cancelled);
