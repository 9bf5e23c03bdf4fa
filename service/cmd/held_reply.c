/* SPDX-License-Identifier: MIT */
#include "cmd/held_reply.h"

#include "act/records.h"
#include "cmd/held_lines.h"
#include "proto/caps.h"

typedef struct HeldReply {
	Host *host;
	Handle session;
	const char *verb;
	HostContinuation go_on;
	const char *problem; /* while it goes on */
	bool acknowledges;   /* the lines say that a message was stored */
	char *label;
	HeldLines lines;
} HeldReply;

void
held_reply_begin(Ctx *ctx)
{
	if (ctx->records)
		records_collect(ctx->records);
}

void
held_reply_acknowledge(Ctx *ctx)
{
	if (!ctx->records || !ctx->records->history || !ctx->reply ||
	    (!session_has(ctx->actor.session, CAP_ECHO_MESSAGE) && !ctx->reply->label[0]))
		return;
	records_acknowledge(ctx->records, ctx->actor.session);
	ctx->reply->held = true;
}

/* With a Ctx of the session, under the label of the command. */
static void
give_back(Ctx *ctx, const void *answer)
{
	HeldReply *held = *(HeldReply *const *)answer;

	/* An echo of what was not stored would be a false acknowledgement. */
	if (!held->problem || !held->acknowledges)
		held_lines_give_back(&held->lines, ctx->reply);
	if (held->problem)
		reply_standard(ctx->reply, "FAIL", held->verb, "NOT_STORED", NULL, held->problem);
}

static void
stored(void *data, const char *problem)
{
	HeldReply *held = data;

	held->problem = problem;
	held->host->resume(held->host, held->session, held->label, held->go_on, &held);
	held_lines_clear(&held->lines);
	g_free(held->label);
	g_free(held);
}

static void
nobody_waits(void *data, const char *problem)
{
}

/* The answer is on its way already, and nothing leaves before this. */
static void
let_go(Ctx *ctx, const void *answer)
{
	const HeldReply *held = *(HeldReply *const *)answer;

	outbox_hold(&ctx->out->outbox, ctx->actor.session->conn, false);
	if (held->problem)
		reply_standard(ctx->reply, "FAIL", held->verb, "NOT_STORED", NULL, held->problem);
}

static HeldReply *
hold(Ctx *ctx, const char *verb, HostContinuation go_on)
{
	HeldReply *held = g_new0(HeldReply, 1);

	held->host = ctx->host;
	held->session = ctx->actor.session->handle;
	held->verb = verb;
	held->label = g_strdup("");
	held->go_on = go_on;
	held->acknowledges = ctx->records->acknowledges;
	records_wait(ctx->records, stored, held);
	ctx->actor.session->pending = true;
	return held;
}

/* The lines are put aside: they may have to be forgotten. */
static void
hold_lines(Ctx *ctx, const char *verb)
{
	HeldReply *held = hold(ctx, verb, give_back);

	g_free(held->label);
	held->label = g_strdup(ctx->reply->label);
	held_lines_take(&held->lines, ctx->reply);
}

/* The lines stand in the queue, in their order with what others say meanwhile. */
static void
hold_session(Ctx *ctx, const char *verb)
{
	outbox_hold(&ctx->out->outbox, ctx->actor.session->conn, true);
	reply_end(ctx->reply);
	hold(ctx, verb, let_go);
}

Outcome
held_reply_end(Ctx *ctx, Outcome outcome, const char *verb)
{
	if (!ctx->records)
		return outcome;
	if (outcome == OUTCOME_PENDING || outcome == OUTCOME_CLOSE ||
	    !records_has_writes(ctx->records)) {
		records_wait(ctx->records, nobody_waits, NULL);
		return outcome;
	}
	if (ctx->records->keeps_order && !ctx->records->acknowledges)
		hold_session(ctx, verb);
	else
		hold_lines(ctx, verb);
	return OUTCOME_PENDING;
}
