/* SPDX-License-Identifier: MIT */
/*
 * PackedWords: names that share answers, as many of them on a line as it holds.
 * Thread: any; pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Bytes of words on one line: with server, numeric and the longest nick in front the line stays
 * below 510. */
#define PACKED_WORDS_MAX 380u

/* Appends the word, with `separator` in front unless it is the first. False if it does not fit: the
 * line is to be sent and emptied, and the word added again. */
bool packed_words_add(GString *line, char separator, const char *word);
