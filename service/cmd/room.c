/* SPDX-License-Identifier: MIT */
#include "cmd/room.h"

/* Of the send queue: what others say meanwhile needs room too. */
#define ROOM_NUMERATOR 3u
#define ROOM_DENOMINATOR 4u

bool
room_is_left(const Ctx *ctx)
{
	size_t sendq = ctx->community->settings->limits->sendq;
	size_t used = ctx->reply->flushed + ctx->reply->bytes.length;

	return used < sendq / ROOM_DENOMINATOR * ROOM_NUMERATOR;
}

bool
room_for_more(Ctx *ctx, const char *command)
{
	if (room_is_left(ctx))
		return true;
	refuse(ctx, ERR_TOOMANYMATCHES, command);
	return false;
}
