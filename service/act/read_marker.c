/* SPDX-License-Identifier: MIT */
#include "act/read_marker.h"

#include "act/party.h"
#include "act/records.h"
#include "base/clock.h"
#include "domain/accounts.h"
#include "domain/read_markers.h"

#define MARKER_TEXT_SIZE (CLOCK_TEXT_SIZE + 16)

/* "timestamp=…", or "*" for none. */
static void
write_time(int64_t time, char text[static MARKER_TEXT_SIZE])
{
	char moment[CLOCK_TEXT_SIZE];

	if (time < 0) {
		g_strlcpy(text, "*", 2);
		return;
	}
	clock_format(time, moment);
	g_snprintf(text, MARKER_TEXT_SIZE, "timestamp=%s", moment);
}

/* As a channel's members write it, or as it came. */
static const char *
name_of(const Ctx *ctx, const User *user, const char *target)
{
	const Channel *channel = directory_find_channel(ctx->community->directory, target);

	return channel && user_seat(user, channel) ? channel->name : target;
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
	char text[MARKER_TEXT_SIZE];

	write_time(act_read_marker(ctx, target), text);
	reply_line(ctx->reply, "MARKREAD %s %s", name_of(ctx, ctx->actor.user, target), text);
}

/* His sessions are told; `user` NULL: he is gone. False if it stood there or later already. */
static bool
move_marker(Ctx *ctx, User *user, const char *party, const char *target, int64_t time)
{
	char text[MARKER_TEXT_SIZE];
	Event event;

	if (!read_markers_set(ctx->community->read_markers, party, target, time))
		return false;
	if (!user)
		return true;
	write_time(time, text);
	event = ctx_event(ctx, EVENT_READ_MARKER);
	event_by_service(ctx, &event);
	event.target = user;
	event.target_name = name_of(ctx, user, target);
	event.text = text;
	announce(ctx, &event);
	return true;
}

/* Who moved it is answered by the event, if he understands it. */
static void
answer_asker(Ctx *ctx, bool told, const char *target)
{
	if (!told || !session_has(ctx->actor.session, event_row(EVENT_READ_MARKER)->needs))
		act_tell_read_marker(ctx, target);
}

/* One on its way to the disk. */
typedef struct Marking {
	Host *host;
	Handle session;
	Handle user;
	char *label;
	int64_t account;
	char *party;
	char *target;
	int64_t time;
	const char *problem; /* of the store; NULL: none */
	bool done;
} Marking;

static void
marking_free(Marking *marking)
{
	g_free(marking->label);
	g_free(marking->party);
	g_free(marking->target);
	g_free(marking);
}

/* Stored: with a Ctx of who asked, or of the service if he is gone. */
static bool
apply(Ctx *ctx, Marking *marking)
{
	User *user = directory_user(ctx->community->directory, marking->user);

	marking->done = true;
	/* An account that was erased meanwhile has read nothing. */
	return accounts_by_id(ctx->community->accounts, marking->account) &&
	       move_marker(ctx, user, marking->party, marking->target, marking->time);
}

static void
tell_actor(Ctx *ctx, const void *answer)
{
	Marking *marking = *(Marking *const *)answer;

	if (marking->problem) {
		ctx_fail(ctx, "MARKREAD", "INTERNAL_ERROR", marking->target,
		    "The read timestamp could not be set");
		return;
	}
	answer_asker(ctx, apply(ctx, marking), marking->target);
}

static void
tell_others(Ctx *ctx, const void *answer)
{
	apply(ctx, *(Marking *const *)answer);
}

static void
marker_stored(void *data, const StoreAnswer *answer)
{
	Marking *marking = data;
	Host *host = marking->host;

	marking->problem = answer->done ? NULL : answer->text;
	host->resume(host, marking->session, marking->label, tell_actor, &marking);
	if (answer->done && !marking->done)
		host->as_service(host, tell_others, &marking);
	marking_free(marking);
}

/* Nobody is told of what a restart would forget. */
static Outcome
store_marker(Ctx *ctx, const char *party, const char *target, int64_t time)
{
	Marking *marking = g_new(Marking, 1);

	*marking = (Marking){
	    .host = ctx->host,
	    .session = ctx->actor.session->handle,
	    .user = ctx->actor.user->handle,
	    .label = g_strdup(ctx->reply->label),
	    .account = ctx->actor.user->login->id,
	    .party = g_strdup(party),
	    .target = g_strdup(target),
	    .time = time,
	};
	ctx->actor.session->pending = true;
	history_put_marker(ctx->records->history, party, target, time, marker_stored, marking);
	return OUTCOME_PENDING;
}

Outcome
act_mark_read(Ctx *ctx, const char *target, int64_t time)
{
	User *user = ctx->actor.user;
	g_autofree char *party = party_of_user(user);

	/* Nobody has read what was not said yet. */
	time = MIN(time, ctx->now);
	if (read_markers_get(ctx->community->read_markers, party, target) >= time) {
		act_tell_read_marker(ctx, target);
		return OUTCOME_DONE;
	}
	if (user->login && ctx->records && ctx->records->history)
		return store_marker(ctx, party, target, time);
	answer_asker(ctx, move_marker(ctx, user, party, target, time), target);
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
