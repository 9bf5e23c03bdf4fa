/* SPDX-License-Identifier: MIT */
#include "act/channel_access.h"
#include "act/flood.h"
#include "act/held_channels.h"
#include "act/join_locks.h"
#include "act/reserved.h"
#include "act/verbs.h"
#include "domain/former_names.h"
#include "proto/caps.h"
#include "proto/message.h"
#include "proto/modes.h"
#include "proto/names.h"

/* Where the channel sends those it does not let in; NULL: nowhere they may go. */
static Channel *
forward_of(Ctx *ctx, const Channel *channel, const JoinLock *lock)
{
	const User *user = ctx->actor.user;
	Channel *target = NULL;

	if (channel->forward && lock->forwards)
		target = directory_find_channel(ctx->community->directory, channel->forward);
	if (!target && channel->forward && lock->forwards)
		target = directory_channel(ctx->community->directory,
		    former_names_find(ctx->community->former_names, channel->forward, ctx->now));
	/* One step only: forwards could lead in a circle. */
	if (!target || target == channel ||
	    (!user_seat(user, target) && join_lock(target, user, NULL)))
		return NULL;
	return target;
}

/* The channel he gets into when he wants into this one: itself, or where it forwards him. */
static Channel *
let_in(Ctx *ctx, Channel *channel, const char *key)
{
	const JoinLock *lock = join_lock(channel, ctx->actor.user, key);
	Channel *target;

	/* Who is brought in is not asked whether he may. */
	if (!lock || ctx->actor.kind != ACTOR_USER)
		return channel;
	target = forward_of(ctx, channel, lock);
	if (target)
		reply(ctx, ERR_LINKCHANNEL, channel->name, target->name,
		    "Forwarding to another channel");
	else
		lock->tell(ctx, channel);
	return target;
}

/* The channel that had this name until recently; NULL: none. Clients that know of renames are told
 * where it is now, others are led there. Refused: he is not, having been told why. */
static Outcome
follow_rename(Ctx *ctx, const char *name, const char *key, Channel **ret_channel)
{
	const Session *session = ctx->actor.session;
	Channel *channel = directory_channel(ctx->community->directory,
	    former_names_find(ctx->community->former_names, name, ctx->now));
	g_autofree char *context = NULL;

	*ret_channel = channel;
	if (!channel)
		return OUTCOME_DONE;
	/* Whoever may not know of it is not told its new name. */
	if (channel_has(channel, MODE_CHANNEL_SECRET) && !user_seat(ctx->actor.user, channel) &&
	    join_lock(channel, ctx->actor.user, key))
		return refuse(ctx, ERR_UNAVAILRESOURCE, name);
	if (session && session_has(session, CAP_CHANNEL_RENAME)) {
		context = g_strdup_printf("%s %s", name, channel->name);
		return ctx_fail(
		    ctx, "JOIN", "CHANNEL_RENAMED", context, "The channel has been renamed");
	}
	reply(ctx, ERR_LINKCHANNEL, name, channel->name, "The channel has been renamed");
	return OUTCOME_DONE;
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

static void
take_seat(Ctx *ctx, Channel *channel, uint64_t ranks)
{
	User *user = ctx->actor.user;
	Member *seat = channel_add_member(channel, user, ctx->now);

	member_set_ranks(seat, ranks);
	held_channel_enter(ctx, channel, user);
	seat->unseen = channel_has(channel, MODE_CHANNEL_DELAYED_JOIN) && !member_has_voice(seat);
	user_forget_invitation(user, channel->handle);
	announce_join(ctx, channel, user);
	access_apply(ctx, channel, user);
	flood_count(ctx, channel, FLOOD_JOINS);
}

Outcome
act_join(Ctx *ctx, const char *channel_name, const char *key, Channel **ret_channel)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	User *user = ctx->actor.user;
	uint64_t ranks = 0;
	const char *reserved;
	Channel *channel;

	g_assert(user);
	if (ret_channel)
		*ret_channel = NULL;
	if (!name_is_channel(channel_name, limits->channel))
		return refuse(ctx, ERR_NOSUCHCHANNEL, message_middle(channel_name));
	channel = directory_find_channel(ctx->community->directory, channel_name);
	if (!channel && follow_rename(ctx, channel_name, key, &channel) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (channel && user_seat(user, channel))
		return OUTCOME_DONE;
	if (user->n_seats >= limits->user_channels)
		return refuse(ctx, ERR_TOOMANYCHANNELS, channel_name);
	if (channel && !(channel = let_in(ctx, channel, key)))
		return OUTCOME_REFUSED;
	reserved =
	    channel || ctx->actor.kind != ACTOR_USER ? NULL : reserved_channel(ctx, channel_name);
	if (reserved)
		return refuse(ctx, ERR_BADCHANNAME, channel_name, reserved);
	if (!channel)
		channel = act_make_channel(ctx, channel_name);
	/* A permanent channel of nobody is found empty as if it were new. */
	if (channel->n_members == 0 && !channel->registered)
		ranks = creator_rank(ctx->community->settings);
	if (user_seat(user, channel))
		return OUTCOME_DONE;
	take_seat(ctx, channel, ranks);
	if (ret_channel)
		*ret_channel = channel;
	return OUTCOME_DONE;
}
