/* SPDX-License-Identifier: MIT */
/*
 * PackedWords: names that share answers: as many of them on a line as it holds, none left out.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Bytes of words on one line: with server, numeric and the longest nick in front the line stays
 * below 510. */
#define PACKED_WORDS_MAX 380u

/* One answer that holds these words. */
typedef void (*PackedWordsTell)(Ctx *ctx, const char *words);

typedef struct PackedWords {
	Ctx *ctx;
	PackedWordsTell tell;
	GString *line;
	size_t most; /* bytes on a line; PACKED_WORDS_MAX unless the caller knows better */
	char separator;
	unsigned lines; /* told so far */
} PackedWords;

PackedWords packed_words_begin(Ctx *ctx, char separator, PackedWordsTell tell);
void packed_words_add(PackedWords *packed, const char *word);
/* Tells the rest and frees; returns how many answers there were, 0 without a word. */
unsigned packed_words_end(PackedWords *packed);
