/* SPDX-License-Identifier: MIT */
#include "act/account_rights.h"

Outcome
account_must_manage(Ctx *ctx, const Account *account)
{
	if (actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL))
		return OUTCOME_DONE;
	return ctx_fail(ctx, "ACCOUNT", "NO_RIGHT", account->name,
	    "This is for operators with the privilege accounts");
}

Outcome
account_must_own(Ctx *ctx, const Account *account)
{
	if ((ctx->actor.user && ctx->actor.user->login == account) ||
	    actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL))
		return OUTCOME_DONE;
	return ctx_fail(ctx, "ACCOUNT", "NO_RIGHT", account->name, "This account is not yours");
}
