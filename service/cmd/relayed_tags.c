/* SPDX-License-Identifier: MIT */
#include "cmd/relayed_tags.h"

#include "proto/caps.h"
#include "proto/client_tags.h"

static bool
is_relayed(const Tag *tag, const void *data)
{
	const Community *community = data;

	return !client_tag_is_denied(
	    tag, (const char *const *)community->settings->limits->client_tags_denied);
}

void
relayed_tags(const Ctx *ctx, const Message *message, Bytes *tags)
{
	bytes_init(tags, MESSAGE_TAGS_MAX);
	if (message->tags && session_has(ctx->actor.session, CAP_MESSAGE_TAGS))
		tags_append_client_only(
		    tags, message->tags, message->tags_length, is_relayed, ctx->community);
}
