/* SPDX-License-Identifier: MIT */
/*
 * Find: what a client named, or the error that says it is not there (403, 401), with its own
 * spelling. A channel hidden from the client is not there. Thread: state.
 */
#pragma once

#include "act/ctx.h"

Channel *find_channel(Ctx *ctx, const char *name);
User *find_user(Ctx *ctx, const char *nick);
/* May the asking user know that the channel exists; see topic and members? */
bool may_see_channel(const Ctx *ctx, const Channel *channel);
bool may_see_inside(const Ctx *ctx, const Channel *channel);
/* Somebody of that nick to be told of: a user, or a built-in service as if it were one, which then
 * is *ret_made (NULL before) and the caller's. NULL and not refused if there is nobody. */
const User *find_shown(const Ctx *ctx, const char *nick, User **ret_made);
