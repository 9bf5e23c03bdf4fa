/* SPDX-License-Identifier: MIT */
#include "base/work.h"

#include <pthread.h>

typedef struct Lane Lane;

typedef struct Worker {
	Lane *lane;
	pthread_t thread;
	Job *running; /* guarded by the lane's mutex; NULL: none */
} Worker;

struct Lane {
	pthread_mutex_t mutex; /* guards all but the last three */
	pthread_cond_t changed;
	MailItem *first;
	MailItem *last;
	unsigned waiting;
	unsigned idle; /* threads that wait for a job */
	bool stopping;
	unsigned n_workers; /* begun; the owner's */
	unsigned most;
	Worker *workers;
	Mailbox *answers; /* not owned */
};

struct WorkPool {
	Mailbox *answers; /* not owned */
	Lane lanes[WORK_LANES];
};

static const struct {
	unsigned threads;
	bool gives_up;
} rows[WORK_LANES] = {
#define WORK_LANE(name, threads, gives_up, what) [WORK_##name] = {threads, gives_up},
#include "base/work_lanes.def"
#undef WORK_LANE
};

/* The next job, or NULL when the lane stops. Waits. */
static Job *
take_job(Worker *worker)
{
	Lane *lane = worker->lane;
	MailItem *item = NULL;

	pthread_mutex_lock(&lane->mutex);
	lane->idle++;
	while (!lane->first && !lane->stopping)
		pthread_cond_wait(&lane->changed, &lane->mutex);
	lane->idle--;
	if (!lane->stopping) {
		item = lane->first;
		lane->first = item->next;
		lane->waiting--;
	}
	worker->running = (Job *)item;
	pthread_mutex_unlock(&lane->mutex);
	return (Job *)item;
}

/* Once it is posted it may be freed: nobody may find it here then. */
static void
give_answer(Worker *worker, Job *job)
{
	pthread_mutex_lock(&worker->lane->mutex);
	worker->running = NULL;
	pthread_mutex_unlock(&worker->lane->mutex);
	mailbox_post(worker->lane->answers, &job->item);
}

static void *
work_thread(void *data)
{
	Worker *worker = data;
	Job *job;

	while ((job = take_job(worker))) {
		if (!work_is_cancelled(job))
			job->run(job);
		give_answer(worker, job);
	}
	return NULL;
}

WorkPool *
work_pool_new(unsigned threads, Mailbox *answers)
{
	WorkPool *pool = g_new0(WorkPool, 1);

	g_assert(threads > 0);
	pool->answers = answers;
	for (unsigned i = 0; i < WORK_LANES; i++) {
		Lane *lane = &pool->lanes[i];

		pthread_mutex_init(&lane->mutex, NULL);
		pthread_cond_init(&lane->changed, NULL);
		lane->most = rows[i].threads ? rows[i].threads : threads;
		lane->workers = g_new0(Worker, lane->most);
		lane->answers = answers;
	}
	return pool;
}

static void
stop_lane(Lane *lane, bool gives_up)
{
	pthread_mutex_lock(&lane->mutex);
	lane->stopping = true;
	for (unsigned i = 0; gives_up && i < lane->n_workers; i++)
		if (lane->workers[i].running)
			work_cancel(lane->workers[i].running);
	pthread_cond_broadcast(&lane->changed);
	pthread_mutex_unlock(&lane->mutex);
}

static void
end_lane(Lane *lane)
{
	MailItem *next;

	for (unsigned i = 0; i < lane->n_workers; i++)
		pthread_join(lane->workers[i].thread, NULL);
	for (MailItem *item = lane->first; item; item = next) {
		next = item->next;
		work_cancel((Job *)item);
		mailbox_post(lane->answers, item);
	}
	pthread_cond_destroy(&lane->changed);
	pthread_mutex_destroy(&lane->mutex);
	g_free(lane->workers);
}

void
work_pool_free(WorkPool *pool)
{
	if (!pool)
		return;
	for (unsigned i = 0; i < WORK_LANES; i++)
		stop_lane(&pool->lanes[i], rows[i].gives_up);
	for (unsigned i = 0; i < WORK_LANES; i++)
		end_lane(&pool->lanes[i]);
	g_free(pool);
}

/* A lane without any thread is no lane; with fewer than it may have it is a slow one. */
static bool
begin_worker(Lane *lane)
{
	Worker *worker = &lane->workers[lane->n_workers];

	worker->lane = lane;
	if (pthread_create(&worker->thread, NULL, work_thread, worker) == 0)
		lane->n_workers++;
	return lane->n_workers > 0;
}

bool
work_submit(WorkPool *pool, WorkLane number, Job *job, unsigned limit)
{
	Lane *lane = &pool->lanes[number];
	bool taken;

	job->item.next = NULL;
	pthread_mutex_lock(&lane->mutex);
	taken = lane->waiting < limit;
	if (taken && lane->waiting >= lane->idle && lane->n_workers < lane->most)
		taken = begin_worker(lane);
	if (taken) {
		if (lane->first)
			lane->last->next = &job->item;
		else
			lane->first = &job->item;
		lane->last = &job->item;
		lane->waiting++;
		pthread_cond_signal(&lane->changed);
	}
	pthread_mutex_unlock(&lane->mutex);
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
work_is_cancelled(const Job *job)
{
	return atomic_load(&job->cancelled);
}

void
work_finish(MailItem *item)
{
	Job *job = (Job *)item;

	job->done(job);
}
