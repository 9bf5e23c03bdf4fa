/* SPDX-License-Identifier: MIT */
/* REGISTER, VERIFY (draft/account-registration). */
#include "act/account_verbs.h"
#include "cmd/handlers.h"

Outcome
cmd_register(Ctx *ctx, const Message *message)
{
	const AccountRequest request = {
	    .command = "REGISTER",
	    .name = message->params[0],
	    .email = message->params[1],
	    .password = message->params[2],
	};

	return act_register_account(ctx, &request);
}

Outcome
cmd_verify(Ctx *ctx, const Message *message)
{
	return act_verify_account(ctx, "VERIFY", message->params[0], message->params[1]);
}
