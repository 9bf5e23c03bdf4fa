/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"

static void
leave(Ctx *ctx, Member *seat, const char *reason)
{
	Channel *channel = seat->channel;
	Event event = ctx_event(ctx, EVENT_PART);

	event.channel = channel;
	event.text = reason;
	announce(ctx, &event);
	member_free(seat);
	act_drop_if_empty(ctx, channel);
}

Outcome
act_part(Ctx *ctx, Channel *channel, const char *reason)
{
	Member *seat = user_seat(ctx->actor.user, channel);
	g_autofree char *text = NULL;

	if (!seat)
		return refuse(ctx, ERR_NOTONCHANNEL, channel->name);
	if (reason && *reason)
		text = cut_text(reason, ctx->community->settings->limits->kick);
	leave(ctx, seat, text);
	return OUTCOME_DONE;
}

void
act_part_all(Ctx *ctx)
{
	User *user = ctx->actor.user;

	while (user->n_seats > 0)
		leave(ctx, user->seats[0], NULL);
}
