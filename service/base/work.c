/* SPDX-License-Identifier: MIT */
#include "base/work.h"

#include <pthread.h>

struct WorkPool {
	pthread_mutex_t mutex; /* guards the four below */
	pthread_cond_t changed;
	MailItem *first;
	MailItem *last;
	unsigned waiting;
	bool stopping;
	Mailbox *answers; /* not owned */
	unsigned n_threads;
	pthread_t threads[];
};

/* The next job, or NULL when the pool stops. Waits. */
static Job *
take_job(WorkPool *pool)
{
	MailItem *item = NULL;

	pthread_mutex_lock(&pool->mutex);
	while (!pool->first && !pool->stopping)
		pthread_cond_wait(&pool->changed, &pool->mutex);
	if (!pool->stopping) {
		item = pool->first;
		pool->first = item->next;
		pool->waiting--;
	}
	pthread_mutex_unlock(&pool->mutex);
	return (Job *)item;
}

static void *
work_thread(void *data)
{
	WorkPool *pool = data;
	Job *job;

	while ((job = take_job(pool))) {
		if (!work_is_cancelled(job))
			job->run(job);
		mailbox_post(pool->answers, &job->item);
	}
	return NULL;
}

WorkPool *
work_pool_new(unsigned threads, Mailbox *answers)
{
	WorkPool *pool = g_malloc0(sizeof *pool + threads * sizeof pool->threads[0]);

	g_assert(threads > 0);
	pthread_mutex_init(&pool->mutex, NULL);
	pthread_cond_init(&pool->changed, NULL);
	pool->answers = answers;
	for (; pool->n_threads < threads; pool->n_threads++)
		if (pthread_create(&pool->threads[pool->n_threads], NULL, work_thread, pool) != 0)
			break;
	if (pool->n_threads == 0)
		g_error("the system gives no thread for the work pool");
	return pool;
}

void
work_pool_free(WorkPool *pool)
{
	MailItem *next;

	if (!pool)
		return;
	pthread_mutex_lock(&pool->mutex);
	pool->stopping = true;
	pthread_cond_broadcast(&pool->changed);
	pthread_mutex_unlock(&pool->mutex);
	for (unsigned i = 0; i < pool->n_threads; i++)
		pthread_join(pool->threads[i], NULL);
	for (MailItem *item = pool->first; item; item = next) {
		next = item->next;
		work_cancel((Job *)item);
		mailbox_post(pool->answers, item);
	}
	pthread_cond_destroy(&pool->changed);
	pthread_mutex_destroy(&pool->mutex);
	g_free(pool);
}

bool
work_submit(WorkPool *pool, Job *job, unsigned limit)
{
	bool taken;

	job->item.next = NULL;
	pthread_mutex_lock(&pool->mutex);
	taken = pool->waiting < limit;
	if (taken) {
		if (pool->first)
			pool->last->next = &job->item;
		else
			pool->first = &job->item;
		pool->last = &job->item;
		pool->waiting++;
		pthread_cond_signal(&pool->changed);
	}
	pthread_mutex_unlock(&pool->mutex);
	return taken;
}

void
work_defer(WorkPool *pool, Job *job)
{
	mailbox_post(pool->answers, &job->item);
}

void
work_cancel(Job *job)
{
	atomic_store(&job->cancelled, true);
}

bool
work_is_cancelled(Job *job)
{
	return atomic_load(&job->cancelled);
}

void
work_finish(MailItem *item)
{
	Job *job = (Job *)item;

	job->done(job);
}
