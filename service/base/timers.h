/* SPDX-License-Identifier: MIT */
/*
 * Timers: one binary heap for all deadlines of a thread; whoever owns the event loop arms a single
 * event for timers_next(). Timer objects are embedded in what they time out; a zeroed one is idle.
 * Invariant: a timer sits in at most one heap, at the index it remembers.
 * Units: monotonic microseconds. Thread: one.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Timer Timer;
typedef void (*TimerFunc)(Timer *timer, void *data);

struct Timer {
	int64_t due;
	TimerFunc run;
	void *data;
	uint32_t position; /* 0: not in a heap */
};

typedef struct Timers Timers;

Timers *timers_new(void);
/* Timers still set are forgotten, not run; they must still exist. */
void timers_free(Timers *timers);
/* (Re)arms it; `run` may set or cancel any timer, also its own. */
void timers_set(Timers *timers, Timer *timer, int64_t due, TimerFunc run, void *data);
void timers_cancel(Timers *timers, Timer *timer);
bool timer_is_set(const Timer *timer);
/* When the next one is due; INT64_MAX if none. */
int64_t timers_next(const Timers *timers);
/* Runs what is due at `now`, earliest first; returns how many. A timer set by a callback for a time
 * <= now runs in the next call, so that a turn always ends. */
unsigned timers_run(Timers *timers, int64_t now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Timers, timers_free)
