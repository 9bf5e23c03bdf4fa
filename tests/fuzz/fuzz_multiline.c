/* SPDX-License-Identifier: MIT */
/* Multiline: whatever lines come, what is kept stays within the limits and is what the count says.
 */
#include "proto/multiline.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_BYTES 64u
#define MOST_LINES 8u

/* Bits of the byte in front of each text. */
enum {
	IS_NOTICE = 1,
	IS_OTHER_VERB = 2,
	IS_OTHER_TARGET = 4,
	HAS_NO_TEXT = 8,
	IS_CONCAT = 16,
	IS_EDIT = 32,
	IS_OTHER_MESSAGE = 64,
};

static const char *
verb_of(unsigned bits)
{
	if (bits & IS_OTHER_VERB)
		return "JOIN";
	if (bits & IS_EDIT)
		return "Edit";
	return bits & IS_NOTICE ? "notice" : "PRIVMSG";
}

/* What stands behind the verb, as far as there is a text. */
static MultilineStatus
add(Multiline *multiline, unsigned bits, const char *text)
{
	const char *target = bits & IS_OTHER_TARGET ? "#y" : "#X";
	const char *const said[] = {target, text};
	const char *const edit[] = {target, bits & IS_OTHER_MESSAGE ? "m2" : "m1", text};
	bool is_edit = (bits & (IS_EDIT | IS_OTHER_VERB)) == IS_EDIT;
	unsigned count = (is_edit ? 3u : 2u) - (bits & HAS_NO_TEXT ? 1u : 0u);

	return multiline_add(
	    multiline, verb_of(bits), is_edit ? edit : said, count, bits & IS_CONCAT);
}

static void
check(const Multiline *multiline)
{
	g_autofree char *text = multiline_text(
	    (const MultilineLine *)(const void *)multiline->lines->data, multiline->lines->len);

	g_assert(strlen(text) == multiline->bytes);
	g_assert(multiline->bytes <= MOST_BYTES);
	g_assert(multiline->lines->len <= MOST_LINES);
	g_assert((multiline->about != NULL) == (g_strcmp0(multiline->verb, "EDIT") == 0));
}

/* The input: a byte of bits, a text up to the next NUL, and again. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Multiline) multiline = multiline_new("#x", MOST_BYTES, MOST_LINES);
	const char *at = (const char *)data;
	const char *end = at + size;
	MultilineStatus status = MULTILINE_OK;

	while (at < end) {
		unsigned bits = (uint8_t)*at++;
		const char *stop = memchr(at, '\0', (size_t)(end - at));
		size_t length = (size_t)((stop ? stop : end) - at);
		g_autofree char *text = g_strndup(at, length);
		MultilineStatus next = add(multiline, bits, text);

		g_assert(status == MULTILINE_OK || next == status);
		status = next;
		check(multiline);
		at += length + (stop ? 1 : 0);
	}
	status = multiline_finish(multiline);
	g_assert(status != MULTILINE_OK || (multiline->bytes > 0 && multiline->verb));
	return 0;
}
