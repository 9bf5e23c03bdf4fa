/* SPDX-License-Identifier: MIT */
#include "act/channel_verbs.h"
#include "act/kept_channels.h"
#include "act/verbs.h"
#include "proto/message.h"
#include "proto/names.h"

static Outcome
must_keep_channels(Ctx *ctx, const char *name)
{
	if (actor_may(ctx, MAY_KEEP_CHANNELS, NULL))
		return OUTCOME_DONE;
	return ctx_fail(ctx, "CHANNEL", "ACCESS_DENIED", name,
	    "This needs the privilege channels of an operator");
}

static void
remove_members(Ctx *ctx, Channel *channel, const char *reason)
{
	Ctx service = ctx_as_service(ctx);

	while (channel->n_members > 0)
		act_kick(&service, channel, channel->members[0]->user, reason);
}

Outcome
act_purge_channel(Ctx *ctx, const char *name, const char *reason)
{
	const char *why = reason && *reason ? reason : "This channel is closed";
	g_autofree char *text = cut_text(why, CHANNEL_SETTING_MAX);
	Channel *channel = directory_find_channel(ctx->community->directory, name);

	if (must_keep_channels(ctx, name) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!name_is_channel(name, ctx->community->settings->limits->channel))
		return refuse(ctx, ERR_NOSUCHCHANNEL, message_middle(name));
	if (!channel)
		channel = act_make_channel(ctx, name);
	/* It stays as the place where the reason is kept: registered, of nobody, with nothing. */
	channel_ownership_clear(&channel->ownership);
	channel_set_setting(channel, CHANNEL_SETTING_PURGED, text);
	if (channel->registered) {
		act_tell_registration(ctx, channel);
	} else {
		channel_set_registered(channel, ctx->actor.name, ctx->now);
		act_announce_registration(ctx, channel);
	}
	kept_channel_put_all(ctx, channel);
	remove_members(ctx, channel, text);
	return OUTCOME_DONE;
}

Outcome
act_allow_channel(Ctx *ctx, const char *name)
{
	Channel *channel = directory_find_channel(ctx->community->directory, name);

	if (must_keep_channels(ctx, name) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!channel || !*channel_setting(channel, CHANNEL_SETTING_PURGED))
		return ctx_fail(
		    ctx, "CHANNEL", "NOT_PURGED", name, "The channel is not closed by PURGE");
	act_end_registration(ctx, channel);
	return OUTCOME_DONE;
}
