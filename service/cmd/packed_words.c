/* SPDX-License-Identifier: MIT */
#include "cmd/packed_words.h"

#include <string.h>

bool
packed_words_add(GString *line, char separator, const char *word)
{
	if (line->len > 0 && line->len + 1 + strlen(word) > PACKED_WORDS_MAX)
		return false;
	if (line->len > 0)
		g_string_append_c(line, separator);
	g_string_append(line, word);
	return true;
}
