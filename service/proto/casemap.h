/* SPDX-License-Identifier: MIT */
/*
 * Casemap: how names are compared: CASEMAPPING=ascii, only A-Z equal a-z.
 * Invariant: casemap_equal(a, b) implies casemap_hash(a) == casemap_hash(b). Thread: any.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

static inline char
casemap_fold(char character)
{
	return character >= 'A' && character <= 'Z' ? (char)(character | 0x20) : character;
}

/* As strcmp(), after folding. */
int casemap_compare(const char *a, const char *b);
/* The same for the first `length` bytes of each, as strncmp(). */
int casemap_compare_length(const char *a, const char *b, size_t length);
/* Writes the folded text with a NUL into buffer[size], cut if it does not fit; `size` > 0. */
void casemap_fold_text(const char *text, char *buffer, size_t size);
/* For GHashTable with keys of type char *. */
guint casemap_hash(gconstpointer key);
gboolean casemap_equal(gconstpointer a, gconstpointer b);
