/* SPDX-License-Identifier: MIT */
/*
 * Reading: how far a client is behind with reading its answers. They are counted when they are
 * queued (out/reply.c) and taken off when the loop says that they were written (gate_reading.c), so
 * that an answer longer than the send queue is told in parts, and a client that asks and does not
 * read has to wait with its next command. Invariant: asked <= unread. Thread: state.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct Reading {
	size_t unread; /* bytes of answers that may not be written yet */
	size_t asked;  /* of these, while `is_asked`: what the loop is to tell of */
	bool is_asked;
	void (*then)(void *data, bool gone); /* of who waits for it to read; NULL: nobody does */
	void *data;
} Reading;
