/* SPDX-License-Identifier: MIT */
#include "act/account_answer.h"

#include "act/kept_accounts.h"

void
account_answer(
    Ctx *ctx, const char *command, const char *code, const char *account, const char *text)
{
	if (ctx->voice)
		ctx_say(ctx, "%s", text);
	else if (ctx->reply)
		reply_line(ctx->reply, "%s %s %s :%s", command, code, account, text);
}

void
account_recorded(Ctx *ctx, const Account *account, const char *text)
{
	Event event = ctx_event(ctx, EVENT_ACCOUNT_RECORD);

	event.account = account->name;
	event.text = text;
	event.by = ctx->actor.name;
	announce(ctx, &event);
}

Outcome
account_fail(Ctx *ctx, const Account *account, const char *code, const char *text)
{
	return ctx_fail(ctx, "ACCOUNT", code, account->name, text);
}

Outcome
account_changed(Ctx *ctx, const Account *account, const char *what, const char *text)
{
	kept_account_put(ctx, account);
	account_recorded(ctx, account, what);
	ctx_say(ctx, "%s", text);
	return OUTCOME_DONE;
}
