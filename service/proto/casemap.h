/* SPDX-License-Identifier: MIT */
/*
 * Casemap: how names are compared. One way for the whole process, chosen before anything is
 * compared: ASCII, where only A-Z equal a-z, or PRECIS, where texts are compared in the form that
 * proto/precis.h maps them to. Pure ASCII texts compare alike in both; texts that are too long to
 * be mapped compare as in ASCII. What is stored is keyed by casemap_fold_text(), which does not
 * depend on the choice: the files stay right when it changes.
 * Invariant: casemap_equal(a, b) implies casemap_hash(a) == casemap_hash(b). Thread: any, but for
 * casemap_choose(): before there are others.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum CasemapKind {
	CASEMAP_ASCII, /* until another is chosen */
	CASEMAP_PRECIS,
} CasemapKind;

void casemap_choose(CasemapKind kind);
CasemapKind casemap_chosen(void);

static inline char
casemap_fold(char character)
{
	return character >= 'A' && character <= 'Z' ? (char)(character | 0x20) : character;
}

/* As strcmp(), after folding. */
int casemap_compare(const char *a, const char *b);
/* The first `length` bytes of each, as strncmp(), folded as in ASCII. */
int casemap_compare_length(const char *a, const char *b, size_t length);
/* Is the text to be compared as it was mapped? Then its form, as UTF-8, is in buffer[size]. */
bool casemap_maps(const char *text, size_t length, char *buffer, size_t size);
/* Writes the text folded as in ASCII with a NUL into buffer[size], cut if it does not fit; `size`
 * > 0. */
void casemap_fold_text(const char *text, char *buffer, size_t size);
/* For GHashTable with keys of type char *. */
guint casemap_hash(gconstpointer key);
gboolean casemap_equal(gconstpointer a, gconstpointer b);
