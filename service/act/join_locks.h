/* SPDX-License-Identifier: MIT */
/*
 * Join locks: what keeps a user out of a channel, one row each: when it is closed, whether an
 * invitation opens it, whether a forward leads on from it, and the numeric that tells.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

typedef struct JoinLock {
	bool (*is_closed)(const Channel *channel, const User *user, const char *key);
	void (*tell)(Ctx *ctx, const Channel *channel);
	bool invitation_opens; /* a host's (RFC 2812 3.2.7); a member's under +g opens +i alone */
	bool forwards;
} JoinLock;

/* The first lock that is closed for this user; NULL: he may come in. `key` may be NULL. */
const JoinLock *join_lock(const Channel *channel, const User *user, const char *key);
