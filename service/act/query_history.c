/* SPDX-License-Identifier: MIT */
#include "act/query_history.h"

#include "act/party.h"
#include "base/clock.h"
#include "proto/message.h"
#include "proto/names.h"
#include "store/history_message.h"

/* A question on its way: first it waits for what was said before it, then for the pool. */
typedef struct Asking {
	Job job; /* first */
	Records *records;
	HistoryQuestion *question;
	HistoryAnswer answer;
	GError *error;
	HistoryDone done;
	void *data;
} Asking;

/* One on whose answer a command waits. */
typedef struct AskingCommand {
	Host *host;
	Handle session;
	char *label;
	HostContinuation go_on;
} AskingCommand;

HistoryQuestion *
history_question_new(HistoryQuestionKind kind)
{
	HistoryQuestion *question = g_new0(HistoryQuestion, 1);

	question->kind = kind;
	question->texts = g_string_chunk_new(256);
	question->query.bytes_max = SIZE_MAX;
	question->query.since = INT64_MIN;
	return question;
}

void
history_question_free(HistoryQuestion *question)
{
	if (!question)
		return;
	if (question->free_data)
		question->free_data(question->data);
	g_clear_pointer(&question->channels, g_ptr_array_unref);
	g_clear_pointer(&question->since, g_array_unref);
	g_string_chunk_free(question->texts);
	g_free(question);
}

const char *
history_question_text(HistoryQuestion *question, const char *text)
{
	return text ? g_string_chunk_insert(question->texts, text) : NULL;
}

void
history_question_add_channel(HistoryQuestion *question, const char *name, int64_t since)
{
	if (!question->channels) {
		question->channels = g_ptr_array_new();
		question->since = g_array_new(FALSE, FALSE, sizeof since);
	}
	g_ptr_array_add(question->channels, (gpointer)history_question_text(question, name));
	g_array_append_val(question->since, since);
}

int64_t
history_seat_since(const Community *community, const Member *seat)
{
	/* What was said under the name before was said in another channel. */
	int64_t made_at = seat->channel->created_at;

	if (community->settings->history->visible == HISTORY_VISIBLE_SINCE_JOIN)
		return seat->joined_at;
	return made_at - made_at % CLOCK_MILLISECOND;
}

static bool
place_channel(HistoryQuestion *question, const Ctx *ctx, const char *name)
{
	const Channel *channel = directory_find_channel(ctx->community->directory, name);
	const Member *seat = channel ? user_seat(ctx->actor.user, channel) : NULL;

	if (!seat)
		return false;
	question->query.place.channel = history_question_text(question, channel->name);
	question->printed = question->query.place.channel;
	question->query.since = history_seat_since(ctx->community, seat);
	return true;
}

bool
history_question_place(HistoryQuestion *question, const Ctx *ctx, const char *target)
{
	HistoryPlace *place = &question->query.place;
	const Account *account;
	const User *other;
	g_autofree char *owner = NULL;
	g_autofree char *peer = NULL;

	if (name_is_channel_like(target))
		return place_channel(question, ctx, target);
	/* Nobody was ever called so. */
	if (!name_is_nick(target, MESSAGE_BODY_MAX))
		return false;
	other = directory_find_user(ctx->community->directory, target);
	owner = party_of_user(ctx->actor.user);
	/* Nobody is here by that name: whose account it is, or who was called so. */
	account = accounts_find_nick(ctx->community->accounts, target);
	if (other)
		peer = party_of_user(other);
	else if (account)
		peer = party_of_account(account);
	place->owner = history_question_text(question, owner);
	place->peer = history_question_text(question, peer);
	place->name = history_question_text(question, target);
	question->printed = place->name;
	return true;
}

void
history_question_all(HistoryQuestion *question, const Ctx *ctx)
{
	const User *user = ctx->actor.user;
	g_autofree char *owner = party_of_user(user);

	for (uint32_t i = 0; i < user->n_seats; i++)
		history_question_add_channel(question, user->seats[i]->channel->name,
		    history_seat_since(ctx->community, user->seats[i]));
	question->query.place.owner = history_question_text(question, owner);
	question->search.owner = question->query.place.owner;
}

static void
ask_rows(Asking *asking, History *history)
{
	const HistoryQuestion *question = asking->question;

	if (!history_read(history, &question->query, &asking->answer.rows, &asking->answer.unknown,
		&asking->error))
		g_assert(asking->error);
}

static const char *const *
channels_of(const HistoryQuestion *question)
{
	static const char *const none[] = {NULL};

	return question->channels ? (const char *const *)question->channels->pdata : none;
}

/* One for each channel; NULL: there is none. */
static const int64_t *
since_of(const HistoryQuestion *question)
{
	return question->since ? (const int64_t *)(const void *)question->since->data : NULL;
}

static void
ask_targets(Asking *asking, History *history)
{
	const HistoryQuery *query = &asking->question->query;

	asking->answer.targets = history_targets(history, channels_of(asking->question),
	    since_of(asking->question), query->place.owner, query->first.time, query->second.time,
	    query->limit, &asking->error);
}

static void
ask_find(Asking *asking, History *history)
{
	const HistoryQuery *query = &asking->question->query;
	HistoryRow *row = history_find(history, &query->place, query->first.msgid, &asking->error);

	asking->answer.rows = g_ptr_array_new_with_free_func(g_free);
	if (row && row->time >= query->since)
		g_ptr_array_add(asking->answer.rows, row);
	else
		g_free(row);
}

static void
ask_search(Asking *asking, History *history)
{
	HistorySearch search = asking->question->search;

	search.channels = channels_of(asking->question);
	search.since = since_of(asking->question);
	search.bytes_max = asking->question->query.bytes_max;
	search.deadline = g_get_monotonic_time() + HISTORY_SEARCH_TIME_MAX;
	asking->answer.rows = history_search(history, &search, &asking->error);
	asking->answer.too_long = g_error_matches(asking->error, STORE_ERROR, STORE_ERROR_TOO_LONG);
}

static void
ask_missed(Asking *asking, History *history)
{
	const HistoryQuestion *question = asking->question;
	const HistoryQuery *query = &question->query;
	const HistoryMissed missed = {
	    .channels = channels_of(question),
	    .since = since_of(question),
	    .owner = query->place.owner,
	    .after = query->first.time,
	    .last_id = query->last_id,
	    .limit = query->limit,
	    .bytes_max = query->bytes_max,
	};

	asking->answer.rows = history_missed(history, &missed, &asking->error);
}

static void
ask_versions(Asking *asking, History *history)
{
	const HistoryQuery *query = &asking->question->query;

	asking->answer.rows =
	    history_versions(history, &query->place, query->first.msgid, &asking->error);
	asking->answer.unknown = !asking->answer.rows && !asking->error;
}

static void
ask_rules(Asking *asking, History *history)
{
	asking->answer.rules =
	    history_rules(history, asking->question->query.place.channel, &asking->error);
}

static void
ask_owned(Asking *asking, History *history)
{
	const HistoryQuestion *question = asking->question;

	asking->answer.rows = history_read_owned(history, question->owner, question->after,
	    question->query.limit, question->query.bytes_max, &asking->error);
}

static void (*const asks[HISTORY_ASKS])(Asking *, History *) = {
    [HISTORY_ASK_ROWS] = ask_rows,
    [HISTORY_ASK_TARGETS] = ask_targets,
    [HISTORY_ASK_FIND] = ask_find,
    [HISTORY_ASK_SEARCH] = ask_search,
    [HISTORY_ASK_OWNED] = ask_owned,
    [HISTORY_ASK_MISSED] = ask_missed,
    [HISTORY_ASK_VERSIONS] = ask_versions,
    [HISTORY_ASK_RULES] = ask_rules,
};

/* Pool thread; the history outlives the pool. */
static void
run_asking(Job *job)
{
	Asking *asking = (Asking *)job;

	asks[asking->question->kind](asking, asking->records->history);
}

static void
answer_asking(Asking *asking)
{
	HistoryAnswer *answer = &asking->answer;

	if (!answer->problem && asking->error)
		answer->problem = asking->error->message;
	asking->records->asked--;
	asking->done(asking->data, answer);
	g_clear_pointer(&answer->rows, g_ptr_array_unref);
	g_clear_pointer(&answer->targets, g_ptr_array_unref);
	g_clear_pointer(&answer->rules, g_ptr_array_unref);
	g_clear_error(&asking->error);
	history_question_free(asking->question);
	g_free(asking);
}

static void
finish_asking(Job *job)
{
	Asking *asking = (Asking *)job;

	if (work_is_cancelled(job) && !asking->answer.problem)
		asking->answer.problem = "the service is stopping";
	answer_asking(asking);
}

/* A refusal is told later as well: who asks may be in the middle of a command. */
static void
start_asking(Asking *asking)
{
	/* What takes seconds does not hold up what takes moments. */
	WorkLane lane = asking->question->kind == HISTORY_ASK_SEARCH ? WORK_SEARCH : WORK_HISTORY;

	if (work_submit(asking->records->pool, lane, &asking->job, HISTORY_JOBS_MAX))
		return;
	asking->answer.problem = "too many questions wait for the history: try again";
	work_defer(asking->records->pool, &asking->job);
}

/* What was said before the question is on the disk, or will never be. */
static void
said_before(void *data, const StoreAnswer *answer)
{
	Asking *asking = data;

	/* Ids begin with 1: before the first row there is nothing. */
	if (asking->question->kind == HISTORY_ASK_MISSED)
		asking->question->query.last_id = answer->id > 0 ? answer->id : -1;
	if (!asking->records->history)
		asking->answer.problem = "the service is stopping";
	else if (asking->question->kind == HISTORY_ASK_MISSED && !answer->done)
		asking->answer.problem = answer->text;
	if (asking->answer.problem)
		answer_asking(asking);
	else
		start_asking(asking);
}

void
history_ask(Records *records, HistoryQuestion *question, HistoryDone done, void *data)
{
	Asking *asking = g_new0(Asking, 1);

	asking->job.run = run_asking;
	asking->job.done = finish_asking;
	asking->records = records;
	asking->question = question;
	asking->answer.question = question;
	asking->done = done;
	asking->data = data;
	records->asked++;
	if (question->channels)
		g_ptr_array_add(question->channels, NULL);
	if (history_is_settled(records->history) && question->kind != HISTORY_ASK_MISSED)
		start_asking(asking);
	else
		history_after(records->history, said_before, asking);
}

static void
command_answered(void *data, const HistoryAnswer *answer)
{
	AskingCommand *command = data;

	command->host->resume(
	    command->host, command->session, command->label, command->go_on, answer);
	g_free(command->label);
	g_free(command);
}

Outcome
act_ask_history(Ctx *ctx, HistoryQuestion *question, HostContinuation go_on)
{
	AskingCommand *command = g_new(AskingCommand, 1);

	/* The other half of the send queue is for what is said meanwhile. */
	question->query.bytes_max =
	    MIN(question->query.bytes_max, (size_t)ctx->community->settings->limits->sendq / 2);

	*command = (AskingCommand){ctx->host, ctx->actor.session->handle,
	    g_strdup(ctx->reply ? ctx->reply->label : ""), go_on};
	counter_add(&ctx->out->counters, COUNTER_JOBS, 1);
	ctx->actor.session->pending = true;
	history_ask(ctx->records, question, command_answered, command);
	return OUTCOME_PENDING;
}
