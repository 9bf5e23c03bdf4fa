/* SPDX-License-Identifier: MIT */
/* The table of formats, and lines of any kind. */
#include "import/import_format.h"

#include <string.h>

static void
test_unknown(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(import_parse("cobol", "", 0, &error));
	g_assert_cmpstr(error->message, ==, "cobol is no format; allowed are anope, atheme, ergo");
}

static void
test_lines(void)
{
	const char *text = "a\r\n\nbc";
	size_t left = strlen(text);
	const char *line;
	size_t length;

	g_assert_true(import_next_line(&text, &left, &line, &length));
	g_assert_cmpmem(line, length, "a", 1);
	g_assert_true(import_next_line(&text, &left, &line, &length));
	g_assert_cmpuint(length, ==, 0);
	g_assert_true(import_next_line(&text, &left, &line, &length));
	g_assert_cmpmem(line, length, "bc", 2);
	g_assert_false(import_next_line(&text, &left, &line, &length));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/import-format/unknown", test_unknown);
	g_test_add_func("/import-format/lines", test_lines);
	return g_test_run();
}
