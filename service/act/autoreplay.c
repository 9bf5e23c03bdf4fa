/* SPDX-License-Identifier: MIT */
#include "act/autoreplay.h"

#include "act/device.h"
#include "act/query_history.h"
#include "act/replay.h"
#include "base/clock.h"
#include "domain/name_list.h"
#include "proto/caps.h"
#include "proto/casemap.h"
#include "proto/modes.h"

#include <string.h>

#define CAUGHT_UP_MAX 256u /* channels; what was missed of more is not told again */

/* Who is told what he did not ask for. */
typedef struct Autoreplay {
	Host *host;
	Handle session;
	int64_t caught_up; /* all that its device missed up to then; 0: of one channel */
} Autoreplay;

/* What came of it; valid during the call. */
typedef struct AutoreplayAnswer {
	const Autoreplay *autoreplay;
	const HistoryAnswer *answer;
} AutoreplayAnswer;

static bool
is_wanted(const Ctx *ctx)
{
	const Session *session = ctx->actor.session;
	const User *user = session->user;

	return ctx->records && ctx->records->history &&
	       !(session->caps & (CAP_CHATHISTORY | CAP_ZNC_PLAYBACK)) &&
	       !(user->modes & MODE_USER_BOT) &&
	       /* The first word of the setting is "on". */
	       (!user->login || user->login->settings[ACCOUNT_SETTING_AUTOREPLAY] == 0);
}

/* What a client of old takes for said to it, or answers, is not told: his own words to others, and
 * questions of programs (CTCP). */
static bool
is_told(const Session *session, const HistoryRow *row)
{
	const User *user = session->user;
	const Channel *channel;
	g_autofree char *nick = NULL;

	if (row->text && *row->text == '\001' && !g_str_has_prefix(row->text, "\001ACTION "))
		return false;
	if (row->channel) {
		/* He may have left meanwhile. */
		for (uint32_t i = 0; i < user->n_seats; i++) {
			channel = user->seats[i]->channel;
			if (casemap_equal(channel->name, row->channel))
				return true;
		}
		return false;
	}
	if (session->caps & (CAP_ECHO_MESSAGE | CAP_ZNC_SELF_MESSAGE | CAP_MESSAGE_TAGS))
		return true;
	nick = g_strndup(row->source, strcspn(row->source, "!"));
	return !casemap_equal(nick, user->nick);
}

static void
tell_missed(Ctx *ctx, const void *data)
{
	const Autoreplay *autoreplay = ((const AutoreplayAnswer *)data)->autoreplay;
	const HistoryAnswer *answer = ((const AutoreplayAnswer *)data)->answer;
	g_autoptr(GPtrArray) told = g_ptr_array_new();

	ctx->actor.session->replaying--;
	if (answer->problem) {
		reply_line(ctx->reply, "NOTICE %s :*** What you missed could not be read: %s",
		    ctx->actor.user->nick, answer->problem);
		return;
	}
	for (guint i = 0; i < answer->rows->len; i++)
		if (is_told(ctx->actor.session, answer->rows->pdata[i]))
			g_ptr_array_add(told, answer->rows->pdata[i]);
	replay_buffers(ctx->reply, told);
	if (autoreplay->caught_up)
		device_caught_up(ctx, ctx->actor.session, autoreplay->caught_up);
}

static void
answered(void *data, const HistoryAnswer *answer)
{
	Autoreplay *autoreplay = data;
	const AutoreplayAnswer both = {autoreplay, answer};

	autoreplay->host->tell(autoreplay->host, autoreplay->session, tell_missed, &both);
	g_free(autoreplay);
}

static void
ask(Ctx *ctx, HistoryQuestion *question, int64_t after, unsigned lines, int64_t caught_up)
{
	Autoreplay *autoreplay;

	question->query.first.time = after;
	question->query.limit = lines;
	/* The rest of the send queue is for what is said meanwhile. */
	question->query.bytes_max = ctx->community->settings->limits->sendq / 2;
	autoreplay = g_new(Autoreplay, 1);
	*autoreplay = (Autoreplay){ctx->host, ctx->actor.session->handle, caught_up};
	ctx->actor.session->replaying++;
	history_ask(ctx->records, question, answered, autoreplay);
}

/* Rows have whole milliseconds: this is before the first of those that may have been missed. */
static int64_t
before(int64_t seen_at)
{
	return seen_at - seen_at % CLOCK_MILLISECOND - 1;
}

/* True once for each channel: the session is to be shown what it missed of it. */
static bool
catch_up(Session *session, const Channel *channel)
{
	if (session->device_seen_at == 0 || name_list_count(session->caught_up) >= CAUGHT_UP_MAX)
		return false;
	if (!session->caught_up)
		session->caught_up = name_list_new();
	return name_list_add(session->caught_up, channel->name);
}

void
autoreplay_channel(Ctx *ctx, const Channel *channel)
{
	const SettingsHistory *settings = ctx->community->settings->history;
	Session *session = ctx->actor.session;
	const Member *seat = user_seat(session->user, channel);
	HistoryQuestion *question;
	bool missed;
	unsigned lines;

	/* Who may read from his JOIN on has nothing to be shown. */
	if (!seat || !is_wanted(ctx) || settings->visible == HISTORY_VISIBLE_SINCE_JOIN)
		return;
	missed = catch_up(session, channel);
	lines = (unsigned)(missed ? settings->autoreplay_missed : settings->autoreplay_join);
	if (lines == 0)
		return;
	question = history_question_new(HISTORY_ASK_MISSED);
	history_question_add_channel(
	    question, channel->name, history_seat_since(ctx->community, seat));
	ask(ctx, question, missed ? before(session->device_seen_at) : INT64_MIN, lines, 0);
}

void
autoreplay_all(Ctx *ctx)
{
	const SettingsHistory *settings = ctx->community->settings->history;
	Session *session = ctx->actor.session;
	const User *user = session->user;
	bool missed = session->device_seen_at != 0;
	unsigned lines =
	    (unsigned)(missed ? settings->autoreplay_missed : settings->autoreplay_join);
	HistoryQuestion *question;

	if (lines == 0 || !is_wanted(ctx) || (!missed && user->n_seats == 0)) {
		device_caught_up(ctx, session, ctx->now);
		return;
	}
	question = history_question_new(HISTORY_ASK_MISSED);
	history_question_all(question, ctx);
	/* To a device that was never here nobody wrote. */
	if (!missed)
		question->query.place.owner = NULL;
	for (uint32_t i = 0; missed && i < user->n_seats; i++)
		catch_up(session, user->seats[i]->channel);
	ask(ctx, question, missed ? before(session->device_seen_at) : INT64_MIN, lines, ctx->now);
}
