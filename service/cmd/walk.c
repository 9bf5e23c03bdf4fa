/* SPDX-License-Identifier: MIT */
#include "cmd/walk.h"

#include "base/work.h"
#include "cmd/held_lines.h"
#include "cmd/room.h"

/* A job that is deferred and never run: its way back begins another turn. */
struct Walk {
	Job job; /* first */
	Host *host;
	Handle session;
	char *label;
	WalkStep step;
	WalkAwait await;
	void *data;
	GDestroyNotify free_data;
	HeldLines held;
	bool over; /* or its asker is gone */
};

static void
walk_free(Walk *walk)
{
	walk->free_data(walk->data);
	held_lines_clear(&walk->held);
	g_free(walk->label);
	g_free(walk);
}

static void
has_read(void *data, bool gone)
{
	walk_continue(data, gone);
}

/* The next slice is brought about. False: nobody will. */
static bool
wait_for_next(Walk *walk, Ctx *ctx)
{
	if (!room_is_left(ctx) && walk->host->when_read) {
		reply_flush(ctx->reply);
		walk->host->when_read(walk->host, walk->session, has_read, walk);
		return true;
	}
	if (walk->await)
		return walk->await(ctx, walk->data, walk);
	if (!walk->host->pool)
		return false; /* the service ends */
	work_defer(walk->host->pool, &walk->job);
	return true;
}

/* One slice, or all of them when nobody takes the job. True if it waits for the next turn. */
static bool
go_on(Walk *walk, Ctx *ctx)
{
	while (walk->step(ctx, walk->data)) {
		if (!wait_for_next(walk, ctx))
			continue;
		ctx->actor.session->pending = true;
		return true;
	}
	return false;
}

/* Lines under a label belong together until the last one; of others the last few wait for more. */
static void
next_slice(Ctx *ctx, const void *answer)
{
	Walk *walk = *(Walk *const *)answer;
	Reply *reply = ctx->reply;

	held_lines_give_back(&walk->held, reply);
	walk->over = !go_on(walk, ctx);
	if (walk->over)
		return;
	held_lines_take(&walk->held, reply);
	reply->label[0] = '\0'; /* nothing to say under it yet */
}

void
walk_continue(Walk *walk, bool cancelled)
{
	walk->over = true;
	if (!cancelled)
		walk->host->resume(walk->host, walk->session, walk->label, next_slice, &walk);
	if (walk->over)
		walk_free(walk);
}

static void
come_back(Job *job)
{
	walk_continue((Walk *)job, work_is_cancelled(job));
}

Outcome
walk_start(Ctx *ctx, WalkStep step, void *data, GDestroyNotify free_data)
{
	return walk_start_awaiting(ctx, step, NULL, data, free_data);
}

Outcome
walk_start_awaiting(Ctx *ctx, WalkStep step, WalkAwait await, void *data, GDestroyNotify free_data)
{
	Walk *walk = g_new0(Walk, 1);

	walk->job.done = come_back;
	walk->host = ctx->host;
	walk->session = ctx->actor.session->handle;
	walk->label = g_strdup(ctx->reply->label);
	walk->step = step;
	walk->await = await;
	walk->data = data;
	walk->free_data = free_data;
	if (go_on(walk, ctx)) {
		held_lines_take(&walk->held, ctx->reply);
		return OUTCOME_PENDING;
	}
	walk_free(walk);
	return OUTCOME_DONE;
}
