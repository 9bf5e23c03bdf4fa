/* SPDX-License-Identifier: MIT */
/*
 * Sendq: lines waiting to be written to one peer, held by reference.
 * Invariant: bytes == sum of the lines' lengths - what of the first was written; bytes <= maximum
 * except for a line pushed by force. An idle queue holds no memory outside the struct.
 * Thread: the connection's loop.
 */
#pragma once

#include "base/line.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SENDQ_INLINE 2u

typedef struct Sendq {
	Line **heap;       /* NULL: the lines are in `few` */
	uint32_t capacity; /* a power of two */
	uint32_t first;
	uint32_t count;
	uint32_t written; /* bytes of the first line that are on their way already */
	uint32_t maximum;
	uint32_t bytes;
	Line *few[SENDQ_INLINE];
} Sendq;

void sendq_init(Sendq *sendq, uint32_t maximum);
/* Gives every reference back; the queue is empty and usable again. */
void sendq_clear(Sendq *sendq);
/* Takes over the reference. False, and the line is dropped, when it would pass the maximum. */
bool sendq_push(Sendq *sendq, Line *line);
/* The same past the maximum, for the one last line of a connection. */
void sendq_push_forced(Sendq *sendq, Line *line);
static inline bool
sendq_is_empty(const Sendq *sendq)
{
	return sendq->count == 0;
}
/* The next bytes in one piece: inside the first line when that is enough, else copied together into
 * `buffer`; at most `size`. Valid until the queue changes. The queue is not empty. */
const char *sendq_peek(const Sendq *sendq, char *buffer, size_t size, size_t *ret_length);
/* What of the first line is not written, for a framer that takes lines one by one; and whether all
 * of that line is UTF-8. The queue is not empty. */
const char *sendq_first(const Sendq *sendq, size_t *ret_length);
bool sendq_first_is_utf8(const Sendq *sendq);
/* Removes bytes that were written; returns how many lines are through. */
unsigned sendq_consume(Sendq *sendq, size_t length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sendq, sendq_clear)
