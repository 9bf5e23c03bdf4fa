/* SPDX-License-Identifier: MIT */
/*
 * OtherSessions: what a command of one client tells the user's other clients, each in its own
 * dialect and without the command's label. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Calls `tell` with a Ctx and a reply of each of the asking user's other sessions that has all of
 * `needs` (CAP_* bits). */
void other_sessions_tell(
    const Ctx *ctx, uint64_t needs, void (*tell)(Ctx *ctx, const void *data), const void *data);
