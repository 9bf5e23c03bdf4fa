/* SPDX-License-Identifier: MIT */
/*
 * Vhost: a host name that users of an account are seen under instead of their address or cloak. Its
 * owner asks for one, an operator approves it; then it is worn whenever somebody is logged in to
 * the account, unless the owner takes it off. Refusals and answers are said in ctx->voice
 * (ctx_say()). Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* The owner asks for a host, in place of what he asked for before; "" asks for nothing any more. */
Outcome act_request_vhost(Ctx *ctx, Account *account, const char *host);
/* What was asked for becomes his, or not, for a `reason` he is told ("": none). */
Outcome act_approve_vhost(Ctx *ctx, Account *account);
Outcome act_reject_vhost(Ctx *ctx, Account *account, const char *reason);
/* Gives the account a host unasked; "" takes it away. */
Outcome act_set_vhost(Ctx *ctx, Account *account, const char *host);
/* The owner wears it, or takes it off. */
Outcome act_wear_vhost(Ctx *ctx, Account *account, bool on);
/* He logged in or out: the host others see follows. */
void act_refresh_host(Ctx *ctx, User *user);
/* The host of somebody logged in to `account` (NULL: nobody) from there. Caller frees. */
char *act_host_of(
    const Ctx *ctx, const Account *account, const SessionPeer *peer) G_GNUC_WARN_UNUSED_RESULT;
