/* SPDX-License-Identifier: MIT */
#include "act/account_answer.h"

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
