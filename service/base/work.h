/* SPDX-License-Identifier: MIT */
/*
 * Work: blocking jobs on pthreads; the answer comes back through the owner's mailbox. Each kind of
 * work (base/work_lanes.def) is a lane with a queue and threads of its own, begun when they are
 * needed.
 * Invariant: job->run is called once on a thread of its lane (never, if the job was cancelled
 * before its turn came, or it was deferred); then the job is posted to the mailbox and
 * work_finish() calls job->done on the reader's thread, cancelled or not, so `done` always frees.
 * Thread: work_submit, work_defer, work_finish and work_cancel the owner's.
 */
#pragma once

#include "base/mailbox.h"

#include <stdatomic.h>
#include <stdbool.h>

typedef enum WorkLane {
#define WORK_LANE(name, threads, gives_up, what) WORK_##name,
#include "base/work_lanes.def"
#undef WORK_LANE
	WORK_LANES
} WorkLane;

typedef struct Job Job;
struct Job {
	MailItem item;         /* first: the mailbox links jobs by it */
	void (*run)(Job *job); /* lane's thread: may block, sees only what the job holds */
	void (*done)(
	    Job *job); /* owner's thread: uses the answer unless cancelled, frees the job */
	atomic_bool cancelled;
};

typedef struct WorkPool WorkPool;

/* `threads`: the most of each lane that has no number of its own. */
WorkPool *work_pool_new(unsigned threads, Mailbox *answers);
/* Waits for running jobs, those of lanes that give up being cancelled; those not begun come back
 * with `cancelled` set. Take the mailbox after. */
void work_pool_free(WorkPool *pool);
/* False when `limit` jobs of the lane are waiting already, or the system gives it no thread; the
 * job then stays the caller's. */
bool work_submit(WorkPool *pool, WorkLane lane, Job *job, unsigned limit);
/* Posts the job without running it: `done` is called in another turn than this one. For jobs that
 * were refused while the asker cannot be answered yet, and for work cut into turns. */
void work_defer(WorkPool *pool, Job *job);
/* Tells `run` and `done` that nobody waits for the answer any more. The job must not be done. */
void work_cancel(Job *job);
bool work_is_cancelled(const Job *job);
/* Runs `done` of one item taken from the mailbox. */
void work_finish(MailItem *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WorkPool, work_pool_free)
