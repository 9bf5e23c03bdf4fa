/* SPDX-License-Identifier: MIT */
/*
 * Traffic: what went over single connections, asked of the I/O loops that count it. A question goes
 * to a loop and the answer comes back later, so that the state thread never waits and nothing is
 * read while another thread writes it. Invariant: an answer holds at most TRAFFIC_MAX rows, of
 * connections that were open when the loop looked; longer lists are asked for in pieces.
 * Thread: values; they may travel anywhere.
 */
#pragma once

#include "base/slots.h"

#include <stdint.h>

#define TRAFFIC_MAX 128u

typedef struct Traffic {
	Handle conn;
	uint32_t unsent; /* bytes in the send queue */
	uint64_t lines_in;
	uint64_t lines_out;
	uint64_t bytes_in; /* as they were inside TLS */
	uint64_t bytes_out;
} Traffic;

/* The open connections of a loop from a place of its table on. */
typedef struct TrafficQuestion {
	uint64_t id; /* the asker's */
	uint32_t from;
	uint32_t most; /* 1 to TRAFFIC_MAX */
} TrafficQuestion;

typedef struct TrafficAnswer {
	uint64_t id;
	uint32_t next; /* where to go on; 0: that was the last of the loop */
	uint32_t count;
	const Traffic *rows; /* during the call */
} TrafficAnswer;
