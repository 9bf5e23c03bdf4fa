/* SPDX-License-Identifier: MIT */
#include "cmd/other_sessions.h"

static void
tell_one(
    const Ctx *ctx, Session *session, void (*tell)(Ctx *ctx, const void *data), const void *data)
{
	Ctx other = *ctx;
	Reply reply;

	reply_begin(
	    &reply, ctx->community, &ctx->out->outbox, ctx->random, session, ctx->now, NULL);
	other.reply = &reply;
	other.actor.session = session;
	tell(&other, data);
	reply_end(&reply);
}

void
other_sessions_tell(
    const Ctx *ctx, uint64_t needs, void (*tell)(Ctx *ctx, const void *data), const void *data)
{
	const User *user = ctx->actor.user;

	for (Session *session = user->sessions; session; session = session->next)
		if (session != ctx->actor.session && session->stage == SESSION_REGISTERED &&
		    session_has(session, needs))
			tell_one(ctx, session, tell, data);
}
