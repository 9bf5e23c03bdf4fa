/* SPDX-License-Identifier: MIT */
#include "cmd/held_reply.h"

#include "act/records.h"
#include "cmd/held_lines.h"
#include "out/held_back.h"
#include "proto/caps.h"

typedef struct HeldReply {
	Host *host;
	Handle session;
	const char *verb;
	const char *problem; /* while it is given back */
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
	if (held->problem && held->acknowledges)
		ctx->voice =
		    NULL; /* it is the message that is not stored, not what a service did */
	if (held->problem)
		ctx_fail(ctx, held->verb, "NOT_STORED", NULL, held->problem);
}

static void
stored(void *data, const char *problem)
{
	HeldReply *held = data;

	held->problem = problem;
	held->host->resume(held->host, held->session, held->label, give_back, &held);
	held_lines_clear(&held->lines);
	g_free(held->label);
	g_free(held);
}

static void
nobody_waits(void *data, const char *problem)
{
}

Outcome
held_reply_end(Ctx *ctx, Outcome outcome, const char *verb)
{
	HeldReply *held;

	if (!ctx->records)
		return outcome;
	if (outcome == OUTCOME_PENDING || outcome == OUTCOME_CLOSE ||
	    !records_has_writes(ctx->records)) {
		records_wait(ctx->records, nobody_waits, NULL);
		return outcome;
	}
	held = g_new0(HeldReply, 1);
	held->acknowledges = ctx->records->acknowledges;
	records_wait(ctx->records, stored, held);
	held->host = ctx->host;
	held->session = ctx->actor.session->handle;
	held->verb = verb;
	held->label = g_strdup(ctx->reply->label);
	held_lines_take(&held->lines, ctx->reply);
	ctx->actor.session->pending = true;
	held_back_begin(ctx->actor.session);
	return OUTCOME_PENDING;
}
