/* SPDX-License-Identifier: MIT */
/*
 * Room: how long an answer may become. A list that would overflow the asker's send queue would cost
 * him his connection (SAFELIST of 005 promises that it does not). Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Is there room for more lines of this answer? False once after telling 416 about `command`. */
bool room_for_more(Ctx *ctx, const char *command);
/* The same without a refusal. */
bool room_is_left(const Ctx *ctx);
