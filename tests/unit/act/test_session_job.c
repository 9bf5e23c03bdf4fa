/* SPDX-License-Identifier: MIT */
/* Jobs of sessions: what they cost an address, and what becomes of one whose asker is gone. */
#include "act/session_job.h"

#include "act/login_limit.h"
#include "act_fixture.h"

#include <pthread.h>

typedef struct Try {
	SessionJob job; /* first */
	bool right;
} Try;

typedef struct Desk {
	ActFixture fixture;
	pthread_mutex_t gate; /* locked: no job gets to its end */
	atomic_uint began;
	unsigned answered;
	unsigned freed;
} Desk;

static Desk desk;

static void
try_run(Job *job)
{
	atomic_fetch_add(&desk.began, 1);
	pthread_mutex_lock(&desk.gate);
	pthread_mutex_unlock(&desk.gate);
	((SessionJob *)job)->is_right = ((Try *)job)->right;
}

static void
answered(Ctx *ctx, SessionJob *job)
{
	desk.answered++;
}

static void
try_free(SessionJob *job)
{
	desk.freed++;
	g_free(job);
}

static Session *
connect_from(const char *address)
{
	Session *session = fixture_connect(&desk.fixture);

	g_free(session->peer.address);
	session->peer.address = g_strdup(address);
	return session;
}

static Outcome
start(Session *session, bool right)
{
	Try *try = g_new0(Try, 1);
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	try->job.job.run = try_run;
	try->job.then = answered;
	try->job.free = try_free;
	try->job.is_try = true;
	try->right = right;
	fixture_begin(&desk.fixture, session, &ctx, &reply);
	outcome = session_job_start(&ctx, &try->job, WORK_SECRETS, 1000);
	fixture_end(&desk.fixture, &ctx);
	return outcome;
}

/* As the gate does it when a connection is gone. */
static void
leave(Session *session)
{
	g_assert_nonnull(session->job);
	work_cancel(session->job);
	session->stage = SESSION_CLOSING;
}

static void
finish(unsigned jobs)
{
	int64_t until = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	while (desk.freed < jobs) {
		g_assert_cmpint(g_get_monotonic_time(), <, until);
		fixture_finish_answers(&desk.fixture);
	}
}

static bool
may_try(Session *session)
{
	bool may;
	Reply reply;
	Ctx ctx;

	fixture_begin(&desk.fixture, session, &ctx, &reply);
	may = login_may_try(&ctx);
	fixture_end(&desk.fixture, &ctx);
	return may;
}

static void
set_up(void)
{
	desk = (Desk){0};
	pthread_mutex_init(&desk.gate, NULL);
	fixture_init(&desk.fixture);
	fixture_add_pool(&desk.fixture);
	pthread_mutex_lock(&desk.gate);
}

static void
tear_down(void)
{
	fixture_clear(&desk.fixture);
	pthread_mutex_destroy(&desk.gate);
}

/* One address does not take all the places; of IPv6 it is a /64. */
static void
test_share(void)
{
	set_up();
	for (unsigned i = 0; i < SESSION_JOBS_PER_ADDRESS; i++) {
		g_autofree char *address = g_strdup_printf("2001:db8:0:1::%x", i + 1);

		g_assert_cmpint(start(connect_from(address), true), ==, OUTCOME_PENDING);
	}
	g_assert_cmpint(start(connect_from("2001:db8:0:1:ffff::"), true), ==, OUTCOME_REFUSED);
	g_assert_cmpuint(desk.freed, ==, 1);
	g_assert_cmpint(start(connect_from("2001:db8:0:2::1"), true), ==, OUTCOME_PENDING);
	pthread_mutex_unlock(&desk.gate);
	finish(SESSION_JOBS_PER_ADDRESS + 2);
	g_assert_cmpuint(desk.answered, ==, SESSION_JOBS_PER_ADDRESS + 1);
	g_assert_cmpint(start(connect_from("2001:db8:0:1::1"), true), ==, OUTCOME_PENDING);
	tear_down();
}

/* Who does not wait for the answer had his try all the same, unless it was right; what had not
 * begun does not begin. */
static void
test_gone(void)
{
	Session *first, *second, *other;

	set_up();
	desk.fixture.settings->accounts->login_failures = 2;
	first = connect_from("192.0.2.7");
	second = connect_from("192.0.2.7");
	other = connect_from("192.0.2.8");
	start(first, false);
	while (atomic_load(&desk.began) == 0)
		g_thread_yield();
	start(second, false);
	leave(first);
	leave(second);
	pthread_mutex_unlock(&desk.gate);
	finish(2);
	g_assert_cmpuint(atomic_load(&desk.began), ==, 1);
	g_assert_cmpuint(desk.answered, ==, 0);
	g_assert_null(first->job);
	g_assert_false(may_try(first));
	g_assert_true(may_try(other));
	/* The only ones that are right, and one that is waited for, cost nothing. */
	desk.fixture.settings->accounts->login_failures = 1;
	pthread_mutex_lock(&desk.gate);
	start(other, true);
	while (atomic_load(&desk.began) == 1)
		g_thread_yield();
	leave(other);
	pthread_mutex_unlock(&desk.gate);
	finish(3);
	other->stage = SESSION_REGISTERING;
	g_assert_true(may_try(other));
	start(other, false);
	finish(4);
	g_assert_cmpuint(desk.answered, ==, 1);
	g_assert_true(may_try(other));
	tear_down();
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/session_job/share", test_share);
	g_test_add_func("/session_job/gone", test_gone);
	return g_test_run();
}
