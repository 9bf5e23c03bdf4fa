/* SPDX-License-Identifier: MIT */
#include "base/work.h"

#include <poll.h>
#include <pthread.h>

typedef struct Sum {
	Job job;
	unsigned value;
	unsigned answer;
	pthread_t ran_on;
	unsigned *total;
	unsigned *n_cancelled;
	atomic_bool began;
	pthread_mutex_t *gate; /* `run` waits for it; may be NULL */
} Sum;

static void
sum_run(Job *job)
{
	Sum *sum = (Sum *)job;

	atomic_store(&sum->began, true);
	if (sum->gate) {
		pthread_mutex_lock(sum->gate);
		pthread_mutex_unlock(sum->gate);
	}
	sum->answer = sum->value * 2;
	sum->ran_on = pthread_self();
}

static void
sum_done(Job *job)
{
	Sum *sum = (Sum *)job;

	if (work_is_cancelled(job))
		(*sum->n_cancelled)++;
	else
		*sum->total += sum->answer;
	g_free(sum);
}

/* Nothing here takes that long. */
static bool
is_too_late(gint64 since)
{
	return g_get_monotonic_time() > since + 30 * G_USEC_PER_SEC;
}

static void
wait_until_begun(Sum *sum)
{
	gint64 since = g_get_monotonic_time();

	while (!atomic_load(&sum->began)) {
		g_assert_false(is_too_late(since));
		g_thread_yield();
	}
}

static Sum *
sum_new(unsigned value, unsigned *total, unsigned *n_cancelled)
{
	Sum *sum = g_new0(Sum, 1);

	sum->job.run = sum_run;
	sum->job.done = sum_done;
	sum->value = value;
	sum->total = total;
	sum->n_cancelled = n_cancelled;
	return sum;
}

/* Finishes what is in the box; waits for at least one if told so. */
static unsigned
finish(Mailbox *answers, bool wait)
{
	struct pollfd ready = {mailbox_descriptor(answers), POLLIN, 0};
	unsigned count = 0;
	MailItem *next;

	if (wait)
		g_assert_cmpint(poll(&ready, 1, 10000), ==, 1);
	for (MailItem *item = mailbox_take(answers); item; item = next) {
		next = item->next;
		work_finish(item);
		count++;
	}
	return count;
}

static void
test_answers(void)
{
	g_autoptr(Mailbox) answers = mailbox_new();
	WorkPool *pool = work_pool_new(3, answers);
	unsigned total = 0, n_cancelled = 0, done = 0;

	for (unsigned i = 1; i <= 1000; i++)
		g_assert_true(
		    work_submit(pool, WORK_SECRETS, &sum_new(i, &total, &n_cancelled)->job, 1000));
	while (done < 1000)
		done += finish(answers, true);
	g_assert_cmpuint(total, ==, 1001000);
	g_assert_cmpuint(n_cancelled, ==, 0);
	work_pool_free(pool);
}

/* One job holds the only thread: the queue has a limit, a cancelled job is not run, and what did
 * not begin when the pool ends comes back cancelled. */
static void
test_limit_and_cancel(void)
{
	g_autoptr(Mailbox) answers = mailbox_new();
	WorkPool *pool = work_pool_new(1, answers);
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	unsigned total = 0, n_cancelled = 0, done = 0;
	Sum *holder = sum_new(1, &total, &n_cancelled);
	Sum *refused = sum_new(100, &total, &n_cancelled);
	Sum *cancelled = sum_new(1000, &total, &n_cancelled);

	holder->gate = &gate;
	pthread_mutex_lock(&gate);
	g_assert_true(work_submit(pool, WORK_SECRETS, &holder->job, 5));
	wait_until_begun(holder);
	g_assert_true(work_submit(pool, WORK_SECRETS, &cancelled->job, 5));
	work_cancel(&cancelled->job);
	g_assert_false(work_submit(pool, WORK_SECRETS, &refused->job, 1));
	g_assert_true(work_submit(pool, WORK_SECRETS, &sum_new(10, &total, &n_cancelled)->job, 2));
	pthread_mutex_unlock(&gate);
	done = finish(answers, true);
	work_pool_free(pool);
	done += finish(answers, false);
	g_assert_cmpuint(done, ==, 3);
	/* The third was run or came back cancelled, as the end of the pool caught it. */
	g_assert_true((n_cancelled == 1 && total == 22) || (n_cancelled == 2 && total == 2));
	g_assert_cmpuint(refused->answer, ==, 0);
	g_free(refused);
	pthread_mutex_destroy(&gate);
}

/* A lane that is full makes no other wait. */
static void
test_lanes(void)
{
	g_autoptr(Mailbox) answers = mailbox_new();
	WorkPool *pool = work_pool_new(1, answers);
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	unsigned total = 0, n_cancelled = 0, done = 0;

	pthread_mutex_lock(&gate);
	for (unsigned lane = 0; lane < WORK_LANES; lane++) {
		Sum *sum = sum_new(1, &total, &n_cancelled);

		if (lane != WORK_HISTORY)
			sum->gate = &gate;
		g_assert_true(work_submit(pool, (WorkLane)lane, &sum->job, 1));
		if (lane == WORK_HISTORY)
			done += finish(answers, true);
	}
	g_assert_cmpuint(done, ==, 1);
	pthread_mutex_unlock(&gate);
	while (done < WORK_LANES)
		done += finish(answers, true);
	g_assert_cmpuint(total, ==, 2 * WORK_LANES);
	work_pool_free(pool);
}

/* Waits as for a network, until it is told that nobody wants the answer. */
static void
wait_run(Job *job)
{
	gint64 since = g_get_monotonic_time();

	atomic_store(&((Sum *)job)->began, true);
	while (!work_is_cancelled(job)) {
		g_assert_false(is_too_late(since));
		g_usleep(1000);
	}
}

static void
test_give_up(void)
{
	g_autoptr(Mailbox) answers = mailbox_new();
	WorkPool *pool = work_pool_new(1, answers);
	unsigned total = 0, n_cancelled = 0;
	Sum *sum = sum_new(1, &total, &n_cancelled);

	sum->job.run = wait_run;
	g_assert_true(work_submit(pool, WORK_MAIL, &sum->job, 1));
	wait_until_begun(sum);
	work_pool_free(pool);
	g_assert_cmpuint(finish(answers, false), ==, 1);
	g_assert_cmpuint(n_cancelled, ==, 1);
}

/* What is deferred is done in another turn, not run. */
static void
test_defer(void)
{
	g_autoptr(Mailbox) answers = mailbox_new();
	WorkPool *pool = work_pool_new(1, answers);
	unsigned total = 0, n_cancelled = 0;
	Sum *sum = sum_new(1, &total, &n_cancelled);

	work_defer(pool, &sum->job);
	g_assert_false(atomic_load(&sum->began));
	g_assert_cmpuint(finish(answers, true), ==, 1);
	g_assert_cmpuint(total + n_cancelled, ==, 0);
	work_pool_free(pool);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/work-pool/answers", test_answers);
	g_test_add_func("/work-pool/limit-and-cancel", test_limit_and_cancel);
	g_test_add_func("/work-pool/lanes", test_lanes);
	g_test_add_func("/work-pool/give-up", test_give_up);
	g_test_add_func("/work-pool/defer", test_defer);
	return g_test_run();
}
