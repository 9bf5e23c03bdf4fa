/* SPDX-License-Identifier: MIT */
#include "act/sight.h"
#include "act/verbs.h"
#include "proto/modes.h"

Outcome
act_kick(Ctx *ctx, Channel *channel, User *victim, const char *reason)
{
	const User *user = ctx->actor.user;
	Member *seat = user_seat(victim, channel);
	g_autofree char *text = NULL;
	Event event;

	if (user && !user_seat(user, channel))
		return refuse(ctx, ERR_NOTONCHANNEL, channel->name);
	if (!actor_may(ctx, MAY_HOST_CHANNEL, channel))
		return refuse(ctx, ERR_CHANOPRIVSNEEDED, channel->name);
	if (!seat)
		return refuse(ctx, ERR_USERNOTINCHANNEL, victim->nick, channel->name);
	if ((seat->ranks & MODE_CHANNEL_OWNER) && !actor_may(ctx, MAY_OWN_CHANNEL, channel))
		return refuse(ctx, ERR_UNIQOPRIVSNEEDED, channel->name);
	text = cut_text(reason && *reason ? reason
			: user            ? user->nick
					  : victim->nick,
	    ctx->community->settings->limits->kick);
	sight_reveal_actor(ctx, channel);
	sight_reveal(ctx, seat);
	event = ctx_event(ctx, EVENT_KICK);
	event.channel = channel;
	event.target = victim;
	event.text = text;
	announce(ctx, &event);
	member_free(seat);
	act_drop_if_empty(ctx, channel);
	return OUTCOME_DONE;
}
