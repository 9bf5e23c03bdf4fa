/* SPDX-License-Identifier: MIT */
/*
 * Telling sessions topic and members of a channel anew, which is what grows with the square of its
 * members: so many names a turn (act/slices.h). Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* `sessions`: of Session. The session whose command is running is left out: it has its own answer,
 * or is told with show_members_later(). */
void show_members(Ctx *ctx, const Channel *channel, const GPtrArray *sessions);
/* From the next turn on, and every one of them. */
void show_members_later(Ctx *ctx, const Channel *channel, const GPtrArray *sessions);
