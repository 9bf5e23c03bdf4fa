/* SPDX-License-Identifier: MIT */
/* history.*: what is kept of one channel, in pages whose cursor is the id of a message. */
#include "control/history_call.h"

#include "act/query_history.h"
#include "act/redact.h"
#include "proto/names.h"

Records *
history_of_call(ControlCall *call)
{
	Records *records = call->control->setup.records;
	const char *channel = call_string(call, "channel");

	if (channel && !name_is_channel_like(channel))
		call_refuse_parameter(
		    call, "channel", NULL, "Parameter 'channel' must be the name of a channel");
	else if (call->control->stopping)
		call_refuse(call, CONTROL_ERROR_INTERNAL, "the service is stopping");
	else if (!records || !records->history)
		call_refuse(call, CONTROL_ERROR_REFUSED, "No history is kept: [history] enabled");
	else
		return records;
	return NULL;
}

static json_t *
row_object(const HistoryRow *row)
{
	return json_pack("{s:o,s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "msgid",
	    json_text(row->msgid), "time", json_time(row->time), "kind", row->kind, "verb",
	    json_text(row->verb), "source", json_text(row->source), "account",
	    json_text(row->account), "target",
	    json_text(row->printed ? row->printed : row->channel), "whom", json_text(row->whom),
	    "text", json_text(row->text), "tags", json_text(row->tags), "edited",
	    row->edited_at ? json_time(row->edited_at) : json_null());
}

json_t *
history_row_list(const GPtrArray *rows, bool reverse)
{
	json_t *list = json_array();

	for (guint i = 0; i < rows->len; i++)
		json_array_append_new(
		    list, row_object(rows->pdata[reverse ? rows->len - 1 - i : i]));
	return list;
}

bool
history_is_answered(ControlCall *call, const HistoryAnswer *answer)
{
	if (answer->problem)
		call_refuse(call, CONTROL_ERROR_INTERNAL, "%s", answer->problem);
	else if (answer->unknown)
		call_refuse_parameter(call, "cursor", NULL,
		    "Parameter 'cursor' must be the next_cursor of an answer; its message is "
		    "gone");
	else
		return true;
	call_finish(call, NULL);
	return false;
}

void
history_tell_page(void *data, const HistoryAnswer *answer)
{
	ControlCall *call = data;
	const GPtrArray *rows = answer->rows;
	bool newest_first = answer->question->query.selector != HISTORY_AFTER;
	json_t *cursor = json_null();

	if (!history_is_answered(call, answer))
		return;
	/* Cut by number or by bytes: a page without rows is the last one. */
	if (rows->len > 0) {
		const HistoryRow *last = rows->pdata[newest_first ? 0 : rows->len - 1];

		cursor = json_text(last->msgid);
	}
	call_finish(call, json_pack("{s:o,s:o}", "list", history_row_list(rows, newest_first),
			      "next_cursor", cursor));
}

static json_t *
ask_page(ControlCall *call, HistorySelector first_page, HistorySelector further, bool events)
{
	Records *records = history_of_call(call);
	const char *cursor = call_string(call, "cursor");
	HistoryQuestion *question;

	if (!records)
		return NULL;
	question = history_question_new(HISTORY_ASK_ROWS);
	question->query.place.channel =
	    history_question_text(question, call_string(call, "channel"));
	question->query.selector = cursor ? further : first_page;
	/* Without a cursor AFTER begins at the first moment of all. */
	question->query.has_first = cursor || first_page == HISTORY_AFTER;
	question->query.first.msgid = history_question_text(question, cursor);
	question->query.limit = (unsigned)MIN(
	    call_integer(call, "limit", CONTROL_PAGE_DEFAULT), (int64_t)HISTORY_LIMIT_MAX);
	question->query.bytes_max = HISTORY_PAGE_BYTES;
	question->query.events = events;
	call_wait(call);
	history_ask(records, question, history_tell_page, call);
	return NULL;
}

json_t *
method_history_list(ControlCall *call)
{
	return ask_page(call, HISTORY_LATEST, HISTORY_BEFORE, false);
}

json_t *
method_history_export(ControlCall *call)
{
	return ask_page(call, HISTORY_AFTER, HISTORY_AFTER, true);
}

void
history_tell_matches(void *data, const HistoryAnswer *answer)
{
	ControlCall *call = data;

	if (history_is_answered(call, answer))
		call_finish(call, json_pack("{s:o}", "list", history_row_list(answer->rows, true)));
}

json_t *
method_history_search(ControlCall *call)
{
	Records *records = history_of_call(call);
	const char *text = call_string(call, "text"), *from = call_string(call, "from");
	HistoryQuestion *question;

	if (!records)
		return NULL;
	if (!text && !from)
		return call_refuse_parameter(
		    call, "text", NULL, "One of 'text' and 'from' must be given");
	question = history_question_new(HISTORY_ASK_SEARCH);
	history_question_add_channel(question, call_string(call, "channel"), INT64_MIN);
	question->search.text = history_question_text(question, text);
	question->search.from = history_question_text(question, from);
	question->search.limit = (unsigned)call_integer(call, "limit", CONTROL_PAGE_DEFAULT);
	question->query.bytes_max = HISTORY_PAGE_BYTES;
	call_wait(call);
	history_ask(records, question, history_tell_matches, call);
	return NULL;
}

static void
tell_deleted(void *data, const RedactAnswer *answer)
{
	ControlCall *call = data;
	const char *channel = call_string(call, "channel"), *msgid = call_string(call, "msgid");
	g_autofree char *object = g_strdup_printf("%s %s", channel, msgid);
	Ctx ctx;

	if (answer->problem || answer->unknown) {
		if (answer->problem)
			call_refuse(call, CONTROL_ERROR_INTERNAL, "%s", answer->problem);
		else
			call_not_found(call, object, "There is no such message in %s", channel);
		call_finish(call, NULL);
		return;
	}
	/* The text itself is not kept anywhere, in the audit neither. */
	call_note(call, object, json_pack("{s:o}", "said_by", json_text(answer->said_by)),
	    json_pack("{s:O?}", "reason", call_value(call, "reason")));
	call_ctx(call, &ctx);
	act_tell_redaction(&ctx, channel, msgid, call_string(call, "reason"));
	call_finish(call, json_true());
}

json_t *
method_history_delete(ControlCall *call)
{
	Records *records = history_of_call(call);
	g_autofree char *object = NULL;

	if (!records)
		return NULL;
	object = g_strdup_printf("%s %s", call_string(call, "channel"), call_string(call, "msgid"));
	call_note(call, object, NULL, NULL);
	call_wait(call);
	redact_message(
	    records, call_string(call, "channel"), call_string(call, "msgid"), tell_deleted, call);
	return NULL;
}
