/* SPDX-License-Identifier: MIT */
/*
 * Attach: a session joins a user who is here already: one logged in to the account the session
 * logged in to, under the nick it asked for. Nicks are asked for before the login is complete, so
 * such a nick is kept in mind (Registration.shares_nick) and judged when the registration is
 * complete. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Could the asking session, still registering, come to be this user? It may be about to log in. */
bool attach_is_thinkable(const Ctx *ctx, const User *user);
/* The registration is complete but for the nick it shares: it joins the user (DONE, session->user
 * is set), has the nick for itself because he is gone meanwhile (DONE), or is refused with 433. */
Outcome act_attach(Ctx *ctx, Session *session);
/* The asking user's only client may become one of the bearer of a nick, another user of his
 * account.
 */
bool attach_may_move(const Ctx *ctx, const User *bearer);
/* It does; the user it was leaves, and what it finds where it is now is for the caller to show. */
void attach_move(Ctx *ctx, User *bearer);
