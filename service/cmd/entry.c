/* SPDX-License-Identifier: MIT */
#include "cmd/entry.h"

#include "base/clock.h"
#include "cmd/metadata_tell.h"
#include "cmd/names_reply.h"
#include "proto/caps.h"

#include <string.h>

void
entry_tell_topic(Ctx *ctx, const Channel *channel)
{
	g_autofree char *setter = NULL;

	if (!channel->topic)
		return;
	/* Administrators have names with spaces; the numeric has room for one word. */
	setter = g_strndup(channel->topic_by, strcspn(channel->topic_by, " "));
	reply(ctx, RPL_TOPIC, channel->name, channel->topic);
	reply(ctx, RPL_TOPICWHOTIME, channel->name, setter, channel->topic_at / CLOCK_SECOND);
}

void
entry_tell(Ctx *ctx, const Channel *channel)
{
	entry_tell_topic(ctx, channel);
	if (!session_has(ctx->actor.session, CAP_NO_IMPLICIT_NAMES))
		names_reply(ctx, channel);
	metadata_tell_entry(ctx, channel);
}

static void
tell_another(const Ctx *ctx, const Channel *channel, Session *session)
{
	Ctx other = *ctx;
	Reply reply;

	reply_begin(
	    &reply, ctx->community, &ctx->out->outbox, ctx->random, session, ctx->now, NULL);
	other.reply = &reply;
	other.actor.session = session;
	entry_tell(&other, channel);
	reply_end(&reply);
}

void
entry_tell_all(Ctx *ctx, const Channel *channel)
{
	const User *user = ctx->actor.user;

	entry_tell(ctx, channel);
	for (Session *session = user->sessions; session; session = session->next)
		if (session != ctx->actor.session && session->stage == SESSION_REGISTERED)
			tell_another(ctx, channel, session);
}
