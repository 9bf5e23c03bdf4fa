/* SPDX-License-Identifier: MIT */
/*
 * Dispatch: one parsed line of a client to its handler: stage, rights and number of parameters are
 * checked here by the row in proto/commands.def, so that no handler does it.
 * Invariant: whatever the line is, the client is told what was wrong with it. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "proto/message.h"

/* `ctx` has the session and its user as actor, and a reply. */
Outcome cmd_dispatch(Ctx *ctx, const Message *message, MessageStatus status);
/* Tokens of the flood bucket this line costs; any message. */
unsigned cmd_cost(const Message *message);
