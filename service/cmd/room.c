/* SPDX-License-Identifier: MIT */
#include "cmd/room.h"

/* Of the send queue: what others say meanwhile needs room too. */
#define ROOM_NUMERATOR 3u
#define ROOM_DENOMINATOR 4u

bool
room_for_more(Ctx *ctx, const char *command)
{
	size_t sendq = ctx->community->settings->limits->sendq;
	size_t used = ctx->reply->flushed + ctx->reply->bytes.length;

	if (used < sendq / ROOM_DENOMINATOR * ROOM_NUMERATOR)
		return true;
	refuse(ctx, ERR_TOOMANYMATCHES, command);
	return false;
}
