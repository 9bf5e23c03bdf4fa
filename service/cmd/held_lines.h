/* SPDX-License-Identifier: MIT */
/*
 * HeldLines: the lines of an answer put aside while its command waits, and given back to the reply
 * of its continuation. Invariant: nothing is copied when that reply is still empty. Thread: state.
 */
#pragma once

#include "out/reply.h"

typedef struct HeldLines {
	Bytes bytes;
	unsigned lines;
	bool is_labeled;
	char outer[REPLY_BATCH_SIZE]; /* the label's batch that is open */
} HeldLines;

/* The reply is empty afterwards; `held` was zeroed or given back before. */
void held_lines_take(HeldLines *held, Reply *reply);
/* In front of nothing: the reply has no lines yet. */
void held_lines_give_back(HeldLines *held, Reply *reply);
void held_lines_clear(HeldLines *held);
