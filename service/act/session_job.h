/* SPDX-License-Identifier: MIT */
/*
 * SessionJob: blocking work for one session's command, and the way back to that session: the piece
 * that jobs for passwords, mail and tokens are made with.
 * Invariant: the job holds copies and handles only. Nothing comes back to a session that is gone;
 * a job that did not begin by then does not begin any more. At most SESSION_JOBS_PER_ADDRESS of a
 * lane are under way for one address: nobody fills a queue alone. A try at a secret whose asker
 * does not wait for the answer counts as failed: leaving early is no way to guess more often.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

#define SESSION_JOBS_PER_ADDRESS 32u

typedef struct SessionJob SessionJob;
struct SessionJob {
	Job job; /* first; `run` is the maker's */
	/* Filled in by the maker: */
	void (*then)(Ctx *ctx, SessionJob *job); /* as HostContinuation */
	void (*free)(SessionJob *job);           /* all of it */
	bool is_try;                             /* it compares what somebody says with a secret */
	bool is_right;                           /* answer of `run`: it was the secret */
	/* Filled in by session_job_start(): */
	Ctx asked; /* of the service, at the time of the start: for what nobody is told */
	Handle session;
	char *label;
	char *nick;    /* of who asked */
	char *address; /* his */
	char *place;   /* lane and address, among community->jobs */
};

/* Takes the job over. OUTCOME_PENDING; or OUTCOME_REFUSED with nothing told and the job freed, when
 * `limit` of the lane wait or there are too many of that address. */
Outcome session_job_start(Ctx *ctx, SessionJob *job, WorkLane lane, unsigned limit);
