/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"

Outcome
act_away(Ctx *ctx, const char *text)
{
	User *user = ctx->actor.user;
	g_autofree char *away = NULL;
	Event event;

	if (text && *text)
		away = cut_text(text, ctx->community->settings->limits->away);
	if (!away)
		reply(ctx, RPL_UNAWAY);
	else
		reply(ctx, RPL_NOWAWAY);
	if (g_strcmp0(user->away, away) == 0)
		return OUTCOME_DONE;
	user_set_away(user, away, ctx->now);
	event = ctx_event(ctx, EVENT_AWAY);
	event.text = user->away;
	announce(ctx, &event);
	return OUTCOME_DONE;
}
