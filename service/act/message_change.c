/* SPDX-License-Identifier: MIT */
#include "act/message_change.h"

#include "act/query_history.h"
#include "act/query_records.h"
#include "base/clock.h"
#include "proto/casemap.h"
#include "proto/message.h"

#include <string.h>

static void
change_free(gpointer data)
{
	MessageChange *change = data;

	if (!change)
		return;
	g_free(change->label);
	g_free(change->target);
	g_free(change->msgid);
	g_free(change->text);
	g_clear_pointer(&change->lines, g_array_unref);
	g_free(change->said_by);
	g_free(change->relayed_by);
	g_free(change->source);
	g_free(change->account);
	g_free(change->setter);
	g_free(change);
}

/* "target msgid [window]" */
static char *
about(const MessageChange *change, int64_t window)
{
	GString *text = g_string_new(NULL);

	g_string_append_printf(
	    text, "%s %s", message_middle(change->target), message_middle(change->msgid));
	if (window > 0)
		g_string_append_printf(text, " %" G_GINT64_FORMAT, window / CLOCK_SECOND);
	return g_string_free(text, FALSE);
}

char *
message_change_context(const MessageChange *change)
{
	return about(change, 0);
}

Outcome
message_change_fail(Ctx *ctx, const MessageChange *change, const char *code, const char *text)
{
	g_autofree char *context = about(change, 0);

	return ctx_fail(ctx, change->kind->verb, code, context, text);
}

/* Names come back, accounts do not. A guest has no name that lasts: what he said since he came,
 * under what he is called now. What was relayed belongs to who relayed it. */
static bool
is_his_own(const Ctx *ctx, const HistoryRow *row)
{
	const User *user = ctx->actor.user;

	if (row->account || row->owner != 0)
		return user->login && user->login->id == row->owner;
	if (user->account || row->time < user->connected_at - CLOCK_SECOND)
		return false;
	return row->relayed_by ? casemap_equal(row->relayed_by, user->nick)
			       : strcmp(row->source, user->prefix) == 0;
}

/* Tells why not. */
static bool
may_change(Ctx *ctx, const MessageChange *change, const HistoryRow *row)
{
	const MessageChangeKind *kind = change->kind;
	const Channel *channel =
	    row->channel ? directory_find_channel(ctx->community->directory, row->channel) : NULL;
	int64_t window = kind->window(ctx->community->settings->history);
	g_autofree char *context = NULL;

	if (kind->hosts_may && channel && actor_may(ctx, MAY_HOST_CHANNEL, channel))
		return true;
	if (!is_his_own(ctx, row)) {
		message_change_fail(ctx, change, kind->forbidden, kind->forbidden_text);
		return false;
	}
	if (window == 0 || ctx->now - row->time <= window)
		return true;
	context = about(change, window);
	ctx_fail(ctx, kind->verb, kind->expired, context, kind->expired_text);
	return false;
}

static void
keep_trace(Ctx *ctx, const MessageChange *change)
{
	g_autofree char *object = g_strdup_printf("%s %s", change->target, change->msgid);
	g_autofree char *said_by = g_strescape(change->said_by, NULL);
	g_autofree char *before = g_strdup_printf("\"said by %s\"", said_by);
	const StoreAudit audit = {
	    .time = change->when,
	    .who = change->setter,
	    .role = (char *)"user",
	    .method = (char *)change->kind->verb,
	    .object = object,
	    .outcome = (char *)"done",
	    .before = before,
	    .keep = ctx->community->settings->log->audit_entries,
	};

	records_add_audit(ctx->records, &audit, NULL, NULL);
}

/* With a Ctx of who did it, or of the service if he is gone. */
static void
announce_change(Ctx *ctx, MessageChange *change)
{
	const Directory *directory = ctx->community->directory;
	Event event = ctx_event(ctx, change->kind->event);

	event.source = change->source;
	event.account = change->account;
	event.verb = change->spoken;
	if (change->relayed_by) {
		event.relayed_by = change->relayed_by;
		event.is_by_bot = event.is_by_operator = false;
		event.operator_name = NULL;
	}
	event.channel = directory_find_channel(directory, change->target);
	event.target = directory_find_user(directory, change->target);
	event.target_name = change->target;
	event.redacted = change->msgid;
	event.text = change->text;
	if (change->lines) {
		event.lines = (const MultilineLine *)(const void *)change->lines->data;
		event.n_lines = change->lines->len;
	}
	event.ranks = change->ranks;
	event.is_withheld = change->is_withheld;
	announce(ctx, &event);
	change->announced = true;
	if (!change->is_withheld)
		keep_trace(ctx, change);
}

static Outcome
fail_unknown(Ctx *ctx, const MessageChange *change)
{
	return message_change_fail(
	    ctx, change, "UNKNOWN_MSGID", "This message does not exist or is too old");
}

/* It is on the disk: everybody is told. */
static void
tell_actor(Ctx *ctx, const void *answer)
{
	MessageChange *change = *(MessageChange *const *)answer;
	const MessageChangeKind *kind = change->kind;
	g_autofree char *context = NULL;

	if (change->problem) {
		message_change_fail(ctx, change, "NOT_STORED", change->problem);
		return;
	}
	if (change->is_gone) {
		fail_unknown(ctx, change);
		return;
	}
	announce_change(ctx, change);
	/* His client is not told by the event. */
	if (!session_has(ctx->actor.session, event_row(kind->event)->needs)) {
		context = about(change, 0);
		ctx_note(ctx, kind->verb, kind->done, context, kind->done_text);
	}
}

static void
tell_others(Ctx *ctx, const void *answer)
{
	announce_change(ctx, *(MessageChange *const *)answer);
}

static void
stored(void *data, const StoreAnswer *answer)
{
	MessageChange *change = data;
	Host *host = change->host;

	change->problem = answer->done ? NULL : answer->text;
	/* Somebody else took it back after it was found. */
	change->is_gone = answer->done && answer->id == 0;
	host->resume(host, change->session, change->label, tell_actor, &change);
	if (answer->done && !change->is_gone && !change->announced)
		host->as_service(host, tell_others, &change);
	change_free(change);
}

static void
note_actor(const Ctx *ctx, MessageChange *change, const HistoryRow *row)
{
	bool elsewhere = change->kind->is_in_its_name && row->relayed_by;

	change->host = ctx->host;
	change->said_by = g_strdup(row->source);
	change->records = ctx->records;
	change->session = ctx->actor.session->handle;
	change->label = g_strdup(ctx->reply->label);
	change->source = g_strdup(elsewhere ? row->source : ctx->actor.user->prefix);
	change->account = elsewhere ? NULL : g_strdup(ctx->actor.user->account);
	change->relayed_by = elsewhere ? g_strdup(ctx->actor.user->nick) : NULL;
	change->setter = g_strdup(ctx_setter(ctx));
	change->when = ctx->now;
	change->keep_version = ctx->community->settings->history->edit_versions;
}

static void
message_found(Ctx *ctx, const void *data)
{
	const HistoryAnswer *answer = data;
	MessageChange *change = answer->question->data;
	const MessageChangeKind *kind = change->kind;
	const HistoryRow *row;

	if (answer->problem) {
		message_change_fail(ctx, change, "NOT_STORED", answer->problem);
		return;
	}
	row = answer->rows->len > 0 ? answer->rows->pdata[0] : NULL;
	/* What merely happened has no verb. */
	if (!row || !row->verb) {
		fail_unknown(ctx, change);
		return;
	}
	if (!may_change(ctx, change, row) || (kind->check && !kind->check(ctx, change, row)))
		return;
	note_actor(ctx, change, row);
	if (change->is_withheld) {
		tell_actor(ctx, &change);
		return;
	}
	((HistoryQuestion *)answer->question)->data = NULL; /* it goes on */
	ctx->reply->label[0] = '\0';                        /* nothing to say under it yet */
	ctx->actor.session->pending = true;
	kind->store(change, ctx->records->history, &answer->question->query.place, stored, change);
}

/* With texts of its own. */
static GArray *
copy_lines(const MultilineLine *lines, unsigned n_lines)
{
	GArray *copy = g_array_new(FALSE, FALSE, sizeof(MultilineLine));

	g_array_set_clear_func(copy, multiline_line_clear);
	for (unsigned i = 0; i < n_lines; i++) {
		MultilineLine line = {g_strdup(lines[i].text), lines[i].concat};

		g_array_append_val(copy, line);
	}
	return copy;
}

static MessageChange *
change_new(const MessageChangeKind *kind, const ChangeRequest *request)
{
	MessageChange *change = g_new0(MessageChange, 1);

	change->kind = kind;
	change->target = g_strdup(request->target);
	change->msgid = g_strdup(request->msgid);
	change->text = g_strdup(request->text);
	if (request->n_lines > 0)
		change->lines = copy_lines(request->lines, request->n_lines);
	return change;
}

Outcome
act_change_message(Ctx *ctx, const MessageChangeKind *kind, const ChangeRequest *request)
{
	const char *target = request->target;
	MessageChange *change = change_new(kind, request);
	HistoryQuestion *question = history_question_new(HISTORY_ASK_FIND);
	Outcome outcome = OUTCOME_REFUSED;

	question->data = change;
	question->free_data = change_free;
	if (!ctx->records || !ctx->records->history)
		message_change_fail(ctx, change, "UNKNOWN_MSGID", "No history is kept here");
	else if (!history_question_place(question, ctx, target))
		ctx_fail(
		    ctx, kind->verb, "INVALID_TARGET", message_middle(target), kind->target_text);
	else
		outcome = OUTCOME_PENDING;
	if (outcome != OUTCOME_PENDING) {
		history_question_free(question);
		return outcome;
	}
	if (question->query.place.channel) {
		g_free(change->target);
		change->target = g_strdup(question->query.place.channel);
	}
	question->query.first.msgid = history_question_text(question, request->msgid);
	return act_ask_history(ctx, question, message_found);
}
