/* SPDX-License-Identifier: MIT */
/*
 * Counters: what the state thread counts (rows in counters.def).
 * Thread: state.
 */
#pragma once

#include <stdint.h>

typedef enum CounterIndex {
#define COUNTER(name, text, unit, help) COUNTER_##name,
#include "base/counters.def"
#undef COUNTER
	COUNTERS
} CounterIndex;

typedef struct Counters {
	uint64_t values[COUNTERS];
} Counters;

typedef struct CounterRow {
	const char *name; /* "lines_queued" */
	const char *unit;
	const char *help;
} CounterRow;

/* The row; `index` < COUNTERS. */
const CounterRow *counter_row(unsigned index);

static inline void
counter_add(Counters *counters, CounterIndex index, uint64_t amount)
{
	counters->values[index] += amount;
}
