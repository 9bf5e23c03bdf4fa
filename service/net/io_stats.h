/* SPDX-License-Identifier: MIT */
/*
 * IoStats: what an I/O loop counts.
 * Thread: one loop writes, any reads; each figure is true by itself, not together with another.
 */
#pragma once

#include "base/close_reason.h"

#include <stdatomic.h>
#include <stdint.h>

typedef struct IoStats {
	_Atomic uint64_t bytes_in;
	_Atomic uint64_t bytes_out;
	_Atomic uint64_t lines_in;
	_Atomic uint64_t lines_out;
	_Atomic uint64_t writes; /* send calls: lines_out / writes is the batching */
	_Atomic uint64_t accepted;
	_Atomic uint64_t connections; /* now */
	_Atomic uint64_t closed[CLOSE_REASONS];
	_Atomic uint64_t descriptor_pauses; /* times a listener paused for want of a descriptor */
	_Atomic uint64_t turns;
	_Atomic uint64_t longest_turn; /* microseconds */
} IoStats;

/* The loop is the only writer, so no locked instruction is needed. */
static inline void
io_stats_add(_Atomic uint64_t *counter, uint64_t more)
{
	atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + more,
	    memory_order_relaxed);
}

static inline uint64_t
io_stats_get(const _Atomic uint64_t *counter)
{
	return atomic_load_explicit(counter, memory_order_relaxed);
}
