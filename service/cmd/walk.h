/* SPDX-License-Identifier: MIT */
/*
 * Walk: a command that looks at everybody (WHO, LIST), cut into slices so that no turn of the state
 * loop gets long; the asker's further input waits until it is done.
 * Invariant: the data is freed exactly once, also when the asker leaves meanwhile. Thread: state.
 */
#pragma once

#include "act/ctx.h"

#include <glib.h>

#define WALK_SLICE 2000u /* objects looked at in one turn */

/* One slice: true if there is more to do. */
typedef bool (*WalkStep)(Ctx *ctx, void *data);

/* Takes `data` over. OUTCOME_PENDING if one slice was not enough. */
Outcome walk_start(Ctx *ctx, WalkStep step, void *data, GDestroyNotify free_data);
