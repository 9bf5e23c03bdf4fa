/* SPDX-License-Identifier: MIT */
/*
 * Presence: whether a user may be there with several sessions, and whether he stays with none: what
 * the owner of the account chose, within what the service allows ([accounts] multiclient,
 * always_on). Invariant: of the users of one account one stays at most. Thread: state.
 */
#pragma once

#include "act/ctx.h"

bool presence_may_be_shared(const Community *community, const Account *account);
/* What the account's owner gets by what he chose. */
bool presence_is_kept(const Community *community, const Account *account);
/* Does he stay when his last session goes? He is logged in, verified, and the first of the
 * account. */
bool presence_stays(const Community *community, const User *user);
/* How long a user stays without a session, microseconds; 0: for ever. */
int64_t presence_expiry(const Community *community);
/* He leaves, and is freed, if he has no client and is not to stay any more: his account is gone, or
 * something is set otherwise. */
void presence_end_if_over(Ctx *ctx, User *user);
/* The same of who is logged in to it: something of the account is set otherwise. */
void presence_end_of_account(Ctx *ctx, const Account *account);
/* The same of everybody: the settings are others. */
void presence_end_all_over(Ctx *ctx);
