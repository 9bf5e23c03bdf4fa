/* SPDX-License-Identifier: MIT */
#include "act/sight.h"

#include "proto/modes.h"

static void
tell(Ctx *ctx, Member *seat, EventKind kind, uint64_t ranks)
{
	Event event = ctx_user_event(ctx, kind, seat->user);

	event.channel = seat->channel;
	event.ranks = ranks;
	announce(ctx, &event);
}

void
sight_reveal(Ctx *ctx, Member *seat)
{
	if (!seat->unseen)
		return;
	seat->unseen = false;
	tell(ctx, seat, EVENT_SHOWN, 0);
}

void
sight_reveal_actor(Ctx *ctx, const Channel *channel)
{
	Member *seat = ctx->actor.user ? user_seat(ctx->actor.user, channel) : NULL;

	if (seat)
		sight_reveal(ctx, seat);
}

void
sight_rank_rose(Ctx *ctx, Member *seat, bool was_concealed)
{
	/* Hosts saw him all the time. */
	if (was_concealed && !member_is_concealed(seat))
		tell(ctx, seat, EVENT_SHOWN, MODE_CHANNEL_OWNER | MODE_CHANNEL_OP);
}

void
sight_rank_fell(Ctx *ctx, Member *seat, bool was_concealed)
{
	if (!was_concealed && member_is_concealed(seat))
		tell(ctx, seat, EVENT_HIDDEN, 0);
}
