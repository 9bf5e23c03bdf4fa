/* SPDX-License-Identifier: MIT */
/*
 * Line: immutable bytes shared by reference, what send queues hold.
 * Invariant: nothing writes to `data` once a second reference exists.
 * Thread: any; the count is atomic.
 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Line {
	atomic_uint references;
	uint32_t length;
	atomic_uchar text; /* what line_is_utf8() found; 0: it was not asked */
	char data[];       /* `length` bytes as they go on the wire, not NUL-terminated */
} Line;

/* A copy of the bytes, with one reference that belongs to the caller. */
Line *line_new(const void *data, size_t length);
/* Uninitialised bytes for the caller to fill in before anybody else sees the line. */
Line *line_new_sized(size_t length);
Line *line_ref(Line *line);
/* Takes `count` references at once: one atomic operation for a whole audience. */
Line *line_ref_many(Line *line, unsigned count);
/* Is all of it UTF-8? Found out once, however many ask. */
bool line_is_utf8(Line *line);
/* Gives one reference back; NULL is allowed. */
void line_unref(Line *line);
