/* SPDX-License-Identifier: MIT */
/* history.*, what only an administrator may look at: private talks, all places at once, and texts
 * that were replaced. Every call of these is in the audit. */
#include "act/party.h"
#include "control/history_call.h"

/* True, or refused: nobody reads what others said in private unless the configuration says so. */
static bool
may_look(ControlCall *call)
{
	if (call->control->setup.community->settings->history->private_access)
		return true;
	call_refuse(call, CONTROL_ERROR_REFUSED,
	    "Private talks are not read here: [history] private_access");
	return false;
}

static const Account *
account_of_call(ControlCall *call)
{
	const char *name = call_string(call, "account");
	const Account *account = accounts_find(call->control->setup.community->accounts, name);

	if (!account)
		call_not_found(call, name, "Account not found");
	return account;
}

/* A question about the talks of the account; NULL after a refusal. */
static HistoryQuestion *
ask_about_account(ControlCall *call, HistoryQuestionKind kind)
{
	const char *with = call_string(call, "with");
	g_autofree char *object =
	    g_strjoin(" ", call_string(call, "account"), with ? with : NULL, NULL);
	const Account *account;
	g_autofree char *owner = NULL;
	HistoryQuestion *question;

	call_note(call, object, NULL, NULL);
	account = may_look(call) && history_of_call(call) ? account_of_call(call) : NULL;
	if (!account)
		return NULL;
	owner = party_of_account(account);
	question = history_question_new(kind);
	question->query.place.owner = history_question_text(question, owner);
	return question;
}

static void
tell_talks(void *data, const HistoryAnswer *answer)
{
	ControlCall *call = data;
	json_t *list;

	if (!history_is_answered(call, answer))
		return;
	list = json_array();
	for (guint i = answer->targets->len; i-- > 0;) {
		const HistoryTarget *target = answer->targets->pdata[i];

		json_array_append_new(list, json_pack("{s:o,s:o}", "with", json_text(target->name),
						"time", json_time(target->newest)));
	}
	call_finish(call, json_pack("{s:o}", "list", list));
}

json_t *
method_history_talks(ControlCall *call)
{
	HistoryQuestion *question = ask_about_account(call, HISTORY_ASK_TARGETS);

	if (!question)
		return NULL;
	question->query.first.time = INT64_MAX;
	question->query.second.time = INT64_MIN;
	question->query.limit = HISTORY_LIMIT_MAX;
	call_wait(call);
	history_ask(call->control->setup.records, question, tell_talks, call);
	return NULL;
}

json_t *
method_history_talk(ControlCall *call)
{
	HistoryQuestion *question = ask_about_account(call, HISTORY_ASK_ROWS);
	const char *with = call_string(call, "with"), *cursor = call_string(call, "cursor");
	const Account *other;
	g_autofree char *peer = NULL;

	if (!question)
		return NULL;
	other = accounts_find_nick(call->control->setup.community->accounts, with);
	peer = other ? party_of_account(other) : NULL;
	question->query.place.peer = history_question_text(question, peer);
	question->query.place.name = history_question_text(question, with);
	question->query.selector = cursor ? HISTORY_BEFORE : HISTORY_LATEST;
	question->query.has_first = cursor != NULL;
	question->query.first.msgid = history_question_text(question, cursor);
	question->query.limit = (unsigned)MIN(
	    call_integer(call, "limit", CONTROL_PAGE_DEFAULT), (int64_t)HISTORY_LIMIT_MAX);
	question->query.bytes_max = HISTORY_PAGE_BYTES;
	call_wait(call);
	history_ask(call->control->setup.records, question, history_tell_page, call);
	return NULL;
}

json_t *
method_history_find(ControlCall *call)
{
	const char *text = call_string(call, "text"), *from = call_string(call, "from");
	bool talks = json_is_true(call_value(call, "private"));
	g_autofree char *object = g_strdup_printf("%s%s%s%s", talks ? "private " : "",
	    text ? text : "", text && from ? " by " : "", from ? from : "");
	HistoryQuestion *question;

	call_note(call, object, NULL, NULL);
	if (!history_of_call(call) || (talks && !may_look(call)))
		return NULL;
	if (!text && !from)
		return call_refuse_parameter(
		    call, "text", NULL, "One of 'text' and 'from' must be given");
	question = history_question_new(HISTORY_ASK_SEARCH);
	question->search.everywhere = true;
	question->search.channels_only = !talks;
	question->search.text = history_question_text(question, text);
	question->search.from = history_question_text(question, from);
	question->search.limit = (unsigned)call_integer(call, "limit", CONTROL_PAGE_DEFAULT);
	question->query.bytes_max = HISTORY_PAGE_BYTES;
	call_wait(call);
	history_ask(call->control->setup.records, question, history_tell_matches, call);
	return NULL;
}

static void
tell_versions(void *data, const HistoryAnswer *answer)
{
	ControlCall *call = data;
	json_t *list;

	if (answer->unknown) {
		call_not_found(call, call_string(call, "msgid"), "There is no such message in %s",
		    call_string(call, "channel"));
		call_finish(call, NULL);
		return;
	}
	if (!history_is_answered(call, answer))
		return;
	list = json_array();
	/* The last of them is the text it has. */
	for (guint i = 0; i + 1 < answer->rows->len; i++) {
		const HistoryRow *row = answer->rows->pdata[i];

		json_array_append_new(
		    list, json_pack("{s:o,s:o}", "replaced", json_time(row->edited_at), "text",
			      json_text(row->text)));
	}
	call_finish(call, json_pack("{s:o}", "list", list));
}

json_t *
method_history_versions(ControlCall *call)
{
	const char *channel = call_string(call, "channel"), *msgid = call_string(call, "msgid");
	g_autofree char *object = g_strdup_printf("%s %s", channel, msgid);
	HistoryQuestion *question;

	call_note(call, object, NULL, NULL);
	if (!history_of_call(call))
		return NULL;
	question = history_question_new(HISTORY_ASK_VERSIONS);
	question->query.place.channel = history_question_text(question, channel);
	question->query.first.msgid = history_question_text(question, msgid);
	call_wait(call);
	history_ask(call->control->setup.records, question, tell_versions, call);
	return NULL;
}
