/* SPDX-License-Identifier: MIT */
/* Redaction by the service itself: an administrator asks for it, without being in the channel. */
#include "act/query_history.h"
#include "act/redact.h"
#include "store/history_message.h"

/* One on its way: the message is looked for, then the store is told. */
typedef struct ServiceRedaction {
	Records *records;
	char *said_by; /* NULL: not found yet */
	RedactDone done;
	void *data;
} ServiceRedaction;

static void
finish(ServiceRedaction *redaction, const RedactAnswer *answer)
{
	redaction->done(redaction->data, answer);
	g_free(redaction->said_by);
	g_free(redaction);
}

static void
taken_out(void *data, const StoreAnswer *stored)
{
	ServiceRedaction *redaction = data;
	const RedactAnswer answer = {
	    .problem = stored->done ? NULL : stored->text,
	    .unknown = stored->done && stored->id == 0,
	    .said_by = stored->done && stored->id != 0 ? redaction->said_by : NULL,
	};

	finish(redaction, &answer);
}

static void
found(void *data, const HistoryAnswer *found)
{
	ServiceRedaction *redaction = data;
	const HistoryQuery *query = &found->question->query;
	RedactAnswer answer = {.problem = found->problem};
	const HistoryRow *row;

	row = !found->problem && found->rows->len > 0 ? found->rows->pdata[0] : NULL;
	/* What merely happened has no verb. */
	answer.unknown = !found->problem && (!row || !row->verb);
	if (!answer.problem && !answer.unknown && !redaction->records->history)
		answer.problem = "the service is stopping";
	if (answer.problem || answer.unknown) {
		finish(redaction, &answer);
		return;
	}
	redaction->said_by = g_strdup(row->source);
	history_redact(
	    redaction->records->history, &query->place, query->first.msgid, taken_out, redaction);
	history_submit(redaction->records->history);
}

void
redact_message(
    Records *records, const char *channel, const char *msgid, RedactDone done, void *data)
{
	HistoryQuestion *question = history_question_new(HISTORY_ASK_FIND);
	ServiceRedaction *redaction = g_new(ServiceRedaction, 1);

	*redaction = (ServiceRedaction){records, NULL, done, data};
	question->query.place.channel = history_question_text(question, channel);
	question->query.first.msgid = history_question_text(question, msgid);
	history_ask(records, question, found, redaction);
}

void
act_tell_redaction(Ctx *ctx, const char *channel, const char *msgid, const char *reason)
{
	Event event = ctx_event(ctx, EVENT_REDACTION);

	event.channel = directory_find_channel(ctx->community->directory, channel);
	if (!event.channel)
		return;
	event.target_name = event.channel->name;
	event.redacted = msgid;
	event.text = reason;
	announce(ctx, &event);
}
