/* SPDX-License-Identifier: MIT */
/*
 * ControlLines: bytes of the control socket cut into lines, in whatever pieces they come.
 * Invariant: never holds more than `maximum` bytes of an unfinished line; once too long, for ever.
 * Thread: one.
 */
#pragma once

#include <glib.h>

typedef struct ControlLines ControlLines;

ControlLines *control_lines_new(gsize maximum);
void control_lines_free(ControlLines *lines);
/* FALSE if a line is longer than the maximum. */
gboolean control_lines_feed(ControlLines *lines, const void *bytes, gsize size);
/* The next whole line without its end (LF or CRLF), valid until the next call; NULL: none yet. */
const char *control_lines_next(ControlLines *lines, gsize *ret_size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ControlLines, control_lines_free)
