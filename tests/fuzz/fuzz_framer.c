/* SPDX-License-Identifier: MIT */
/* The first byte chooses the limit, the second the size of the pieces; whole and in pieces must
 * give the same lines. */
#include "net/framer.h"
#include "net/io_sink.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static GString *
frame(const uint8_t *data, size_t size, size_t piece, const FramerLimits *limits)
{
	g_auto(Framer) framer = {0};
	GString *seen = g_string_new(NULL);
	FramerResult result = FRAMER_MORE;

	for (size_t at = 0; at < size && result != FRAMER_OVERFLOW; at += piece) {
		size_t part = MIN(piece, size - at);
		g_autofree char *copy = g_memdup2(data + at, part + 1); /* one byte is behind it */
		FramerInput input = {copy, part};
		FramerLine line;

		while (
		    (result = framer_lines_next(&framer, limits, &input, &line)) == FRAMER_LINE) {
			g_assert_cmpuint(line.length, >, 0);
			g_assert_cmpuint(line.length, <=, limits->line_max);
			g_assert_cmpint(line.text[line.length], ==, '\0');
			g_assert_null(memchr(line.text, '\n', line.length));
			g_assert_true(
			    !memchr(line.text, '\0', line.length) == !(line.flags & INPUT_HAS_NUL));
			g_string_append_len(seen, line.text, (gssize)line.length);
			g_string_append_c(seen, (char)('0' + line.flags));
			g_string_append_c(seen, '\n');
		}
	}
	g_string_append_c(seen, result == FRAMER_OVERFLOW ? '!' : '.');
	return seen;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 4)
		return 0;
	for (int strict = 0; strict < 2; strict++) {
		FramerLimits limits = {1 + data[0] % 64u, strict};
		GString *whole = frame(data + 2, size - 3, size, &limits);
		GString *pieces = frame(data + 2, size - 3, 1 + data[1] % 16u, &limits);

		g_assert_cmpmem(whole->str, whole->len, pieces->str, pieces->len);
		g_string_free(whole, TRUE);
		g_string_free(pieces, TRUE);
	}
	return 0;
}
