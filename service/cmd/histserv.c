/* SPDX-License-Identifier: MIT */
/* HistServ: the history for clients that do not speak CHATHISTORY, SEARCH or REDACT. What is shown
 * comes as the messages they were; who may read and delete what is decided in act. */
#include "act/query_history.h"
#include "act/redact.h"
#include "act/replay.h"
#include "base/clock.h"
#include "cmd/history_notices.h"
#include "cmd/service_command.h"
#include "proto/caps.h"
#include "settings/setting_words.h"

#include <string.h>

#define TIME_MAX 1000000u /* of any unit */
#define PLAY_LINES 50u    /* when no number is given */

#define HISTSERV(name, handler, least, most, right, syntax, help)                                  \
	static Outcome histserv_##handler(Ctx *ctx, const ServiceCall *call);
#include "cmd/histserv.def"
#undef HISTSERV

const ServiceCommand histserv_commands[] = {
#define HISTSERV(name, handler, least, most, right, syntax, help)                                  \
	{name, least, most, SERVICE_##right, syntax, help, histserv_##handler},
#include "cmd/histserv.def"
#undef HISTSERV
};
const unsigned histserv_n_commands = G_N_ELEMENTS(histserv_commands);

/* A question about the place; NULL after telling why there is none. */
static HistoryQuestion *
ask_about(Ctx *ctx, HistoryQuestionKind kind, const char *target)
{
	HistoryQuestion *question;

	if (!ctx->records || !ctx->records->history) {
		ctx_say(ctx, "No history is kept here");
		return NULL;
	}
	question = history_question_new(kind);
	if (history_question_place(question, ctx, target))
		return question;
	history_question_free(question);
	ctx_say(ctx, "You cannot read the history of %s", target);
	return NULL;
}

static void
tell_rows(Ctx *ctx, const void *data)
{
	const HistoryAnswer *answer = data;

	if (!answer->problem && answer->rows->len > 0 &&
	    session_has(ctx->actor.session, CAP_BATCH | CAP_SERVER_TIME)) {
		replay_buffers(ctx->reply, answer->rows);
		return;
	}
	if (answer->problem)
		ctx_say(ctx, "The history could not be read: %s", answer->problem);
	else if (answer->rows->len == 0)
		ctx_say(ctx, "Nothing was found");
	else
		history_notices(ctx, answer->question->printed, answer->rows);
}

/* "90m": microseconds; 0 if it is no such time. */
static int64_t
time_back(const char *text)
{
	guint64 number;
	char *end;

	number = g_ascii_strtoull(text, &end, 10);
	if (end == text || !g_ascii_isdigit(*text) || strlen(end) != 1 || number > TIME_MAX)
		return 0;
	for (const SettingUnit *unit = setting_time_units; unit->letter; unit++)
		if (g_ascii_tolower(*end) == unit->letter)
			return (int64_t)(number * unit->factor) * CLOCK_SECOND;
	return 0;
}

static Outcome
histserv_play(Ctx *ctx, const ServiceCall *call)
{
	unsigned most = ctx->community->settings->history->request;
	const char *word = call->n_words > 1 ? call->words[1] : NULL;
	int64_t back = word ? time_back(word) : 0;
	guint64 lines = back > 0 ? most : MIN(PLAY_LINES, most);
	HistoryQuestion *question;

	if (word && back == 0 && !g_ascii_string_to_unsigned(word, 10, 1, most, &lines, NULL)) {
		ctx_say(ctx,
		    "What is shown is a number of lines from 1 to %u, or a time: 90m, 2h, 1d",
		    most);
		return OUTCOME_REFUSED;
	}
	question = ask_about(ctx, HISTORY_ASK_ROWS, call->words[0]);
	if (!question)
		return OUTCOME_REFUSED;
	question->query.selector = HISTORY_LATEST;
	question->query.has_first = back > 0;
	question->query.first.time = ctx->now - back;
	question->query.limit = (unsigned)lines;
	return act_ask_history(ctx, question, tell_rows);
}

static Outcome
histserv_search(Ctx *ctx, const ServiceCall *call)
{
	HistoryQuestion *question = ask_about(ctx, HISTORY_ASK_SEARCH, call->words[0]);
	const HistoryPlace *place;

	if (!question)
		return OUTCOME_REFUSED;
	place = &question->query.place;
	if (place->channel)
		history_question_add_channel(question, place->channel, question->query.since);
	question->search.owner = place->owner;
	question->search.peer = place->name;
	question->search.text = history_question_text(question, call->words[1]);
	question->search.limit = ctx->community->settings->history->request;
	return act_ask_history(ctx, question, tell_rows);
}

static Outcome
histserv_delete(Ctx *ctx, const ServiceCall *call)
{
	return act_redact(ctx, call->words[0], call->words[1], service_word(call, 2));
}
