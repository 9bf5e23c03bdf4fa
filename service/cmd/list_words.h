/* SPDX-License-Identifier: MIT */
/*
 * ListWords: a parameter that is a list of names with commas between. Thread: any; pure.
 */
#pragma once

#include <stdbool.h>

/* Is there a word in this g_strsplit() list that is not empty? */
bool list_words_any(char *const *words);
/* Is words[index] of it something to act on: not empty and, without case, not the same as one
 * before it? */
bool list_word_counts(char *const *words, unsigned index);
