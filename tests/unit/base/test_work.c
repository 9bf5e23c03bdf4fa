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
		g_assert_true(work_submit(pool, &sum_new(i, &total, &n_cancelled)->job, 1000));
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
	g_assert_true(work_submit(pool, &holder->job, 5));
	while (!atomic_load(&holder->began))
		g_thread_yield();
	g_assert_true(work_submit(pool, &cancelled->job, 5));
	work_cancel(&cancelled->job);
	g_assert_false(work_submit(pool, &refused->job, 1));
	g_assert_true(work_submit(pool, &sum_new(10, &total, &n_cancelled)->job, 2));
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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/work-pool/answers", test_answers);
	g_test_add_func("/work-pool/limit-and-cancel", test_limit_and_cancel);
	return g_test_run();
}
