/* SPDX-License-Identifier: MIT */
/*
 * Held channels: those in which a user sits who stays without a client (act/presence.h). While one
 * does, the channel is stored as registered ones are (act/kept_channels.h), so that it comes back
 * with him as it was. Invariant: channel->held is set iff it is stored for that reason. Who begins
 * or ceases to stay in another way than by JOIN is the keeper's to see (presence_keeper.h at the
 * top). Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* The user has just got a seat there. */
void held_channel_enter(Ctx *ctx, Channel *channel, const User *user);
/* The same of all his channels. */
void held_channels_enter(Ctx *ctx, const User *user);
/* Somebody left, or stays no longer: nobody may be left who holds it. */
void held_channel_review(Ctx *ctx, Channel *channel);
/* After the start: those whose users did not come back go. */
void held_channels_tidy(Ctx *ctx);
