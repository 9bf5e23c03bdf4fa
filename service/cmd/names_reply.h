/* SPDX-License-Identifier: MIT */
/*
 * NamesReply: the members of a channel as numerics 353 and 366, for NAMES and JOIN. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* 353 lines of those the asking user may see; no 366. */
void names_reply_members(Ctx *ctx, const Channel *channel);
/* The above and 366. */
void names_reply(Ctx *ctx, const Channel *channel);
/* NAMES -D (ircu): those that joined under +D and were not shown yet, to members only; no 366. */
void names_reply_unseen(Ctx *ctx, const Channel *channel);
