/* SPDX-License-Identifier: MIT */
#include "cmd/room.h"

#include <string.h>

/* Of the send queue: what others say meanwhile needs room too. */
#define ROOM_NUMERATOR 3u
#define ROOM_DENOMINATOR 4u
#define BATCH_TAG (strlen("@batch= ") + REPLY_BATCH_SIZE)

size_t
room_left(const Ctx *ctx)
{
	size_t room = ctx->community->settings->limits->sendq / ROOM_DENOMINATOR * ROOM_NUMERATOR;
	size_t used = ctx->reply->session->reading.unread + ctx->reply->bytes.length;

	/* Lines that are still to get the tag of the label's batch. */
	if (ctx->reply->label[0])
		used += ctx->reply->lines * BATCH_TAG;
	return room > used ? room - used : 0;
}

bool
room_is_left(const Ctx *ctx)
{
	return room_left(ctx) > 0;
}
