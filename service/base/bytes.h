/* SPDX-License-Identifier: MIT */
/*
 * Bytes: a growable buffer that is born with a maximum.
 * Invariant: length <= maximum; an append that would pass it sets `failed` and changes nothing, and
 * every later append is a no-op, so a builder checks once at its end.
 * Thread: any, one at a time.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Bytes {
	char *data; /* NULL while nothing was appended; NUL-terminated after that */
	size_t length;
	size_t capacity;
	size_t maximum;
	bool failed;
} Bytes;

void bytes_init(Bytes *bytes, size_t maximum);
/* Frees the memory; the buffer is empty and usable again with the same maximum. */
void bytes_clear(Bytes *bytes);
/* Empties it and forgets a failure, keeping the memory. */
void bytes_reset(Bytes *bytes);
/* Makes room for that many bytes to come, as far as the maximum lets it. */
void bytes_reserve(Bytes *bytes, size_t length);
void bytes_append(Bytes *bytes, const void *data, size_t length);
void bytes_append_string(Bytes *bytes, const char *string);
void bytes_append_char(Bytes *bytes, char character);
void bytes_append_format(Bytes *bytes, const char *format, ...) G_GNUC_PRINTF(2, 3);
void bytes_append_valist(Bytes *bytes, const char *format, va_list arguments) G_GNUC_PRINTF(2, 0);
/* Cuts to at most `length`, which also forgets a failure. */
void bytes_truncate(Bytes *bytes, size_t length);
/* Removes the first `length` bytes. */
void bytes_consume(Bytes *bytes, size_t length);
/* The text, "" when empty; owned by the buffer, valid until the next change. */
const char *bytes_text(const Bytes *bytes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Bytes, bytes_clear)
