/* SPDX-License-Identifier: MIT */
/* CHATHISTORY (IRCv3 draft/chathistory). */
#include "act/replay.h"
#include "base/clock.h"
#include "cmd/handlers.h"
#include "cmd/history_request.h"
#include "proto/message.h"

#define COMMAND "CHATHISTORY"

/* What the answer has to say again. */
typedef struct Asked {
	char *subcommand;
	char *target;
} Asked;

static void
asked_free(gpointer data)
{
	Asked *asked = data;

	g_free(asked->subcommand);
	g_free(asked->target);
	g_free(asked);
}

/* "FAIL CHATHISTORY code subcommand [target] [argument] :text" */
static Outcome
fail_about(Ctx *ctx, const char *code, const char *subcommand, const char *target,
    const char *argument, const char *text)
{
	const char *words[] = {subcommand, target, argument};
	g_autoptr(GString) context = g_string_new(NULL);

	for (unsigned i = 0; i < G_N_ELEMENTS(words); i++)
		if (words[i])
			g_string_append_printf(
			    context, "%s%s", context->len > 0 ? " " : "", message_middle(words[i]));
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	reply_standard(ctx->reply, "FAIL", COMMAND, code, context->str, text);
	return OUTCOME_REFUSED;
}

static Outcome
fail(Ctx *ctx, const char *code, const char *subcommand, const char *target, const char *text)
{
	return fail_about(ctx, code, subcommand, target, NULL, text);
}

static void
tell_rows(Ctx *ctx, const void *data)
{
	const HistoryAnswer *answer = data;
	const Asked *asked = answer->question->data;

	if (answer->problem || answer->unknown)
		fail(ctx, "MESSAGE_ERROR", asked->subcommand, asked->target,
		    "Messages could not be retrieved");
	else
		replay_batch(ctx->reply, asked->target, answer->rows);
}

static void
tell_targets(Ctx *ctx, const void *data)
{
	const HistoryAnswer *answer = data;
	const Asked *asked = answer->question->data;

	if (answer->problem) {
		fail(ctx, "MESSAGE_ERROR", asked->subcommand, NULL,
		    "Targets could not be retrieved");
		return;
	}
	reply_batch_begin(ctx->reply, "draft/chathistory-targets", NULL);
	for (guint i = 0; i < answer->targets->len; i++) {
		const HistoryTarget *target = answer->targets->pdata[i];
		char time[CLOCK_TEXT_SIZE];

		clock_format(target->newest, time);
		reply_line(ctx->reply, COMMAND " TARGETS %s %s", target->name, time);
	}
	reply_batch_end(ctx->reply);
}

Outcome
cmd_chathistory(Ctx *ctx, const Message *message)
{
	HistoryQuestion *question;
	HistoryRequest request;
	HistoryProblem problem;
	Asked *asked;
	unsigned most = ctx->community->settings->history->request;

	if (!history_request_parse(message->params, message->n_params, most, &request, &problem))
		return fail_about(ctx, problem.code, request.subcommand, problem.target,
		    problem.argument, problem.text);
	if (!ctx->records || !ctx->records->history)
		return fail(ctx, "MESSAGE_ERROR", request.subcommand, request.target,
		    "No history is kept here");
	question = history_question_new(request.target ? HISTORY_ASK_ROWS : HISTORY_ASK_TARGETS);
	asked = g_new(Asked, 1);
	*asked = (Asked){g_strdup(request.subcommand), g_strdup(request.target)};
	question->data = asked;
	question->free_data = asked_free;
	question->query.selector = request.selector;
	question->query.has_first = request.has_first;
	question->query.first = request.first;
	question->query.second = request.second;
	question->query.first.msgid = history_question_text(question, request.first.msgid);
	question->query.second.msgid = history_question_text(question, request.second.msgid);
	question->query.limit = request.limit;
	question->query.events = replay_has_events(ctx->actor.session);
	if (!request.target) {
		history_question_all(question, ctx);
		return act_ask_history(ctx, question, tell_targets);
	}
	if (!history_question_place(question, ctx, request.target)) {
		history_question_free(question);
		return fail(ctx, "INVALID_TARGET", request.subcommand, request.target,
		    "Messages could not be retrieved");
	}
	g_free(asked->target);
	asked->target = g_strdup(question->printed);
	return act_ask_history(ctx, question, tell_rows);
}
