/* SPDX-License-Identifier: MIT */
#include "cmd/playback.h"

#include "act/query_history.h"
#include "act/replay.h"
#include "base/clock.h"
#include "proto/casemap.h"

#include <string.h>

bool
playback_is_target(const Ctx *ctx, const char *target)
{
	return ctx->records && ctx->records->history && casemap_equal(target, PLAYBACK_NAME);
}

static void
tell_playback(Ctx *ctx, const void *data)
{
	const HistoryAnswer *answer = data;

	if (answer->problem)
		reply_line(ctx->reply, "NOTICE %s :*** What was said could not be read: %s",
		    ctx->actor.user->nick, answer->problem);
	else
		replay_buffers(ctx->reply, answer->rows);
}

/* Seconds with a fraction; what is no number is no bound. */
static int64_t
moment(const char *text)
{
	double seconds = text ? g_ascii_strtod(text, NULL) : 0;

	return seconds > 0 && seconds < 1e11 ? (int64_t)(seconds * CLOCK_SECOND) : 0;
}

Outcome
playback_command(Ctx *ctx, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	unsigned n_words = g_strv_length(words);
	HistoryQuestion *question;

	/* ZNC has other commands, to clear buffers: there is nothing to clear here. */
	if (n_words < 2 || !casemap_equal(words[0], "PLAY"))
		return OUTCOME_DONE;
	question = history_question_new(HISTORY_ASK_SEARCH);
	if (strcmp(words[1], "*") == 0) {
		history_question_all(question, ctx);
	} else if (!history_question_place(question, ctx, words[1])) {
		history_question_free(question);
		return refuse(ctx, ERR_NOSUCHNICK, "*");
	} else if (question->query.place.channel) {
		history_question_add_channel(
		    question, question->query.place.channel, question->query.since);
	} else {
		question->search.owner = question->query.place.owner;
		question->search.peer = question->query.place.name;
	}
	question->search.after = moment(n_words > 2 ? words[2] : NULL);
	question->search.before = moment(n_words > 3 ? words[3] : NULL);
	question->search.limit = ctx->community->settings->history->request;
	return act_ask_history(ctx, question, tell_playback);
}
