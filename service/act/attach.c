/* SPDX-License-Identifier: MIT */
#include "act/attach.h"

#include "act/device.h"
#include "act/presence.h"
#include "act/sasl.h"
#include "act/verbs.h"
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
	return said->negotiating || sasl_is_open(session);
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
	refuse(ctx, ERR_NICKNAMEINUSE, said->nick);
	g_clear_pointer(&said->nick, g_free);
	return OUTCOME_REFUSED;
}
