/* SPDX-License-Identifier: MIT */
#include "control_lines.h"

#include <string.h>

static const char stream[] = "one\ntwo\r\n\n{\"three\":3}\nrest";
static const char *const expected[] = {"one", "two", "", "{\"three\":3}"};

static void
check_next(ControlLines *lines, guint *at)
{
	const char *line;
	gsize size;

	while ((line = control_lines_next(lines, &size)) != NULL) {
		g_assert_cmpuint(*at, <, G_N_ELEMENTS(expected));
		g_assert_cmpmem(line, size, expected[*at], strlen(expected[*at]));
		(*at)++;
	}
}

static void
test_every_piece_size(void)
{
	for (gsize piece = 1; piece <= strlen(stream); piece++) {
		g_autoptr(ControlLines) lines = control_lines_new(64);
		guint at = 0;

		for (gsize i = 0; i < strlen(stream); i += piece) {
			g_assert_true(
			    control_lines_feed(lines, stream + i, MIN(piece, strlen(stream) - i)));
			check_next(lines, &at);
		}
		g_assert_cmpuint(at, ==, G_N_ELEMENTS(expected));
	}
}

static void
test_drained_at_the_end(void)
{
	g_autoptr(ControlLines) lines = control_lines_new(64);
	guint at = 0;

	for (gsize i = 0; i < strlen(stream); i++)
		g_assert_true(control_lines_feed(lines, stream + i, 1));
	check_next(lines, &at);
	g_assert_cmpuint(at, ==, G_N_ELEMENTS(expected));
}

static void
test_maximum(void)
{
	g_autoptr(ControlLines) lines = control_lines_new(4);
	gsize size;

	g_assert_true(control_lines_feed(lines, "1234\n12", 7));
	g_assert_cmpmem(control_lines_next(lines, &size), 4, "1234", 4);
	g_assert_cmpuint(size, ==, 4);
	g_assert_null(control_lines_next(lines, &size));
	g_assert_true(control_lines_feed(lines, "34", 2));
	g_assert_false(control_lines_feed(lines, "5", 1));
	g_assert_false(control_lines_feed(lines, "\n", 1));
}

static void
test_maximum_inside_a_piece(void)
{
	g_autoptr(ControlLines) lines = control_lines_new(4);

	g_assert_false(control_lines_feed(lines, "1\n12345\n", 8));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/control_lines/every_piece_size", test_every_piece_size);
	g_test_add_func("/control_lines/drained_at_the_end", test_drained_at_the_end);
	g_test_add_func("/control_lines/maximum", test_maximum);
	g_test_add_func("/control_lines/maximum_inside_a_piece", test_maximum_inside_a_piece);
	return g_test_run();
}
