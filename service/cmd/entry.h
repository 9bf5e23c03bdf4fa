/* SPDX-License-Identifier: MIT */
/*
 * Entry: what a client is told of a channel it finds itself in: topic and members. After a JOIN all
 * sessions of the user are told, the others outside of the asker's label. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* 332 and 333 to the asking session, if there is a topic. */
void entry_tell_topic(Ctx *ctx, const Channel *channel);
/* Topic and names, unless it wants none (no-implicit-names), to the asking session. */
void entry_tell(Ctx *ctx, const Channel *channel);
/* The same to every session of the asking user. */
void entry_tell_all(Ctx *ctx, const Channel *channel);
