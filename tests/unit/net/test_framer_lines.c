/* SPDX-License-Identifier: MIT */
#include "net/framer.h"

#include "net/io_sink.h"

#include <string.h>

#define LINE_MAX_BYTES 8

/* Feeds a stream in pieces and writes down what came out: "[line]", "[line+]" when it was cut,
 * "[line0]" when it holds a NUL (shown as @), "!" for an overflow. */
static char *
frame(const char *stream, size_t length, size_t piece, size_t first_piece, bool strict)
{
	FramerLimits limits = {LINE_MAX_BYTES, strict};
	g_auto(Framer) framer = {0};
	GString *seen = g_string_new(NULL);
	size_t at = 0;

	while (at < length) {
		size_t part = MIN(at == 0 && first_piece ? first_piece : piece, length - at);
		g_autofree char *copy = g_malloc(part + 1); /* exactly as much as may be touched */
		FramerInput input = {copy, part};
		FramerLine line;
		FramerResult result;

		memcpy(copy, stream + at, part);
		at += part;
		while (
		    (result = framer_lines_next(&framer, &limits, &input, &line)) == FRAMER_LINE) {
			g_assert_cmpint(line.text[line.length], ==, '\0');
			g_assert_cmpuint(line.length, <=, LINE_MAX_BYTES);
			g_string_append_c(seen, '[');
			for (size_t i = 0; i < line.length; i++)
				g_string_append_c(seen, line.text[i] ? line.text[i] : '@');
			g_string_append(seen, line.flags & INPUT_TOO_LONG ? "+" : "");
			g_string_append(seen, line.flags & INPUT_HAS_NUL ? "0" : "");
			g_string_append_c(seen, ']');
		}
		g_assert_cmpuint(framer.length, <=, LINE_MAX_BYTES + 1);
		if (result == FRAMER_OVERFLOW) {
			g_string_append_c(seen, '!');
			break;
		}
		g_assert_cmpuint(input.length, ==, 0);
	}
	return g_string_free(seen, FALSE);
}

static const struct {
	const char *stream;
	size_t length;
	const char *lenient;
	const char *strict;
} cases[] = {
#define CASE(text, lenient, strict)                                                                \
	{                                                                                          \
		text, sizeof text - 1, lenient, strict                                             \
	}
    CASE("a\r\nb\nc", "[a][b]", "[a][b]"),
    CASE("\r\n\n\r\nx\r\n", "[x]", "[x]"),
    CASE("a\rb\n", "[a\rb]", "[a\rb]"),
    CASE("a\r\r\n", "[a\r]", "[a\r]"),
    CASE("12345678\n", "[12345678]", "[12345678]"),
    CASE("12345678\r\n", "[12345678]", "[12345678]"),
    CASE("123456789\nz\n", "[12345678+][z]", "!"),
    CASE("123456789\r\nz\n", "[12345678+][z]", "!"),
    CASE("12345678\r9\nz\n", "[12345678+][z]", "!"),
    CASE("12345678\r\r\nz\n", "[12345678+][z]", "!"),
    CASE("a\n1234567890123456789012345678901234567890\nz\n", "[a][12345678+][z]", "[a]!"),
    CASE("a\0b\nc\n", "[a@b0][c]", "[a@b0][c]"),
    CASE("\0\n", "[@0]", "[@0]"),
    CASE("", "", ""),
#undef CASE
};

static void
test_whole(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *lenient =
		    frame(cases[i].stream, cases[i].length, SIZE_MAX, 0, false);
		g_autofree char *strict =
		    frame(cases[i].stream, cases[i].length, SIZE_MAX, 0, true);

		g_assert_cmpstr(lenient, ==, cases[i].lenient);
		g_assert_cmpstr(strict, ==, cases[i].strict);
	}
}

static void
test_byte_by_byte(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *lenient = frame(cases[i].stream, cases[i].length, 1, 0, false);
		g_autofree char *strict = frame(cases[i].stream, cases[i].length, 1, 0, true);

		g_assert_cmpstr(lenient, ==, cases[i].lenient);
		g_assert_cmpstr(strict, ==, cases[i].strict);
	}
}

static void
test_every_split(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		for (size_t split = 1; split < cases[i].length; split++) {
			g_autofree char *lenient =
			    frame(cases[i].stream, cases[i].length, SIZE_MAX, split, false);
			g_autofree char *strict =
			    frame(cases[i].stream, cases[i].length, 3, split, true);

			g_assert_cmpstr(lenient, ==, cases[i].lenient);
			g_assert_cmpstr(strict, ==, cases[i].strict);
		}
	}
}

/* Nothing is held between whole lines, and a lowered limit does no harm to what is. */
static void
test_memory(void)
{
	FramerLimits limits = {100, false};
	g_auto(Framer) framer = {0};
	char first[] = "sixteen bytes...";
	char second[] = "and\nmore\n";
	FramerInput input = {first, strlen(first)};
	FramerLine line;

	g_assert_cmpint(framer_lines_next(&framer, &limits, &input, &line), ==, FRAMER_MORE);
	g_assert_nonnull(framer.held);
	limits.line_max = 4;
	input = (FramerInput){second, strlen(second)};
	g_assert_cmpint(framer_lines_next(&framer, &limits, &input, &line), ==, FRAMER_LINE);
	g_assert_cmpstr(line.text, ==, "sixt");
	g_assert_cmpuint(line.flags, ==, INPUT_TOO_LONG);
	g_assert_cmpint(framer_lines_next(&framer, &limits, &input, &line), ==, FRAMER_LINE);
	g_assert_cmpstr(line.text, ==, "more");
	g_assert_cmpint(framer_lines_next(&framer, &limits, &input, &line), ==, FRAMER_MORE);
	g_assert_null(framer.held);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/framer-lines/whole", test_whole);
	g_test_add_func("/framer-lines/byte-by-byte", test_byte_by_byte);
	g_test_add_func("/framer-lines/every-split", test_every_split);
	g_test_add_func("/framer-lines/memory", test_memory);
	return g_test_run();
}
