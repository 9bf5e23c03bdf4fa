/* SPDX-License-Identifier: MIT */
/*
 * NickGuard: registered nicks are their owners'. By the account's setting, or the service's, others
 * cannot take one (strict), or get another one unless they log in in time (grace).
 * Invariant: a user has one guard at most, for the nick he bears; it goes with him. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Why a nick cannot be had, all of them 433. */
#define NICK_IN_USE "Nickname is already in use"
#define NICK_MISLEADS "Nickname is read as another that is in use or registered"
#define NICK_GUARDED "Nickname is registered and for its owner only: log in first"

/* May somebody who is logged in to `account` (NULL: to none) not take the nick at all: it is
 * somebody's who wants that, or looks like one? */
bool nick_guard_refuses(const Ctx *ctx, const char *nick, const Account *account);
/* The user has another nick or account: the clock is started, or stopped. He is told if it is he
 * who asks. */
void nick_guard_check(Ctx *ctx, User *user);
/* He is a guest from now on; gone, with the Ctx's actor.user NULL if it is his, when there is no
 * nick for guests. */
void nick_guard_expel(Ctx *ctx, User *user);
