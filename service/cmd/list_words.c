/* SPDX-License-Identifier: MIT */
#include "cmd/list_words.h"

#include "proto/casemap.h"

bool
list_words_any(char *const *words)
{
	for (unsigned i = 0; words[i]; i++)
		if (*words[i] != '\0')
			return true;
	return false;
}

bool
list_word_counts(char *const *words, unsigned index)
{
	if (*words[index] == '\0')
		return false;
	for (unsigned i = 0; i < index; i++)
		if (casemap_equal(words[i], words[index]))
			return false;
	return true;
}
