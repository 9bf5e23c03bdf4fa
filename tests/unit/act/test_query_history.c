/* SPDX-License-Identifier: MIT */
/* Questions to the history: a refusal comes back like an answer, after the command that asked. */
#include "act/query_history.h"

#include "act_fixture.h"

#include <pthread.h>

/* Holds the only thread of the pool until the gate is open; those behind it just wait. */
typedef struct Holder {
	Job job; /* first */
	pthread_mutex_t *gate;
	atomic_bool began;
} Holder;

static void
holder_run(Job *job)
{
	Holder *holder = (Holder *)job;

	atomic_store(&holder->began, true);
	pthread_mutex_lock(holder->gate);
	pthread_mutex_unlock(holder->gate);
}

static void
holder_done(Job *job)
{
	g_free(job);
}

static Holder *
hold(ActFixture *fixture, pthread_mutex_t *gate)
{
	Holder *holder = g_new0(Holder, 1);

	holder->job.run = holder_run;
	holder->job.done = holder_done;
	holder->gate = gate;
	g_assert_true(work_submit(fixture->host.pool, WORK_HISTORY, &holder->job, G_MAXUINT));
	return holder;
}

static unsigned answered;
static char *problem;

static void
take_answer(Ctx *ctx, const void *answer)
{
	answered++;
	problem = g_strdup(((const HistoryAnswer *)answer)->problem);
}

static Outcome
ask(ActFixture *fixture, Session *session)
{
	HistoryQuestion *question = history_question_new(HISTORY_ASK_ROWS);
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	question->query.place.channel = history_question_text(question, "#x");
	question->query.limit = 1;
	fixture_begin(fixture, session, &ctx, &reply);
	/* As the gate does it around every command. */
	records_collect(ctx.records);
	outcome = act_ask_history(&ctx, question, take_answer);
	g_assert_cmpuint(answered, ==, 0);
	g_assert_true(session->pending);
	records_wait(ctx.records, NULL, NULL);
	reply_abandon(&reply);
	return outcome;
}

static void
test_too_many(void)
{
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;
	ActFixture fixture;
	Session *session;
	Holder *first;

	fixture_init(&fixture);
	fixture_add_store(&fixture);
	fixture_add_pool(&fixture);
	path = g_build_filename(fixture.folder, "history.db", NULL);
	fixture.records.pool = fixture.host.pool;
	fixture.records.history = history_open(path, fixture.answers, &error);
	g_assert_no_error(error);
	session = fixture_user(&fixture, "anna");
	pthread_mutex_lock(&gate);
	first = hold(&fixture, &gate);
	while (!atomic_load(&first->began))
		g_thread_yield();
	for (unsigned i = 0; i < HISTORY_JOBS_MAX; i++)
		hold(&fixture, &gate);
	g_assert_cmpint(ask(&fixture, session), ==, OUTCOME_PENDING);
	fixture_settle(&fixture, session);
	g_assert_cmpuint(answered, ==, 1);
	g_assert_cmpstr(problem, ==, "too many questions wait for the history: try again");
	pthread_mutex_unlock(&gate);
	g_clear_pointer(&fixture.host.pool, work_pool_free);
	history_close(fixture.records.history);
	fixture.records.history = NULL;
	g_free(problem);
	fixture_clear(&fixture);
	pthread_mutex_destroy(&gate);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/query_history/too-many", test_too_many);
	return g_test_run();
}
