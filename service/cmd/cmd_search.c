/* SPDX-License-Identifier: MIT */
/* SEARCH (soju.im/search). */
#include "act/query_history.h"
#include "act/replay.h"
#include "base/clock.h"
#include "cmd/handlers.h"
#include "cmd/search_request.h"
#include "proto/message.h"

static Outcome
fail(Ctx *ctx, const char *code, const char *context, const char *text)
{
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	reply_standard(ctx->reply, "FAIL", "SEARCH", code, context, text);
	return OUTCOME_REFUSED;
}

static void
tell_matches(Ctx *ctx, const void *data)
{
	const HistoryAnswer *answer = data;

	if (answer->problem) {
		fail(ctx, "INTERNAL_ERROR", NULL,
		    answer->too_long
			? "The search took too long: narrow it by in, from, after or before"
			: "The search could not be done");
		return;
	}
	reply_batch_begin(ctx->reply, "soju.im/search", NULL);
	replay_rows(ctx->reply, answer->rows);
	reply_batch_end(ctx->reply);
}

/* Where the asking user may look: one place, or all that he may read. */
static bool
choose_places(HistoryQuestion *question, const Ctx *ctx, const char *target)
{
	const HistoryPlace *place = &question->query.place;

	if (!*target) {
		history_question_all(question, ctx);
		return true;
	}
	if (!history_question_place(question, ctx, target))
		return false;
	if (place->channel)
		history_question_add_channel(question, place->channel, question->query.since);
	question->search.owner = place->owner;
	question->search.peer = place->name;
	return true;
}

Outcome
cmd_search(Ctx *ctx, const Message *message)
{
	const char *given = message->n_params > 0 ? message->params[0] : "";
	SearchRequest request;
	HistoryQuestion *question;
	const char *mistake;

	mistake = search_request_parse(given, ctx->community->settings->history->request, &request);
	if (mistake)
		return fail(ctx, "INVALID_PARAMS", mistake, "Invalid parameters");
	if (!ctx->records || !ctx->records->history)
		return fail(ctx, "INTERNAL_ERROR", NULL, "No history is kept here");
	question = history_question_new(HISTORY_ASK_SEARCH);
	if (!choose_places(question, ctx, request.place)) {
		history_question_free(question);
		return fail(ctx, "INVALID_PARAMS", "in", "You cannot search there");
	}
	if (*request.text)
		question->search.text = history_question_text(question, request.text);
	if (*request.from)
		question->search.from = history_question_text(question, request.from);
	question->search.after = request.after;
	question->search.before = request.before;
	question->search.limit = request.limit;
	return act_ask_history(ctx, question, tell_matches);
}
