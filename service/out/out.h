/* SPDX-License-Identifier: MIT */
/*
 * Out: the way of an event from verb to wire: audience, render once per key, queue, then the bus.
 * Invariant: one call of out_publish() per event; a line reaches a session at most once, except
 * that who writes to himself and has echo-message gets the message and its echo. Thread: state.
 */
#pragma once

#include "base/counters.h"
#include "out/audience.h"
#include "out/bus.h"
#include "out/outbox.h"
#include "out/reply.h"

typedef struct Out {
	Outbox outbox;
	Audience audience;
	Bus *bus;
	Counters counters;
} Out;

void out_init(Out *out, unsigned n_loops);
void out_clear(Out *out);
/* `own` (may be NULL) collects the line for its session instead of the outbox. */
void out_publish(Out *out, const Community *community, const Event *event, Reply *own);
/* The event as one session sees it, whoever else should; the bus is not told. */
void out_tell_session(
    Out *out, const Community *community, const Event *event, Session *session, Reply *own);
/* "ERROR :Closing link: (…) [reason]" and a close, behind all that was queued and, if one is in the
 * making, behind its answer (out/reply.h). The session is closing from now on. */
void out_close_session(Out *out, Session *session, uint32_t reason, const char *text);
