/* SPDX-License-Identifier: MIT */
#include "act/sight.h"
#include "act/verbs.h"
#include "proto/modes.h"

Outcome
act_topic(Ctx *ctx, Channel *channel, const char *text)
{
	g_autofree char *topic = cut_text(text, ctx->community->settings->limits->topic);
	const User *user = ctx->actor.user;
	Event event;

	if (user && !user_seat(user, channel))
		return refuse(ctx, ERR_NOTONCHANNEL, channel->name);
	if (channel_has(channel, MODE_CHANNEL_TOPIC_LOCKED) &&
	    !actor_may(ctx, MAY_HOST_CHANNEL, channel))
		return refuse(ctx, ERR_CHANOPRIVSNEEDED, channel->name);
	channel_set_topic(channel, topic, ctx_setter(ctx), ctx->now);
	sight_reveal_actor(ctx, channel);
	event = ctx_event(ctx, EVENT_TOPIC);
	event.channel = channel;
	event.text = topic;
	announce(ctx, &event);
	act_keep_channel(ctx, channel);
	return OUTCOME_DONE;
}
