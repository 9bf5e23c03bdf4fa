/* SPDX-License-Identifier: MIT */
/*
 * Handlers: one function per row of proto/commands.def. Each may count on the stage and on
 * least_params of its row. Invariant: params are NUL-terminated UTF-8 and live until it returns.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "proto/message.h"

typedef Outcome (*CommandHandler)(Ctx *ctx, const Message *message);

#define COMMAND(verb, handler, stage, least, cost, syntax, help)                                   \
	Outcome cmd_##handler(Ctx *ctx, const Message *message);
#include "proto/commands.def"
#undef COMMAND
