/* SPDX-License-Identifier: MIT */
#include "act/join_locks.h"
#include "act/verbs.h"
#include "domain/channel_bans.h"
#include "proto/modes.h"

Outcome
act_knock(Ctx *ctx, Channel *channel, const char *text)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	User *user = ctx->actor.user;
	g_autofree char *reason = NULL;
	Event event;

	if (user_seat(user, channel))
		return refuse(ctx, ERR_KNOCKONCHAN, channel->name);
	if (!join_lock(channel, user, NULL))
		return refuse(ctx, ERR_CHANOPEN, channel->name);
	if (channel_has(channel, MODE_CHANNEL_NO_KNOCK))
		return refuse(ctx, ERR_CANNOTKNOCK, channel->name, "+K");
	if (channel_bans(channel, user))
		return refuse(ctx, ERR_CANNOTKNOCK, channel->name, "+b");
	if (user->knocked_at != 0 && ctx->monotonic < user->knocked_at + limits->knock_interval)
		return refuse(ctx, ERR_TOOMANYKNOCK, channel->name);
	user->knocked_at = ctx->monotonic;
	if (text && *text)
		reason = cut_text(text, limits->kick);
	event = ctx_event(ctx, EVENT_KNOCK);
	event.source = NULL;
	event.channel = channel;
	event.text = reason;
	announce(ctx, &event);
	reply(ctx, RPL_KNOCKDLVR, channel->name);
	return OUTCOME_DONE;
}
