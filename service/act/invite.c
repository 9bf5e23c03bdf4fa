/* SPDX-License-Identifier: MIT */
#include "act/screen.h"
#include "act/verbs.h"
#include "proto/modes.h"

#define INVITATIONS_MAX 50u /* of one user; the oldest falls out */

Outcome
act_invite(Ctx *ctx, User *guest, Channel *channel)
{
	const User *user = ctx->actor.user;
	bool is_host = actor_may(ctx, MAY_HOST_CHANNEL, channel);
	bool is_free = channel_has(channel, MODE_CHANNEL_FREE_INVITE);
	Event event;

	if (user && !user_seat(user, channel))
		return refuse(ctx, ERR_NOTONCHANNEL, channel->name);
	if (channel_has(channel, MODE_CHANNEL_INVITE_ONLY) && !is_free && !is_host)
		return refuse(ctx, ERR_CHANOPRIVSNEEDED, channel->name);
	if (user_seat(guest, channel))
		return refuse(ctx, ERR_USERONCHANNEL, guest->nick, channel->name);
	reply(ctx, RPL_INVITING, guest->nick, channel->name);
	if (guest->away)
		reply(ctx, RPL_AWAY, guest->nick, guest->away);
	if (screen_silences(ctx, guest, SILENCE_INVITES))
		return OUTCOME_DONE;
	/* What hosts have closed, hosts open; a member's word tells the guest, no more. */
	if (is_host || is_free)
		user_invite(guest, channel->handle, is_host ? INVITED_BY_HOST : INVITED_BY_MEMBER,
		    INVITATIONS_MAX);
	event = ctx_event(ctx, EVENT_INVITE);
	event.channel = channel;
	event.target = guest;
	announce(ctx, &event);
	return OUTCOME_DONE;
}
