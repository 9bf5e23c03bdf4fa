/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"
#include "proto/message.h"
#include "proto/modes.h"
#include "proto/names.h"

#include <string.h>

/* An invitation of his own opens every lock (RFC 2812 3.2.7); the exception list only +i. */
static bool
let_in(Ctx *ctx, const Channel *channel, const User *user, const char *key)
{
	if (user_is_invited(user, channel->name))
		return true;
	if (channel_bans(channel, user)) {
		refuse(ctx, ERR_BANNEDFROMCHAN, channel->name);
		return false;
	}
	if (channel_has(channel, MODE_CHANNEL_INVITE_ONLY) && !channel_welcomes(channel, user)) {
		refuse(ctx, ERR_INVITEONLYCHAN, channel->name);
		return false;
	}
	if (channel->key && (!key || strcmp(channel->key, key) != 0)) {
		refuse(ctx, ERR_BADCHANNELKEY, channel->name);
		return false;
	}
	if (channel->limit > 0 && channel->n_members >= channel->limit) {
		refuse(ctx, ERR_CHANNELISFULL, channel->name);
		return false;
	}
	return true;
}

static void
announce_join(Ctx *ctx, Channel *channel, User *user)
{
	Event join = ctx_event(ctx, EVENT_JOIN);

	join.channel = channel;
	announce(ctx, &join);
	if (user->away) {
		Event away = ctx_event(ctx, EVENT_AWAY);

		away.channel = channel;
		away.text = user->away;
		announce(ctx, &away);
	}
	act_tell_properties(ctx, user, channel);
}

static uint64_t
creator_rank(const Settings *settings)
{
	return settings_community(settings)->creator_rank == CREATOR_OWNER ? MODE_CHANNEL_OWNER
									   : MODE_CHANNEL_OP;
}

Outcome
act_join(Ctx *ctx, const char *channel_name, const char *key)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	User *user = ctx->actor.user;
	bool creates = false;
	Channel *channel;
	Member *seat;

	g_assert(user);
	if (!name_is_channel(channel_name, limits->channel))
		return refuse(ctx, ERR_NOSUCHCHANNEL, message_middle(channel_name));
	channel = directory_find_channel(ctx->community->directory, channel_name);
	if (channel && user_seat(user, channel))
		return OUTCOME_DONE;
	if (user->n_seats >= limits->user_channels)
		return refuse(ctx, ERR_TOOMANYCHANNELS, channel_name);
	if (channel && !let_in(ctx, channel, user, key))
		return OUTCOME_REFUSED;
	if (!channel) {
		channel = act_make_channel(ctx, channel_name);
		creates = true;
	}
	seat = channel_add_member(channel, user, ctx->now);
	if (creates)
		seat->ranks = creator_rank(ctx->community->settings);
	user_forget_invitation(user, channel->name);
	announce_join(ctx, channel, user);
	return OUTCOME_DONE;
}
