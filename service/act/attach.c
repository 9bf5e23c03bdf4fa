/* SPDX-License-Identifier: MIT */
#include "act/attach.h"

#include "act/device.h"
#include "act/nick_guard.h"
#include "act/presence.h"
#include "act/sasl.h"
#include "act/verbs.h"
#include "base/close_reason.h"
#include "proto/modes.h"

#define PLAIN_REASON "A client without TLS is here"

static bool
has_room(const Ctx *ctx, const User *user)
{
	return presence_may_be_shared(ctx->community, user->login) &&
	       user_sessions(user) < ctx->community->settings->accounts->clients;
}

bool
attach_is_thinkable(const Ctx *ctx, const User *user)
{
	const Session *session = ctx->actor.session;
	const Registration *said = session->registration;

	if (!user->login || !has_room(ctx, user))
		return false;
	if (said->account)
		return said->account == user->login->id;
	return said->negotiating || sasl_is_open(session) || admission_logs_in(ctx);
}

/* Properties set before registration are the user's, as far as they fit. */
static void
take_properties(const Ctx *ctx, User *user, const PropertyList *list)
{
	unsigned most = ctx->community->settings->limits->properties;

	for (unsigned i = 0; i < property_list_length(list); i++) {
		const Property *property = property_list_at(list, i);

		property_list_set(&user->properties, property->key, property->value, most);
	}
}

/* Nothing of a channel for TLS alone may reach a client without it. */
static void
leave_secure_channels(const Ctx *ctx, User *user)
{
	Ctx other = *ctx;

	other.reply = NULL;
	other.sink = (RefusalSink){0};
	other.actor = (Actor){ACTOR_USER, user, NULL, user->nick};
	for (uint32_t i = user->n_seats; i-- > 0;)
		if (channel_has(user->seats[i]->channel, MODE_CHANNEL_TLS_ONLY))
			act_part(&other, user->seats[i]->channel, PLAIN_REASON);
}

static void
join_user(Ctx *ctx, Session *session, User *user)
{
	Event event;

	if (!session->peer.tls)
		leave_secure_channels(ctx, user);
	take_properties(ctx, user, session->registration->properties);
	ctx->community->registering--;
	session_set_user(session, user);
	device_came(ctx, session);
	user->detached_at = 0;
	user->spoke_at = ctx->monotonic;
	ctx->actor.user = user;
	ctx->actor.name = user->nick;
	outbox_limits(
	    &ctx->out->outbox, session->conn, (uint32_t)ctx->community->settings->limits->sendq);
	event = ctx_event(ctx, EVENT_ATTACHED);
	announce(ctx, &event);
	act_merge_away(ctx, user);
}

bool
attach_may_move(const Ctx *ctx, const User *bearer)
{
	const User *user = ctx->actor.user;

	return ctx->actor.session && user && bearer != user && user->login &&
	       bearer->login == user->login && user_sessions(user) == 1 && has_room(ctx, bearer);
}

/* To the asking session alone, as if its user did it. */
static void
tell_asker(Ctx *ctx, EventKind kind, Channel *channel, const char *text)
{
	Event event = ctx_event(ctx, kind);

	event.channel = channel;
	event.text = text;
	out_tell_session(ctx->out, ctx->community, &event, ctx->actor.session, ctx->reply);
}

void
attach_move(Ctx *ctx, User *bearer)
{
	Session *session = ctx->actor.session;
	User *before = ctx->actor.user;
	g_autofree char *reason = g_strdup_printf("Is %s now", bearer->nick);
	Event event;

	for (uint32_t i = 0; i < before->n_seats; i++)
		if (!user_seat(bearer, before->seats[i]->channel))
			tell_asker(ctx, EVENT_PART, before->seats[i]->channel, reason);
	tell_asker(ctx, EVENT_NICK, NULL, bearer->nick);
	session_leave_user(session);
	act_remove_user(ctx, before, CLOSE_QUIT, reason);
	if (!session->peer.tls)
		leave_secure_channels(ctx, bearer);
	session_set_user(session, bearer);
	device_came(ctx, session);
	bearer->detached_at = 0;
	bearer->spoke_at = ctx->monotonic;
	ctx->actor.user = bearer;
	ctx->actor.name = bearer->nick;
	event = ctx_event(ctx, EVENT_ATTACHED);
	announce(ctx, &event);
	act_merge_away(ctx, bearer);
}

Outcome
act_attach(Ctx *ctx, Session *session)
{
	Directory *directory = ctx->community->directory;
	Registration *said = session->registration;
	User *user = directory_find_user(directory, said->nick);

	if (user && user->login && user->login->id == said->account && has_room(ctx, user)) {
		join_user(ctx, session, user);
		return OUTCOME_DONE;
	}
	said->shares_nick = false;
	if (directory_reserve_nick(directory, said->nick, session))
		return OUTCOME_DONE;
	refuse(ctx, ERR_NICKNAMEINUSE, said->nick, NICK_IN_USE);
	g_clear_pointer(&said->nick, g_free);
	return OUTCOME_REFUSED;
}
