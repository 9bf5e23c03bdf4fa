/* SPDX-License-Identifier: MIT */
#include "act/redact.h"

#include "act/query_history.h"
#include "act/query_records.h"
#include "base/clock.h"
#include "proto/caps.h"
#include "proto/casemap.h"
#include "proto/message.h"

#include <string.h>

/* One on its way: the message is looked for, then the store is told, then everybody. */
typedef struct Redaction {
	Host *host;
	Handle session;
	char *label;
	char *target; /* as it is printed */
	char *msgid;
	char *reason;  /* NULL: none */
	char *said_by; /* source of the message */
	const char *problem;
} Redaction;

static void
redaction_free(gpointer data)
{
	Redaction *redaction = data;

	if (!redaction)
		return;
	g_free(redaction->label);
	g_free(redaction->target);
	g_free(redaction->msgid);
	g_free(redaction->reason);
	g_free(redaction->said_by);
	g_free(redaction);
}

static Outcome
fail(Ctx *ctx, const char *code, const char *target, const char *msgid, const char *text)
{
	g_autofree char *context = g_strconcat(
	    message_middle(target), msgid ? " " : NULL, msgid ? message_middle(msgid) : NULL, NULL);

	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	reply_standard(ctx->reply, "FAIL", "REDACT", code, context, text);
	return OUTCOME_REFUSED;
}

/* Names come back, accounts do not. A guest has no name that lasts: what he said since he came,
 * under what he is called now. */
static bool
is_his_own(const Ctx *ctx, const HistoryRow *row)
{
	const User *user = ctx->actor.user;

	if (row->account)
		return user->login && user->login->id == row->owner;
	return !user->account && row->time >= user->connected_at - CLOCK_SECOND &&
	       strcmp(row->source, user->prefix) == 0;
}

/* Tells why not. */
static bool
may_redact(Ctx *ctx, const Redaction *redaction, const HistoryRow *row)
{
	const Channel *channel =
	    row->channel ? directory_find_channel(ctx->community->directory, row->channel) : NULL;
	int64_t window = ctx->community->settings->history->redact_window;
	g_autofree char *about = NULL;

	if (channel && actor_may(ctx, MAY_HOST_CHANNEL, channel))
		return true;
	if (!is_his_own(ctx, row)) {
		fail(ctx, "REDACT_FORBIDDEN", redaction->target, redaction->msgid,
		    "You are not authorised to delete this message");
		return false;
	}
	if (window == 0 || ctx->now - row->time <= window)
		return true;
	about = g_strdup_printf("%s %s %" G_GINT64_FORMAT, message_middle(redaction->target),
	    message_middle(redaction->msgid), window / CLOCK_SECOND);
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	reply_standard(ctx->reply, "FAIL", "REDACT", "REDACT_WINDOW_EXPIRED", about,
	    "You can no longer delete this message");
	return false;
}

static void
keep_trace(Ctx *ctx, const Redaction *redaction)
{
	g_autofree char *object = g_strdup_printf("%s %s", redaction->target, redaction->msgid);
	g_autofree char *said_by = g_strescape(redaction->said_by, NULL);
	g_autofree char *before = g_strdup_printf("\"said by %s\"", said_by);
	const StoreAudit audit = {
	    .time = ctx->now,
	    .who = (char *)ctx_setter(ctx),
	    .role = (char *)"user",
	    .method = (char *)"REDACT",
	    .object = object,
	    .outcome = (char *)"done",
	    .before = before,
	    .keep = ctx->community->settings->log->audit_entries,
	};

	records_add_audit(ctx->records, &audit, NULL, NULL);
}

/* It is out of the store: everybody is told. */
static void
announce_redaction(Ctx *ctx, const void *answer)
{
	const Redaction *redaction = *(Redaction *const *)answer;
	g_autofree char *about = NULL;
	Event event;

	if (redaction->problem) {
		fail(ctx, "NOT_STORED", redaction->target, redaction->msgid, redaction->problem);
		return;
	}
	event = ctx_event(ctx, EVENT_REDACTION);
	event.channel = directory_find_channel(ctx->community->directory, redaction->target);
	event.target = directory_find_user(ctx->community->directory, redaction->target);
	event.target_name = redaction->target;
	event.redacted = redaction->msgid;
	event.text = redaction->reason;
	announce(ctx, &event);
	/* His client is not told by the event. */
	if (!session_has(ctx->actor.session, CAP_MESSAGE_REDACTION)) {
		about = g_strdup_printf(
		    "%s %s", message_middle(redaction->target), message_middle(redaction->msgid));
		reply_standard(ctx->reply, "NOTE", "REDACT", "MESSAGE_DELETED", about,
		    "The message was deleted");
	}
	keep_trace(ctx, redaction);
}

static void
redacted(void *data, const StoreAnswer *answer)
{
	Redaction *redaction = data;

	redaction->problem = answer->done ? NULL : answer->text;
	redaction->host->resume(
	    redaction->host, redaction->session, redaction->label, announce_redaction, &redaction);
	redaction_free(redaction);
}

static void
message_found(Ctx *ctx, const void *data)
{
	const HistoryAnswer *answer = data;
	Redaction *redaction = answer->question->data, *going;
	const HistoryRow *row;

	if (answer->problem) {
		fail(ctx, "NOT_STORED", redaction->target, redaction->msgid, answer->problem);
		return;
	}
	if (answer->rows->len == 0 || !((const HistoryRow *)answer->rows->pdata[0])->verb) {
		fail(ctx, "UNKNOWN_MSGID", redaction->target, redaction->msgid,
		    "This message does not exist or is too old");
		return;
	}
	row = answer->rows->pdata[0];
	if (!may_redact(ctx, redaction, row))
		return;
	going = g_new0(Redaction, 1);
	*going = (Redaction){.host = ctx->host,
	    .session = ctx->actor.session->handle,
	    .label = g_strdup(ctx->reply->label),
	    .target = g_strdup(redaction->target),
	    .msgid = g_strdup(redaction->msgid),
	    .reason = g_strdup(redaction->reason),
	    .said_by = g_strdup(row->source)};
	ctx->reply->label[0] = '\0'; /* nothing to say under it yet */
	ctx->actor.session->pending = true;
	history_redact(ctx->records->history, &answer->question->query.place, redaction->msgid,
	    redacted, going);
}

Outcome
act_redact(Ctx *ctx, const char *target, const char *msgid, const char *reason)
{
	HistoryQuestion *question;
	Redaction *redaction;

	if (!ctx->records || !ctx->records->history)
		return fail(ctx, "UNKNOWN_MSGID", target, msgid, "No history is kept here");
	question = history_question_new(HISTORY_ASK_FIND);
	if (!history_question_place(question, ctx, target)) {
		history_question_free(question);
		return fail(
		    ctx, "INVALID_TARGET", target, NULL, "You cannot delete messages from there");
	}
	redaction = g_new0(Redaction, 1);
	redaction->target =
	    g_strdup(question->query.place.channel ? question->query.place.channel : target);
	redaction->msgid = g_strdup(msgid);
	if (reason && *reason)
		redaction->reason = cut_text(reason, ctx->community->settings->limits->kick);
	question->data = redaction;
	question->free_data = redaction_free;
	question->query.first.msgid = history_question_text(question, msgid);
	return act_ask_history(ctx, question, message_found);
}
