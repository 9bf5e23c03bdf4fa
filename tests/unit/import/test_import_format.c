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

/* A file of another program, or of another form, is told by its name. */
static void
test_other_form(void)
{
	static const struct {
		const char *format, *text, *told;
	} cases[] = {
	    {"anope", "DBV 12\nMDU x y z\n",
		"it looks like the database of Atheme (atheme, not anope): "},
	    {"anope", "SQLite format 3",
		"it looks like a database of SQLite, which is not read here: "},
	    {"anope", "-- MySQL dump\n",
		"it looks like a dump of an SQL database, which is not read here: "},
	    {"anope", "\x1f\x8b...",
		"it looks like a file packed with gzip, which is not read here: "},
	    {"anope", "{\"version\": 1, \"users\": {}}",
		"it looks like what Ergo's converters write (ergo, not anope): "},
	    {"atheme", "OBJECT NickCore\nEND\n",
		"it looks like the flat file of Anope (anope, not atheme): "},
	    {"ergo", "{\"data\": {\"NickCore\": {}}}",
		"it looks like the JSON file of Anope (anope, not ergo): "},
	    {"anope", "OBJECT NickCore\nDATA x\n", "line 2: "},
	    {"anope", "what is this\n", "line 1: "},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(
		    import_parse(cases[i].format, cases[i].text, strlen(cases[i].text), &error));
		if (!g_str_has_prefix(error->message, cases[i].told))
			g_error("%s: %s", cases[i].text, error->message);
	}
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
	g_test_add_func("/import-format/other-form", test_other_form);
	g_test_add_func("/import-format/lines", test_lines);
	return g_test_run();
}
