/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"
#include "proto/modes.h"

static void
forget_registration(Ctx *ctx, Session *session)
{
	Registration *said = session->registration;

	if (said && said->nick) {
		directory_release_nick(ctx->community->directory, said->nick, session);
		g_clear_pointer(&said->nick, g_free);
	}
}

static void
leave_channels(Ctx *ctx, User *user)
{
	while (user->n_seats > 0) {
		Member *seat = user->seats[user->n_seats - 1];
		Channel *channel = seat->channel;

		member_free(seat);
		act_drop_if_empty(ctx, channel);
	}
}

void
act_quit(Ctx *ctx, Session *session, const char *reason)
{
	Community *community = ctx->community;
	User *user = session->user;
	Event event;

	session->stage = SESSION_CLOSING;
	monitor_clear(community->monitor, session);
	if (!user) {
		forget_registration(ctx, session);
		return;
	}
	event = ctx_user_event(ctx, EVENT_QUIT, user);
	event.text = reason;
	announce(ctx, &event);
	whowas_add(community->whowas, user, "quit", ctx->now);
	if (user->modes & MODE_USER_INVISIBLE)
		community->invisible--;
	if (user_is_operator(user))
		community->operators--;
	leave_channels(ctx, user);
	if (ctx->actor.user == user)
		ctx->actor.user = NULL;
	session->user = NULL;
	directory_remove_user(community->directory, user);
	act_tell_offline(ctx, user->nick);
	user_free(user);
}
