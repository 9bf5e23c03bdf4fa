/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"

#include <string.h>

/* What others read when no reason was told: not every client knows that "*" means none. */
#define UNTOLD_TEXT "auto-away"

void
act_merge_away(Ctx *ctx, User *user)
{
	const char *away = user_away_of_sessions(user);
	Event event;

	if (away && strcmp(away, SESSION_AWAY_UNTOLD) == 0)
		away = UNTOLD_TEXT;
	if (g_strcmp0(user->away, away) == 0)
		return;
	user_set_away(user, away, ctx->now);
	event = ctx_user_event(ctx, EVENT_AWAY, user);
	event.text = user->away;
	announce(ctx, &event);
}

Outcome
act_away(Ctx *ctx, const char *text)
{
	Session *session = ctx->actor.session;
	g_autofree char *away = NULL;

	if (text && *text)
		away = cut_text(text, ctx->community->settings->limits->away);
	session_set_away(session, away, ctx->now);
	if (away)
		reply(ctx, RPL_NOWAWAY);
	else
		reply(ctx, RPL_UNAWAY);
	if (session->user)
		act_merge_away(ctx, session->user);
	return OUTCOME_DONE;
}
