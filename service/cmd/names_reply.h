/* SPDX-License-Identifier: MIT */
/*
 * NamesReply: the members of a channel as numerics 353 and 366, for NAMES and JOIN. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "cmd/member_walk.h"

/* 353 lines of the next of those the asking user may see; no 366. True if there are more. */
bool names_reply_slice(Ctx *ctx, MemberWalk *members);
/* All of them at once, or as many as there is room for and 416, and 366. */
void names_reply(Ctx *ctx, const Channel *channel);
/* NAMES -D (ircu): those that joined under +D and were not shown yet, to members only; no 366. */
void names_reply_unseen(Ctx *ctx, const Channel *channel);
