/* SPDX-License-Identifier: MIT */
#include "act/device.h"
#include "act/kept_whowas.h"
#include "act/presence.h"
#include "act/read_marker.h"
#include "act/verbs.h"
#include "base/close_reason.h"
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

/* The sessions that are not closing yet are told to; none watches anybody any more. */
static void
close_sessions(Ctx *ctx, User *user, uint32_t close, const char *reason)
{
	for (Session *session = user->sessions; session; session = session->next) {
		session_set_quit_reason(session, reason);
		out_close_session(ctx->out, session, close, reason);
		monitor_clear(ctx->community->monitor, session);
	}
}

void
act_remove_user(Ctx *ctx, User *user, uint32_t close, const char *reason)
{
	Community *community = ctx->community;
	Event event;

	close_sessions(ctx, user, close, reason);
	event = ctx_user_event(ctx, EVENT_QUIT, user);
	event.text = reason;
	announce(ctx, &event);
	kept_whowas_add(ctx, user, "quit");
	if (user->modes & MODE_USER_INVISIBLE)
		community->invisible--;
	if (user_is_operator(user))
		community->operators--;
	if (user->notices)
		g_ptr_array_remove_fast(community->notice_readers, user);
	leave_channels(ctx, user);
	act_forget_read_markers(ctx, user);
	if (ctx->actor.user == user) {
		ctx->actor.user = NULL;
		ctx->actor.name = community->server_name; /* the nick goes with him */
	}
	for (Session *session = user->sessions; session; session = session->next)
		device_left(ctx, session);
	while (user->sessions)
		session_leave_user(user->sessions);
	directory_remove_user(community->directory, user);
	act_tell_offline(ctx, user->nick);
	user_free(user);
}

static void
leave_user(Ctx *ctx, Session *session, const char *reason)
{
	User *user = session->user;
	Event event;

	device_left(ctx, session);
	session_leave_user(session);
	if (!user->sessions)
		user->detached_at = ctx->now;
	event = ctx_user_event(ctx, EVENT_DETACHED, user);
	event.text = reason;
	announce(ctx, &event);
	act_merge_away(ctx, user);
}

void
act_quit(Ctx *ctx, Session *session, const char *reason)
{
	User *user = session->user;

	session->stage = SESSION_CLOSING;
	monitor_clear(ctx->community->monitor, session);
	if (!user)
		forget_registration(ctx, session);
	else if (user_sessions(user) > 1 || presence_stays(ctx->community, user))
		leave_user(ctx, session, reason);
	else
		act_remove_user(ctx, user, CLOSE_QUIT, reason);
}
