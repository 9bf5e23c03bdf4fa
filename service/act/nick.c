/* SPDX-License-Identifier: MIT */
#include "act/attach.h"
#include "act/flood.h"
#include "act/kept_whowas.h"
#include "act/nick_guard.h"
#include "act/reserved.h"
#include "act/services.h"
#include "act/verbs.h"
#include "domain/channel_bans.h"
#include "proto/caps.h"
#include "proto/casemap.h"
#include "proto/message.h"
#include "proto/modes.h"
#include "proto/names.h"

#include <string.h>

/* A user has the nick and the session may join him: it is kept in mind, and reserved for nobody. */
static bool
share_nick(Ctx *ctx, Session *session, const char *nick)
{
	Directory *directory = ctx->community->directory;
	Registration *said = session->registration;
	const User *user = directory_find_user(directory, nick);

	if (!user || !attach_is_thinkable(ctx, user))
		return false;
	if (said->nick)
		directory_release_nick(directory, said->nick, session);
	g_free(said->nick);
	said->nick = g_strdup(nick);
	said->shares_nick = true;
	return true;
}

static Outcome
reserve_nick(Ctx *ctx, Session *session, const char *nick)
{
	Directory *directory = ctx->community->directory;
	Registration *said = session->registration;
	const char *reserved = reserved_nick(ctx, nick, true);
	const char *problem = NULL;

	if (said->nick && strcmp(said->nick, nick) == 0)
		return OUTCOME_DONE;
	if (share_nick(ctx, session, nick))
		return OUTCOME_DONE;
	if (reserved)
		return refuse(ctx, ERR_ERRONEUSNICKNAME, nick, reserved);
	if (!directory_nick_is_free(directory, nick, session))
		problem = NICK_IN_USE;
	else if (directory_nick_misleads(directory, nick, said->nick, NULL))
		problem = NICK_MISLEADS;
	if (problem) {
		g_free(said->refused_nick);
		said->refused_nick = g_strdup(nick);
		return refuse(ctx, ERR_NICKNAMEINUSE, nick, problem);
	}
	if (said->nick)
		directory_release_nick(directory, said->nick, session);
	if (!directory_reserve_nick(directory, nick, session))
		return refuse(ctx, ERR_NICKNAMEINUSE, nick, NICK_IN_USE);
	g_free(said->nick);
	said->nick = g_strdup(nick);
	said->shares_nick = false;
	return OUTCOME_DONE;
}

/* Who is banned could speak again under another name, and some channels want none: he keeps the one
 * he has. */
static const Channel *
channel_that_holds(const User *user, bool (*holds)(const Channel *channel, const User *user))
{
	for (uint32_t i = 0; i < user->n_seats; i++) {
		const Member *seat = user->seats[i];

		if (!member_has_voice(seat) && holds(seat->channel, user))
			return seat->channel;
	}
	return NULL;
}

static bool
bans_nick_changes(const Channel *channel, const User *user)
{
	return channel_bans_from(channel, user, EXTBAN_NICK);
}

static bool
wants_no_changes(const Channel *channel, const User *user)
{
	return channel_has(channel, MODE_CHANNEL_NO_NICK_CHANGE);
}

/* Tells why not. */
static bool
may_change_nick(Ctx *ctx, const User *user)
{
	const Channel *channel;

	if (ctx->actor.kind != ACTOR_USER)
		return true;
	channel = channel_that_holds(user, bans_nick_changes);
	if (channel) {
		refuse(ctx, ERR_UNAVAILRESOURCE, channel->name);
		return false;
	}
	channel = channel_that_holds(user, wants_no_changes);
	if (channel)
		refuse(ctx, ERR_NONICKCHANGE, channel->name);
	return !channel;
}

static Outcome
change_nick(Ctx *ctx, User *user, const char *nick)
{
	Community *community = ctx->community;
	User *bearer = directory_find_user(community->directory, nick);
	g_autofree char *source = NULL;
	g_autofree char *before = NULL;
	const char *reserved;
	Event event;

	if (strcmp(user->nick, nick) == 0)
		return OUTCOME_DONE;
	if (bearer && user == ctx->actor.user && attach_may_move(ctx, bearer)) {
		attach_move(ctx, bearer);
		return OUTCOME_DONE;
	}
	reserved = casemap_equal(user->nick, nick) ? NULL : reserved_nick(ctx, nick, false);
	if (reserved)
		return refuse(ctx, ERR_ERRONEUSNICKNAME, nick, reserved);
	if (!casemap_equal(user->nick, nick) &&
	    !directory_nick_is_free(community->directory, nick, NULL))
		return refuse(ctx, ERR_NICKNAMEINUSE, nick, NICK_IN_USE);
	if (directory_nick_misleads(community->directory, nick, user->nick, user->account))
		return refuse(ctx, ERR_NICKNAMEINUSE, nick, NICK_MISLEADS);
	if (ctx->actor.kind == ACTOR_USER && nick_guard_refuses(ctx, nick, user->login))
		return refuse(ctx, ERR_NICKNAMEINUSE, nick, NICK_GUARDED);
	if (!may_change_nick(ctx, user))
		return OUTCOME_REFUSED;
	source = g_strdup(user->prefix);
	before = g_strdup(user->nick);
	/* Who looks for the old name still finds its bearer when only the case is another. */
	if (!casemap_equal(user->nick, nick))
		kept_whowas_add(ctx, user, "nick-change");
	event = ctx_user_event(ctx, EVENT_NICK, user);
	directory_rename_user(community->directory, user, nick);
	event.source = source;
	event.text = user->nick;
	announce(ctx, &event);
	if (ctx->actor.user == user)
		ctx->actor.name = user->nick;
	for (uint32_t i = 0; i < user->n_seats; i++)
		flood_count(ctx, user->seats[i]->channel, FLOOD_NICKS);
	if (!casemap_equal(before, user->nick)) {
		act_tell_offline(ctx, before);
		act_tell_online(ctx, user);
	}
	nick_guard_check(ctx, user);
	return OUTCOME_DONE;
}

Outcome
act_nick(Ctx *ctx, User *user, const char *nick)
{
	if (!name_is_nick(nick, ctx->community->settings->limits->nick))
		return refuse(ctx, ERR_ERRONEUSNICKNAME, message_middle(nick), NICK_ERRONEOUS);
	if (service_find(nick))
		return refuse(ctx, ERR_ERRONEUSNICKNAME, nick, NICK_ERRONEOUS);
	return user ? change_nick(ctx, user, nick) : reserve_nick(ctx, ctx->actor.session, nick);
}

/* Bans go by real names too. Who does not know the capability is not answered (IRCv3 setname). */
static Outcome
refuse_real_name(Ctx *ctx, const Channel *channel)
{
	g_autofree char *text =
	    g_strdup_printf("You are banned from %s: nobody changes his name there", channel->name);

	if (ctx->actor.session && !session_has(ctx->actor.session, CAP_SETNAME))
		return OUTCOME_REFUSED;
	return ctx_fail(ctx, "SETNAME", "CANNOT_CHANGE_REALNAME", NULL, text);
}

Outcome
act_set_real_name(Ctx *ctx, User *user, const char *real_name)
{
	const Channel *channel =
	    ctx->actor.kind == ACTOR_USER ? channel_that_holds(user, bans_nick_changes) : NULL;
	g_autofree char *text = cut_text(real_name, ctx->community->settings->limits->real_name);
	bool same = strcmp(user->real_name, text) == 0;
	Event event;

	if (channel)
		return refuse_real_name(ctx, channel);
	user_set_real_name(user, text);
	event = ctx_user_event(ctx, EVENT_SETNAME, user);
	event.text = user->real_name;
	/* What changes nothing is confirmed all the same, to who asked. */
	if (!same)
		announce(ctx, &event);
	else if (ctx->reply && session_has(ctx->actor.session, CAP_SETNAME))
		out_tell_session(ctx->out, ctx->community, &event, ctx->actor.session, ctx->reply);
	return OUTCOME_DONE;
}
