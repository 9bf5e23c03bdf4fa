/* SPDX-License-Identifier: MIT */
/*
 * ListWords: a parameter that is a list of names with commas between. Thread: any; pure.
 */
#pragma once

#include <stdbool.h>

/* Is words[index] of a g_strsplit() list something to act on: not empty and, without case, not the
 * same as one before it? */
bool list_word_counts(char *const *words, unsigned index);
