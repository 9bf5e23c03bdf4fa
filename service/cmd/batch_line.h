/* SPDX-License-Identifier: MIT */
/*
 * BatchLine: the lines of a batch that a client has open (IRCv3 draft/client-batch), which do
 * nothing until it is closed. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "proto/message.h"

/* Is this the line of a batch? Then it was dealt with, and `ret_outcome` is set. Lines without the
 * batch tag are none, whatever is open. */
bool batch_takes_line(Ctx *ctx, const Message *message, Outcome *ret_outcome);
/* The line is refused for its bytes: the batch it belongs to, if any, is incomplete and refused
 * with it. */
void batch_loses_line(Ctx *ctx, const Message *message);
