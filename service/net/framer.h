/* SPDX-License-Identifier: MIT */
/*
 * Framer: cuts a stream of bytes into lines. It is asked for one line at a time, so that a caller
 * whose peer has no credit left can stop between two. Invariant: the lines it gives do not depend
 * on how the stream was split; it holds at most the beginning of one line, line_max + 1 bytes.
 * Thread: the connection's loop.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum FramerResult {
	FRAMER_MORE, /* the input is used up */
	FRAMER_LINE,
	FRAMER_OVERFLOW, /* strict: a line passed the limit; the stream is of no use any more */
	FRAMER_BROKEN,   /* the framing's rules were not kept; likewise */
	FRAMER_ENDED,    /* the peer said in the framing's terms that it sends no more */
} FramerResult;

/* What of the bytes read is left; the framer moves it on. data[length] is writable. */
typedef struct FramerInput {
	char *data;
	size_t length;
} FramerInput;

typedef struct FramerLimits {
	uint32_t line_max; /* bytes of a line without its line end */
	bool strict;       /* a longer line is FRAMER_OVERFLOW, not one cut and marked */
} FramerLimits;

typedef struct FramerLine {
	char *text; /* NUL behind it; valid until the next call */
	size_t length;
	unsigned flags; /* INPUT_TOO_LONG, INPUT_HAS_NUL (net/io_sink.h) */
} FramerLine;

typedef struct Framer {
	char *held; /* the beginning of a line; NULL: none */
	uint32_t length;
	uint32_t capacity;
	bool dropping; /* the rest of this line is over the limit */
	bool finished; /* `held` was returned as a line: forget it at the next call */
} Framer;

/* Lines end with \n; one \r before it belongs to the line end (RFC 1459 §2.3, and what clients that
 * send bare \n need). Blank lines are skipped. A zeroed Framer is ready. */
FramerResult framer_lines_next(
    Framer *framer, const FramerLimits *limits, FramerInput *input, FramerLine *ret_line);
void framer_clear(Framer *framer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Framer, framer_clear)
