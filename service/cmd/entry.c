/* SPDX-License-Identifier: MIT */
#include "cmd/entry.h"

#include "act/read_marker.h"
#include "base/clock.h"
#include "cmd/metadata_tell.h"
#include "cmd/names_reply.h"
#include "cmd/other_sessions.h"
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
	if (session_has(ctx->actor.session, CAP_READ_MARKER))
		act_tell_read_marker(ctx, channel->name);
	if (!session_has(ctx->actor.session, CAP_NO_IMPLICIT_NAMES))
		names_reply(ctx, channel);
	metadata_tell_entry(ctx, channel);
}

static void
tell_another(Ctx *ctx, const void *data)
{
	entry_tell(ctx, data);
}

void
entry_tell_all(Ctx *ctx, const Channel *channel)
{
	entry_tell(ctx, channel);
	other_sessions_tell(ctx, 0, tell_another, channel);
}
