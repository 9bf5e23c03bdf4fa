/* SPDX-License-Identifier: MIT */
/*
 * Clock: wall and monotonic time, replaceable so that tests can freeze it.
 * Units: microseconds; the wall clock counts from 1970-01-01T00:00:00Z.
 * Thread: any for the system clock; a frozen clock belongs to its test.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define CLOCK_SECOND INT64_C(1000000)
#define CLOCK_MILLISECOND INT64_C(1000)

typedef struct Clock {
	int64_t (*wall)(const struct Clock *clock);
	int64_t (*monotonic)(const struct Clock *clock);
	int64_t frozen_wall; /* used by clock_frozen() only */
	int64_t frozen_monotonic;
} Clock;

Clock clock_system(void);
/* Stands at the given wall time until clock_advance(). */
Clock clock_frozen(int64_t wall);
void clock_advance(Clock *clock, int64_t microseconds);

static inline int64_t
clock_wall(const Clock *clock)
{
	return clock->wall(clock);
}

static inline int64_t
clock_monotonic(const Clock *clock)
{
	return clock->monotonic(clock);
}

#define CLOCK_TEXT_SIZE 32
/* "2017-07-14T02:40:00.000Z" (IRCv3 server-time, ISO 8601:2004 extended); years 0000 to 9999. */
void clock_format(int64_t wall, char text[static CLOCK_TEXT_SIZE]);
/* Accepts exactly the form above, with 0 to 6 digits of fraction; -1 if it is anything else. */
int64_t clock_parse(const char *text);
