/* SPDX-License-Identifier: MIT */
/*
 * HeldReply: the answer to a command whose change is still on its way to the disk. Others have seen
 * the change; who made it is answered after the commit, or told that it was not stored. What
 * others do meanwhile waits behind the answer: a client would not understand what comes from a
 * channel it is not in yet, and show a question after its reply.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Before the command runs. */
void held_reply_begin(Ctx *ctx);
/* Who is about to say something, with echo-message or under a label, is told that the service took
 * it when it is stored in the history. */
void held_reply_acknowledge(Ctx *ctx);
/* After it: OUTCOME_PENDING if something is to be stored and the answer was put aside, else
 * `outcome`. `verb` is a constant. */
Outcome held_reply_end(Ctx *ctx, Outcome outcome, const char *verb);
