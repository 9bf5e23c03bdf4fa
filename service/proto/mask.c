/* SPDX-License-Identifier: MIT */
#include "proto/mask.h"

#include "proto/casemap.h"
#include "proto/cidr.h"

#include <stdint.h>
#include <string.h>

#define MAPPED_MAX 2048 /* bytes of a mapped name or mask */

/* A text without its own NUL. */
typedef struct Span {
	const char *text;
	size_t length;
} Span;

typedef struct MaskParts {
	Span nick;
	Span user;
	Span host;
} MaskParts;

static Span
span_of(const char *text)
{
	return (Span){text, strlen(text)};
}

/* Behind the character that begins at `at`, all bytes of it. */
static size_t
next_character(Span text, size_t at)
{
	do
		at++;
	while (at < text.length && ((unsigned char)text.text[at] & 0xC0) == 0x80);
	return at;
}

/* On a mismatch only the last star moves on: an earlier one can gain nothing, so the work is
 * bounded by mask length x text length. */
static bool
glob_match_folded(Span mask, Span text)
{
	size_t m = 0;
	size_t t = 0;
	size_t star = SIZE_MAX;
	size_t star_text = 0;
	while (t < text.length) {
		if (m < mask.length && mask.text[m] == '*') {
			star = m++;
			star_text = t;
		} else if (m < mask.length && mask.text[m] == '?') {
			m++;
			t = next_character(text, t);
		} else if (m < mask.length &&
			   casemap_fold(mask.text[m]) == casemap_fold(text.text[t])) {
			m++;
			t++;
		} else if (star != SIZE_MAX) {
			m = star + 1;
			t = star_text = next_character(text, star_text);
		} else {
			return false;
		}
	}
	while (m < mask.length && mask.text[m] == '*')
		m++;
	return m == mask.length;
}

/* The span in the form in which names are compared. */
static Span
comparable(Span span, char buffer[static MAPPED_MAX])
{
	if (casemap_maps(span.text, span.length, buffer, MAPPED_MAX))
		return span_of(buffer);
	return span;
}

static bool
ends_otherwise(Span mask, Span text)
{
	char last;

	if (mask.length == 0 || text.length == 0)
		return false;
	last = mask.text[mask.length - 1];
	return last != '*' && last != '?' &&
	       casemap_fold(last) != casemap_fold(text.text[text.length - 1]);
}

static bool
glob_match(Span mask, Span text)
{
	char mask_mapped[MAPPED_MAX];
	char text_mapped[MAPPED_MAX];
	/* Most parts of most masks say nothing, or end otherwise than the text: no need to walk. */
	if (mask.length == 1 && *mask.text == '*')
		return true;
	if (casemap_chosen() == CASEMAP_ASCII)
		return !ends_otherwise(mask, text) && glob_match_folded(mask, text);
	return glob_match_folded(comparable(mask, mask_mapped), comparable(text, text_mapped));
}

bool
mask_match(const char *mask, const char *text)
{
	return glob_match(span_of(mask), span_of(text));
}

bool
mask_is_literal(const char *mask)
{
	return !strpbrk(mask, "*?");
}

static const char *
last_of(const char *text, size_t length, char character)
{
	return length > 0 ? memrchr(text, character, length) : NULL;
}

static MaskParts
split_mask(const char *text)
{
	const Span any = {"*", 1};
	MaskParts parts = {any, any, any};
	const char *bang = strchr(text, '!');
	const char *rest = bang ? bang + 1 : text;
	size_t left = strlen(rest);
	const char *at = last_of(rest, left, '@');
	if (bang)
		parts.nick = (Span){text, (size_t)(bang - text)};
	if (at) {
		parts.user = (Span){rest, (size_t)(at - rest)};
		parts.host = span_of(at + 1);
	} else if (bang) {
		parts.user = (Span){rest, left};
	} else if (strpbrk(text, ".:/")) {
		parts.host = span_of(text);
	} else {
		parts.nick = span_of(text);
	}
	if (parts.nick.length == 0)
		parts.nick = any;
	if (parts.user.length == 0)
		parts.user = any;
	if (parts.host.length == 0)
		parts.host = any;
	return parts;
}

struct MaskPattern {
	char *text;
	MaskParts parts;
	Cidr range;
	bool is_range;
};

/* Takes `text` apart; it must outlive the pattern. */
static MaskPattern
take_apart(char *text)
{
	MaskPattern pattern = {.text = text, .parts = split_mask(text)};
	/* split_mask() takes the host from the end of the text, so it has a NUL. */
	pattern.is_range = memchr(pattern.parts.host.text, '/', pattern.parts.host.length) &&
			   cidr_parse(pattern.parts.host.text, &pattern.range);
	return pattern;
}

bool
mask_pattern_match(const MaskPattern *pattern, const MaskSubject *subject)
{
	const MaskParts *parts = &pattern->parts;
	if (!glob_match(parts->nick, span_of(subject->nick)) ||
	    !glob_match(parts->user, span_of(subject->user)))
		return false;
	if (pattern->is_range && cidr_contains_text(&pattern->range, subject->address))
		return true;
	return glob_match(parts->host, span_of(subject->host)) ||
	       glob_match(parts->host, span_of(subject->address));
}

bool
mask_match_subject(const char *mask, const MaskSubject *subject)
{
	MaskPattern pattern = take_apart((char *)mask);
	return mask_pattern_match(&pattern, subject);
}

MaskPattern *
mask_compile(const char *canonical)
{
	MaskPattern *pattern = g_new(MaskPattern, 1);
	*pattern = take_apart(g_strdup(canonical));
	return pattern;
}

void
mask_pattern_free(MaskPattern *pattern)
{
	if (!pattern)
		return;
	g_free(pattern->text);
	g_free(pattern);
}

const char *
mask_pattern_text(const MaskPattern *pattern)
{
	return pattern->text;
}

/* Appends the part with runs of stars squeezed into one. */
static void
append_part(GString *mask, Span part)
{
	for (size_t i = 0; i < part.length; i++) {
		bool repeated = i > 0 && part.text[i] == '*' && part.text[i - 1] == '*';
		if (!repeated)
			g_string_append_c(mask, part.text[i]);
	}
}

char *
mask_canonical(const char *text)
{
	size_t length = strlen(text);
	/* Stars may be squeezed away, but nobody needs thousands of them. */
	if (length == 0 || length > 4 * MASK_MAX)
		return NULL;
	for (const char *byte = text; *byte; byte++)
		if ((unsigned char)*byte <= ' ' || *byte == 0x7F)
			return NULL;
	MaskParts parts = split_mask(text);
	GString *mask = g_string_new(NULL);
	append_part(mask, parts.nick);
	g_string_append_c(mask, '!');
	append_part(mask, parts.user);
	g_string_append_c(mask, '@');
	append_part(mask, parts.host);
	bool fits = mask->len <= MASK_MAX;
	return g_string_free(mask, !fits);
}
