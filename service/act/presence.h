/* SPDX-License-Identifier: MIT */
/*
 * Presence: whether a user may be there with several sessions, and whether he stays with none: what
 * the owner of the account chose, within what the service allows ([accounts] multiclient,
 * always_on). Invariant: of the users of one account one stays at most. Thread: state.
 */
#pragma once

#include "domain/community.h"

#include <stdbool.h>

bool presence_may_be_shared(const Community *community, const Account *account);
/* What the account's owner gets by what he chose. */
bool presence_is_kept(const Community *community, const Account *account);
/* Does he stay when his last session goes? He is logged in, verified, and the first of the
 * account. */
bool presence_stays(const Community *community, const User *user);
/* How long a user stays without a session, microseconds; 0: for ever. */
int64_t presence_expiry(const Community *community);
