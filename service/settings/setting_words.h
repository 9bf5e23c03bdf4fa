/* SPDX-License-Identifier: MIT */
/*
 * Words and units of settings: lists separated by spaces or commas, numbers with a unit's letter.
 * Invariant: units stand smallest first, the first has factor 1. Thread: any; pure functions.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct SettingUnit {
	char letter; /* lower case; '\0' ends the table */
	uint64_t factor;
} SettingUnit;

extern const SettingUnit setting_size_units[]; /* b k m g */
extern const SettingUnit setting_time_units[]; /* s m h d */

/* Words without blanks; never NULL. Caller frees. */
char **setting_words_split(const char *text);
/* Position of `word` in a list of words; without case. */
bool setting_word_find(const char *words, const char *word, unsigned *ret_position);
/* The word at a position that exists. Caller frees. */
char *setting_word_at(const char *words, unsigned position);
/* "90s", "16k": the largest unit that divides it; sizes below 1k have no letter. Caller frees. */
char *setting_unit_text(const SettingUnit *units, uint64_t number);
