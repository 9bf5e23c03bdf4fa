/* SPDX-License-Identifier: MIT */
#include "act/sight.h"

#include "act/show_members.h"
#include "proto/caps.h"
#include "proto/modes.h"

static void
tell(Ctx *ctx, Member *seat, EventKind kind, uint64_t ranks)
{
	Event event = ctx_user_event(ctx, kind, seat->user);

	event.channel = seat->channel;
	event.ranks = ranks;
	announce(ctx, &event);
}

#define HOSTS (MODE_CHANNEL_OWNER | MODE_CHANNEL_OP)

static void
tell_shown(Ctx *ctx, Member *seat, uint64_t but)
{
	Event event;

	tell(ctx, seat, EVENT_SHOWN, but);
	if (!seat->user->away)
		return;
	event = ctx_user_event(ctx, EVENT_SHOWN_AWAY, seat->user);
	event.channel = seat->channel;
	event.ranks = but;
	event.text = seat->user->away;
	announce(ctx, &event);
}

void
sight_reveal(Ctx *ctx, Member *seat)
{
	if (!seat->unseen)
		return;
	seat->unseen = false;
	tell_shown(ctx, seat, 0);
}

void
sight_reveal_actor(Ctx *ctx, const Channel *channel)
{
	Member *seat = ctx->actor.user ? user_seat(ctx->actor.user, channel) : NULL;

	if (seat)
		sight_reveal(ctx, seat);
}

void
sight_rank_rose(Ctx *ctx, Member *seat, bool was_concealed)
{
	/* Hosts saw him all the time. */
	if (was_concealed && !member_is_concealed(seat))
		tell_shown(ctx, seat, HOSTS);
}

void
sight_rank_fell(Ctx *ctx, Member *seat, bool was_concealed)
{
	if (!was_concealed && member_is_concealed(seat))
		tell(ctx, seat, EVENT_HIDDEN, 0);
}

/* One line about a member (JOIN, PART, AWAY) to one session, whoever else sees him. */
static void
tell_session(Ctx *ctx, Session *session, const Member *seat, EventKind kind, const char *text)
{
	Event event = ctx_user_event(ctx, kind, seat->user);

	if (!session_has(session, event_row(kind)->needs))
		return;
	event.channel = seat->channel;
	event.text = text;
	out_tell_session(ctx->out, ctx->community, &event, session, ctx->reply);
}

static void
tell_viewer(Ctx *ctx, const User *viewer, const Member *seat, bool shown)
{
	for (Session *session = viewer->sessions; session; session = session->next) {
		if (session->stage != SESSION_REGISTERED)
			continue;
		tell_session(ctx, session, seat, shown ? EVENT_JOIN : EVENT_PART, NULL);
		if (shown && seat->user->away)
			tell_session(ctx, session, seat, EVENT_AWAY, seat->user->away);
	}
}

/* Members in larger channels: who sees more is sent all, who sees less begins anew. */
static void
begin_anew(Ctx *ctx, Channel *channel, const Member *viewer, bool more, GPtrArray *sessions)
{
	for (Session *session = viewer->user->sessions; session; session = session->next) {
		if (session->stage != SESSION_REGISTERED)
			continue;
		if (!more) {
			tell_session(ctx, session, viewer, EVENT_PART, NULL);
			tell_session(ctx, session, viewer, EVENT_JOIN, NULL);
		}
		g_ptr_array_add(sessions, session);
	}
}

/* Whom only hosts see in an auditorium. */
static bool
is_audience(const Member *seat)
{
	return !seat->unseen && !member_has_voice(seat);
}

void
sight_viewer_changed(Ctx *ctx, Member *viewer, bool was_host)
{
	Channel *channel = viewer->channel;
	bool is_host = member_is_host(viewer);
	g_autoptr(GPtrArray) sessions = g_ptr_array_new();

	if (was_host == is_host || !channel_has(channel, MODE_CHANNEL_AUDITORIUM))
		return;
	if (channel->n_members > SIGHT_EACH) {
		begin_anew(ctx, channel, viewer, is_host, sessions);
		show_members_later(ctx, channel, sessions);
		return;
	}
	for (uint32_t i = 0; i < channel->n_members; i++) {
		const Member *seat = channel->members[i];

		if (seat != viewer && is_audience(seat))
			tell_viewer(ctx, viewer->user, seat, is_host);
	}
}

void
sight_auditorium_changed(Ctx *ctx, Channel *channel)
{
	bool opened = !channel_has(channel, MODE_CHANNEL_AUDITORIUM);
	g_autoptr(GPtrArray) sessions = g_ptr_array_new();

	for (uint32_t i = 0; i < channel->n_members; i++) {
		Member *seat = channel->members[i];

		if (channel->n_members > SIGHT_EACH) {
			if (!member_is_host(seat))
				begin_anew(ctx, channel, seat, opened, sessions);
		} else if (is_audience(seat) && opened) {
			tell_shown(ctx, seat, HOSTS);
		} else if (is_audience(seat)) {
			tell(ctx, seat, EVENT_HIDDEN, 0);
		}
	}
	if (sessions->len > 0)
		show_members_later(ctx, channel, sessions);
}

bool
sight_of_channel(const Ctx *ctx, const Channel *channel)
{
	return channel_is_visible(channel, ctx->actor.user) || actor_may(ctx, MAY_SEE_HIDDEN, NULL);
}
