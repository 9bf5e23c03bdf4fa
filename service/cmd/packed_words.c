/* SPDX-License-Identifier: MIT */
#include "cmd/packed_words.h"

#include <string.h>

PackedWords
packed_words_begin(Ctx *ctx, char separator, PackedWordsTell tell)
{
	return (PackedWords){
	    .ctx = ctx,
	    .tell = tell,
	    .line = g_string_new(NULL),
	    .most = PACKED_WORDS_MAX,
	    .separator = separator,
	};
}

static void
flush(PackedWords *packed)
{
	if (packed->line->len == 0)
		return;
	packed->tell(packed->ctx, packed->line->str);
	packed->lines++;
	g_string_truncate(packed->line, 0);
}

void
packed_words_add(PackedWords *packed, const char *word)
{
	if (packed->line->len + 1 + strlen(word) > packed->most)
		flush(packed);
	if (packed->line->len > 0)
		g_string_append_c(packed->line, packed->separator);
	g_string_append(packed->line, word);
}

unsigned
packed_words_end(PackedWords *packed)
{
	flush(packed);
	g_string_free(packed->line, TRUE);
	return packed->lines;
}
