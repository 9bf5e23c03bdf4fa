/* SPDX-License-Identifier: MIT */
/*
 * Audience: who must get an event. A pure function of the event and the domain.
 * Invariant: every session at most once; sessions that are closing are left out.
 * Thread: state.
 */
#pragma once

#include "domain/community.h"
#include "out/event.h"

typedef struct Audience {
	Session **sessions; /* reused from event to event */
	uint32_t n_sessions;
	uint32_t capacity;
	uint32_t visit;   /* last mark given to users */
	uint64_t without; /* of the event being collected */
} Audience;

void audience_clear(Audience *audience);
/* Fills `audience` anew. */
void audience_collect(Audience *audience, const Community *community, const Event *event);
