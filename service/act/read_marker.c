/* SPDX-License-Identifier: MIT */
#include "act/read_marker.h"

#include "act/party.h"
#include "act/records.h"
#include "base/clock.h"
#include "domain/read_markers.h"

/* "timestamp=…", or "*" for none. */
static void
write_time(int64_t time, char text[static CLOCK_TEXT_SIZE + 16])
{
	char moment[CLOCK_TEXT_SIZE];

	if (time < 0) {
		g_strlcpy(text, "*", 2);
		return;
	}
	clock_format(time, moment);
	g_snprintf(text, CLOCK_TEXT_SIZE + 16, "timestamp=%s", moment);
}

/* As a channel's members write it, or as it came. */
static const char *
name_of(const Ctx *ctx, const char *target)
{
	const Channel *channel = directory_find_channel(ctx->community->directory, target);

	return channel && user_seat(ctx->actor.user, channel) ? channel->name : target;
}

int64_t
act_read_marker(const Ctx *ctx, const char *target)
{
	g_autofree char *party = party_of_user(ctx->actor.user);

	return read_markers_get(ctx->community->read_markers, party, target);
}

void
act_tell_read_marker(Ctx *ctx, const char *target)
{
	char text[CLOCK_TEXT_SIZE + 16];

	write_time(act_read_marker(ctx, target), text);
	reply_line(ctx->reply, "MARKREAD %s %s", name_of(ctx, target), text);
}

Outcome
act_mark_read(Ctx *ctx, const char *target, int64_t time)
{
	User *user = ctx->actor.user;
	g_autofree char *party = party_of_user(user);
	char text[CLOCK_TEXT_SIZE + 16];
	Event event;

	/* Nobody has read what was not said yet. */
	time = MIN(time, ctx->now);
	if (!read_markers_set(ctx->community->read_markers, party, target, time)) {
		act_tell_read_marker(ctx, target);
		return OUTCOME_DONE;
	}
	if (user->account && ctx->records && ctx->records->history)
		history_put_marker(ctx->records->history, party, target, time, records_written,
		    records_writing(ctx->records));
	write_time(time, text);
	event = ctx_event(ctx, EVENT_READ_MARKER);
	event_by_service(ctx, &event);
	event.target = user;
	event.target_name = name_of(ctx, target);
	event.text = text;
	announce(ctx, &event);
	if (!session_has(ctx->actor.session, event_row(EVENT_READ_MARKER)->needs))
		act_tell_read_marker(ctx, target);
	return OUTCOME_DONE;
}

void
act_forget_read_markers(Ctx *ctx, const User *user)
{
	g_autofree char *party = NULL;

	if (user->account)
		return;
	party = party_of_user(user);
	read_markers_forget(ctx->community->read_markers, party);
}

static void
put_back(void *data, const char *party, const char *target, int64_t time)
{
	Community *community = data;

	read_markers_set(community->read_markers, party, target, time);
}

bool
act_load_read_markers(Community *community, History *history, GError **error)
{
	return history_read_markers(history, put_back, community, error);
}
