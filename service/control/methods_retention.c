/* SPDX-License-Identifier: MIT */
/* history.…_retention: how much is kept of single channels. */
#include "act/retention.h"
#include "base/clock.h"
#include "control/history_call.h"

#define UNSET (-1)

static json_t *
number_or_null(int64_t number)
{
	return number == UNSET ? json_null() : json_integer(number);
}

static int64_t
seconds(int64_t age)
{
	return age == UNSET ? UNSET : age / CLOCK_SECOND;
}

static json_t *
rule_object(const HistoryRule *rule)
{
	return json_pack("{s:o,s:o,s:o}", "channel", json_text(rule->channel), "messages",
	    number_or_null(rule->messages), "age", number_or_null(seconds(rule->age)));
}

static void
tell_rules(void *data, const HistoryAnswer *answer)
{
	ControlCall *call = data;
	json_t *list;

	if (!history_is_answered(call, answer))
		return;
	list = json_array();
	for (guint i = 0; i < answer->rules->len; i++)
		json_array_append_new(list, rule_object(answer->rules->pdata[i]));
	call_finish(call, json_pack("{s:o}", "list", list));
}

static json_t *
ask_rules(ControlCall *call, HistoryDone done)
{
	Records *records = history_of_call(call);
	HistoryQuestion *question;

	if (!records)
		return NULL;
	question = history_question_new(HISTORY_ASK_RULES);
	question->query.place.channel =
	    history_question_text(question, call_string(call, "channel"));
	call_wait(call);
	history_ask(records, question, done, call);
	return NULL;
}

json_t *
method_history_list_retention(ControlCall *call)
{
	return ask_rules(call, tell_rules);
}

/* The rule asked for; one that says nothing if there is none. */
static HistoryRule
rule_of(const ControlCall *call, const HistoryAnswer *answer)
{
	if (answer->rules->len > 0)
		return *(const HistoryRule *)answer->rules->pdata[0];
	return (HistoryRule){(char *)call_string(call, "channel"), UNSET, UNSET};
}

static void
tell_rule(void *data, const HistoryAnswer *answer)
{
	ControlCall *call = data;
	const SettingsHistory *settings = call->control->setup.community->settings->history;
	HistoryRule rule;
	json_t *object;

	if (!history_is_answered(call, answer))
		return;
	rule = rule_of(call, answer);
	object = rule_object(&rule);
	json_object_set_new(object, "messages_in_force",
	    json_integer(rule.messages == UNSET ? settings->channel_messages : rule.messages));
	json_object_set_new(object, "age_in_force",
	    json_integer(seconds(rule.age == UNSET ? settings->age : rule.age)));
	call_finish(call, object);
}

json_t *
method_history_get_retention(ControlCall *call)
{
	return ask_rules(call, tell_rule);
}

static void
rule_stored(void *data, const StoreAnswer *answer)
{
	ControlCall *call = data;

	if (!answer->done)
		call_refuse(call, CONTROL_ERROR_INTERNAL, "%s", answer->text);
	call_finish(call, answer->done ? json_true() : NULL);
}

/* What it was is for the audit; then it is written. */
static void
change_rule(ControlCall *call, const HistoryAnswer *answer, int64_t messages, int64_t age)
{
	const HistoryRule before = rule_of(call, answer);
	const HistoryRule after = {before.channel, messages, age};
	Records *records = call->control->setup.records;

	if (!records->history) {
		call_refuse(call, CONTROL_ERROR_INTERNAL, "the service is stopping");
		call_finish(call, NULL);
		return;
	}
	call_note(call, before.channel, rule_object(&before), rule_object(&after));
	set_retention(records, call_string(call, "channel"), messages, age, rule_stored, call);
}

static void
set_rule(void *data, const HistoryAnswer *answer)
{
	ControlCall *call = data;
	int64_t age;

	if (!history_is_answered(call, answer))
		return;
	age = call_integer(call, "age", UNSET);
	change_rule(call, answer, call_integer(call, "messages", UNSET),
	    age == UNSET ? UNSET : age * CLOCK_SECOND);
}

json_t *
method_history_set_retention(ControlCall *call)
{
	call_note(call, call_string(call, "channel"), NULL, NULL);
	if (!call_value(call, "messages") && !call_value(call, "age"))
		return call_refuse_parameter(
		    call, "messages", NULL, "One of 'messages' and 'age' must be given");
	return ask_rules(call, set_rule);
}

static void
remove_rule(void *data, const HistoryAnswer *answer)
{
	ControlCall *call = data;

	if (!history_is_answered(call, answer))
		return;
	if (answer->rules->len > 0) {
		change_rule(call, answer, UNSET, UNSET);
		return;
	}
	call_not_found(call, call_string(call, "channel"), "%s has no rule of its own",
	    call_string(call, "channel"));
	call_finish(call, NULL);
}

json_t *
method_history_remove_retention(ControlCall *call)
{
	call_note(call, call_string(call, "channel"), NULL, NULL);
	return ask_rules(call, remove_rule);
}
