/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"
#include "base/close_reason.h"

Outcome
act_kill(Ctx *ctx, User *victim, const char *reason)
{
	g_autofree char *said = cut_text(reason, ctx->community->settings->limits->kick);
	g_autofree char *by = g_strdup(ctx->actor.name);
	g_autofree char *text = NULL;
	bool suicide = victim == ctx->actor.user;
	Event event;

	if (!actor_must(ctx, MAY_KILL))
		return OUTCOME_REFUSED;
	text = g_strdup_printf(
	    "Killed (%s (%s))", ctx->actor.user ? by : ctx->community->server_name, said);
	event = ctx_event(ctx, EVENT_KILLED);
	event.target = victim;
	event.text = said;
	event.by = by;
	announce(ctx, &event);
	act_remove_user(ctx, victim, CLOSE_KILLED, text);
	return suicide ? OUTCOME_CLOSE : OUTCOME_DONE;
}
