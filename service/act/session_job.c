/* SPDX-License-Identifier: MIT */
#include "act/session_job.h"

#include "act/login_limit.h"
#include "proto/cidr.h"

static void
job_free(SessionJob *job)
{
	g_free(job->label);
	g_free(job->nick);
	g_free(job->address);
	g_free(job->place);
	job->free(job);
}

static void
go_on(Ctx *ctx, const void *answer)
{
	SessionJob *job = *(SessionJob *const *)answer;

	job->then(ctx, job);
}

/* State thread. */
static void
job_done(Job *base)
{
	SessionJob *job = (SessionJob *)base;
	Community *community = job->asked.community;
	Host *host = job->asked.host;
	Session *session = slots_get(community->sessions, job->session);
	bool waits = session && session->stage != SESSION_CLOSING;

	if (session)
		session->job = NULL;
	tally_count(community->jobs, job->place, -1);
	if (waits && !work_is_cancelled(base))
		host->resume(host, job->session, job->label, go_on, &job);
	else if (job->is_try && !job->is_right)
		login_abandoned(&job->asked, job->nick, job->address);
	job_free(job);
}

Outcome
session_job_start(Ctx *ctx, SessionJob *job, WorkLane lane, unsigned limit)
{
	Session *session = ctx->actor.session;
	Tally *jobs = ctx->community->jobs;
	g_autofree char *network = cidr_network_text(session->peer.address);

	job->job.done = job_done;
	job->asked = ctx_as_service(ctx);
	job->asked.reply = NULL;
	job->asked.sink = (RefusalSink){0};
	job->session = session->handle;
	job->label = g_strdup(ctx->reply->label);
	job->nick = g_strdup(session_name(session));
	job->address = g_strdup(session->peer.address);
	job->place = g_strdup_printf("%u %s", (unsigned)lane, network);
	/* Without a pool, as in tests of other things, there is never room. */
	if (!ctx->host->pool || tally_of(jobs, job->place) >= SESSION_JOBS_PER_ADDRESS ||
	    !work_submit(ctx->host->pool, lane, &job->job, limit)) {
		job_free(job);
		return OUTCOME_REFUSED;
	}
	tally_count(jobs, job->place, +1);
	session->job = &job->job;
	session->pending = true;
	counter_add(&ctx->out->counters, COUNTER_JOBS, 1);
	return OUTCOME_PENDING;
}
