/* SPDX-License-Identifier: MIT */
#include "recorder.h"

#include "act/mode_parse.h"
#include "act/party.h"
#include "domain/account.h"
#include "domain/channel.h"
#include "domain/user.h"
#include "proto/tags.h"
#include "store/history.h"

#include <string.h>

#define PRUNE_INTERVAL (60 * CLOCK_SECOND)

struct Recorder {
	RecorderSetup setup;
	Timer prune;
	bool pruning;
	bool failing; /* told once until it works again */
};

/* A row whose sender waits for it. */
typedef struct Recorded {
	Recorder *recorder;
	void *wait; /* of records_writing() */
} Recorded;

static void
note_answer(Recorder *recorder, const StoreAnswer *answer)
{
	const LogField fields[] = {{"problem", answer->text}, {NULL, NULL}};

	counter_add(recorder->setup.counters,
	    answer->done ? COUNTER_HISTORY_STORED : COUNTER_HISTORY_UNSTORED, 1);
	if (!answer->done && !recorder->failing)
		log_event(recorder->setup.log, LOG_LEVEL_ERROR, "store", "HISTORY_NOT_STORED",
		    fields, "What is said is delivered, but not stored: %s", answer->text);
	else if (answer->done && recorder->failing)
		log_event(recorder->setup.log, LOG_LEVEL_INFO, "store", "HISTORY_STORED", NULL,
		    "What is said is stored again");
	recorder->failing = !answer->done;
}

static void
row_written(void *data, const StoreAnswer *answer)
{
	note_answer(data, answer);
}

static void
awaited_row_written(void *data, const StoreAnswer *answer)
{
	Recorded *recorded = data;

	note_answer(recorded->recorder, answer);
	records_written(recorded->wait, answer);
	g_free(recorded);
}

/* What all rows say of an event. */
static HistoryRow
row_of(const Event *event)
{
	return (HistoryRow){
	    .time = event->time,
	    .marks = (event->is_by_bot ? HISTORY_MARK_BOT : 0) |
		     (event->is_by_operator ? HISTORY_MARK_OPERATOR : 0) |
		     (event->n_lines > 0 ? HISTORY_MARK_LINES : 0),
	    .channel = event->channel ? event->channel->name : NULL,
	    .msgid = event->msgid,
	    .kind = event_row(event->kind)->name,
	    .source = event->source,
	    .account = event->account,
	    .owner = event->owner,
	    .text = event->text,
	    .tags = event->client_tags,
	    .relayed_by = event->relayed_by,
	};
}

static void
add_row(Recorder *recorder, const Event *event, const HistoryRow *row)
{
	void *wait = records_acknowledging(recorder->setup.records, event->origin);
	Recorded *recorded;

	if (!wait) {
		history_add(recorder->setup.history, row, row_written, recorder);
		return;
	}
	recorded = g_new(Recorded, 1);
	*recorded = (Recorded){recorder, wait};
	history_add(recorder->setup.history, row, awaited_row_written, recorded);
}

/* Typing is over before anybody could read of it. */
static bool
is_passing(const Event *event)
{
	TagIterator iterator;
	Tag tag;

	if (event->kind != EVENT_TAG_MESSAGE)
		return false;
	tags_iterate(&iterator, event->client_tags, strlen(event->client_tags));
	while (tags_next(&iterator, &tag)) {
		static const char *const names[] = {"+typing", "+draft/typing"};
		bool passing = false;

		for (unsigned i = 0; i < G_N_ELEMENTS(names); i++)
			passing |= tag.key_length == strlen(names[i]) &&
				   memcmp(tag.key, names[i], tag.key_length) == 0;
		if (!passing)
			return false;
	}
	return true;
}

/* What is for some members only (STATUSMSG) would be shown to all: it is not kept. */
static void
record_speech(Recorder *recorder, const Event *event)
{
	HistoryRow row = row_of(event);
	g_autofree char *sender = NULL;
	g_autofree char *receiver = NULL;

	if (event->ranks != 0 || event->is_withheld || is_passing(event))
		return;
	row.said = event->kind == EVENT_MESSAGE ? HISTORY_SAID : HISTORY_HAPPENED;
	row.verb = event->verb;
	if (!event->channel) {
		if (!event->user || !event->target)
			return;
		sender = party_of_user(event->user);
		receiver = party_of_user(event->target);
		row.sender = sender;
		row.sender_name = event->user->nick;
		row.receiver = receiver;
		row.receiver_name = event->target->nick;
		row.printed = event->target_name;
	}
	add_row(recorder, event, &row);
}

/* Who is concealed from some members (+D, +x) comes and goes in no history either. */
static bool
is_concealed(const Event *event)
{
	const User *subject = event->target ? event->target : event->user;
	const Member *seat;

	if (!subject || event_row(event->kind)->audience != AUDIENCE_WITNESSES)
		return false;
	seat = user_seat(subject, event->channel);
	return seat && member_is_concealed(seat);
}

/* A key is for those who were there: who reads of it later is told that there was one. */
static char *
without_key(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	GString *shown = g_string_new(words[0]);
	ModeParser parser;
	ModeStep step;

	mode_parser_init(&parser, MODE_ON_CHANNEL, words[0] ? words[0] : "",
	    (const char *const *)words + (words[0] ? 1 : 0),
	    words[0] ? g_strv_length(words) - 1 : 0);
	while (mode_parser_next(&parser, &step))
		if (step.parameter)
			g_string_append_printf(shown, " %s",
			    step.index == MODE_CHANNEL_KEY_INDEX ? "*" : step.parameter);
	return g_string_free(shown, FALSE);
}

/* Whom it was done to, as the history has it; NULL: nobody's account. */
static char *
subjects_of(const Event *event)
{
	GString *ids;

	if (event->target && event->target->login)
		return g_strdup_printf("%" G_GINT64_FORMAT, event->target->login->id);
	if (event->n_subjects == 0)
		return NULL;
	ids = g_string_new(NULL);
	for (unsigned i = 0; i < event->n_subjects; i++)
		g_string_append_printf(
		    ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", event->subjects[i]);
	return g_string_free(ids, FALSE);
}

static void
record_in_channel(Recorder *recorder, const Event *event)
{
	HistoryRow row = row_of(event);
	g_autofree char *modes = NULL;
	g_autofree char *subjects = subjects_of(event);

	if (is_concealed(event))
		return;

	if (event->kind == EVENT_CHANNEL_MODE)
		row.text = modes = without_key(event->text);
	row.whom = event->target ? event->target->nick : NULL;
	row.subjects = subjects;
	row.real_name = event->kind == EVENT_JOIN && event->user ? event->user->real_name : NULL;
	history_add(recorder->setup.history, &row, row_written, recorder);
}

/* What is about a user is told in every channel he is in. */
static void
record_in_channels(Recorder *recorder, const Event *event)
{
	HistoryRow row = row_of(event);

	for (uint32_t i = 0; i < event->user->n_seats; i++) {
		if (member_is_concealed(event->user->seats[i]))
			continue;
		row.channel = event->user->seats[i]->channel->name;
		history_add(recorder->setup.history, &row, row_written, recorder);
	}
}

/* NULL: not kept. */
static void (*const recorders[EVENTS])(Recorder *, const Event *) = {
    [EVENT_MESSAGE] = record_speech,
    [EVENT_TAG_MESSAGE] = record_speech,
    [EVENT_JOIN] = record_in_channel,
    [EVENT_PART] = record_in_channel,
    [EVENT_KICK] = record_in_channel,
    [EVENT_TOPIC] = record_in_channel,
    [EVENT_CHANNEL_MODE] = record_in_channel,
    [EVENT_QUIT] = record_in_channels,
    [EVENT_NICK] = record_in_channels,
};

void
recorder_event(void *data, const Event *event)
{
	Recorder *recorder = data;

	if (recorders[event->kind])
		recorders[event->kind](recorder, event);
}

void
recorder_end_turn(Recorder *recorder)
{
	history_submit(recorder->setup.history);
}

static void prune_slice(Recorder *recorder);

static void
prune_due(Timer *timer, void *data)
{
	prune_slice(data);
}

static void
slice_done(void *data, const StoreAnswer *answer)
{
	Recorder *recorder = data;

	recorder->pruning = false;
	if (answer->done && answer->id != 0)
		prune_slice(recorder);
	else
		timers_set(recorder->setup.timers, &recorder->prune,
		    clock_monotonic(recorder->setup.clock) + PRUNE_INTERVAL, prune_due, recorder);
}

static void
prune_slice(Recorder *recorder)
{
	const SettingsHistory *settings = recorder->setup.community->settings->history;
	const HistoryRetention retention = {
	    .channel_messages = settings->channel_messages,
	    .direct_messages = settings->direct_messages,
	    .age = settings->age,
	    .total = settings->total_messages,
	};

	/* An answer that comes after the end of the service begins nothing new. */
	if (recorder->pruning || !recorder->setup.records->history)
		return;
	recorder->pruning = true;
	history_prune(recorder->setup.history, &retention, clock_wall(recorder->setup.clock),
	    slice_done, recorder);
}

Recorder *
recorder_new(const RecorderSetup *setup)
{
	Recorder *recorder = g_new0(Recorder, 1);

	recorder->setup = *setup;
	timers_set(setup->timers, &recorder->prune, clock_monotonic(setup->clock) + PRUNE_INTERVAL,
	    prune_due, recorder);
	return recorder;
}

void
recorder_free(Recorder *recorder)
{
	if (!recorder)
		return;
	timers_cancel(recorder->setup.timers, &recorder->prune);
	g_free(recorder);
}
