/* SPDX-License-Identifier: MIT */
/*
 * Channel verbs: registration of channels by accounts: founder, successor, settings, the end of it,
 * and names that nobody may use. Refused are standard replies of CHANNEL, NOTICEs of ChanServ, or
 * errors of control methods (ctx_fail()). Invariant: as act/verbs.h. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "domain/channel_ownership.h"

/* Of a channel one is host of, for the account one is logged in to. */
Outcome act_register_own_channel(Ctx *ctx, Channel *channel);
/* By its founder, or MAY_KEEP_CHANNELS. The channel may be gone afterwards. */
Outcome act_drop_channel(Ctx *ctx, Channel *channel);
/* Without asking who: when it was not used, or its account is gone. */
void act_end_registration(Ctx *ctx, Channel *channel);
Outcome act_transfer_channel(Ctx *ctx, Channel *channel, const char *account_name);
/* "-" unsets it. */
Outcome act_set_channel_setting(
    Ctx *ctx, Channel *channel, ChannelSetting setting, const char *value);
/* An account is removed, or has another name: channels follow. */
void channels_forget_account(Ctx *ctx, const char *account);
void channels_rename_account(Ctx *ctx, const char *from, const char *to);
/* channel_purge.c: everybody is removed from it, its registration ends, and nobody may join until
 * it is allowed again. Needs MAY_KEEP_CHANNELS. */
Outcome act_purge_channel(Ctx *ctx, const char *name, const char *reason);
Outcome act_allow_channel(Ctx *ctx, const char *name);
