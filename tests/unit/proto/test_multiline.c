/* SPDX-License-Identifier: MIT */
/* A message from the lines of a batch: limits to the byte and line, and each way to be none. */
#include "proto/multiline.h"

#include <string.h>

static const MultilineLine *
line_at(const Multiline *multiline, unsigned index)
{
	return &g_array_index(multiline->lines, MultilineLine, index);
}

/* A line of PRIVMSG or NOTICE; `text` NULL: it has none. */
static MultilineStatus
add(Multiline *multiline, const char *verb, const char *target, const char *text, bool concat)
{
	const char *const parameters[] = {target, text};

	return multiline_add(multiline, verb, parameters, text ? 2 : 1, concat);
}

static MultilineStatus
add_edit(Multiline *multiline, const char *about, const char *text, bool concat)
{
	const char *const parameters[] = {"a", about, text};

	return multiline_add(multiline, "edit", parameters, !about ? 1 : !text ? 2 : 3, concat);
}

static void
test_message(void)
{
	g_autoptr(Multiline) multiline = multiline_new("#Chat", 100, 10);
	g_autofree char *text = NULL;

	g_assert_cmpint(add(multiline, "privmsg", "#chat", "a", true), ==, MULTILINE_OK);
	g_assert_cmpint(add(multiline, "PRIVMSG", "#CHAT", "", false), ==, MULTILINE_OK);
	g_assert_cmpint(add(multiline, "PRIVMSG", "#chat", "b ", false), ==, MULTILINE_OK);
	g_assert_cmpint(add(multiline, "PRIVMSG", "#chat", "c", true), ==, MULTILINE_OK);
	g_assert_cmpint(multiline_finish(multiline), ==, MULTILINE_OK);
	g_assert_cmpstr(multiline->verb, ==, "PRIVMSG");
	/* There is nothing that the first line could continue. */
	g_assert_false(line_at(multiline, 0)->concat);
	g_assert_true(line_at(multiline, 3)->concat);
	text = multiline_text(line_at(multiline, 0), multiline->lines->len);
	g_assert_cmpstr(text, ==, "a\n\nb c");
	g_assert_cmpuint(multiline->bytes, ==, strlen(text));
}

/* The line feed that joins two lines counts; a continued line has none. */
static void
test_bytes(void)
{
	g_autoptr(Multiline) joined = multiline_new("a", 7, 10);
	g_autoptr(Multiline) continued = multiline_new("a", 6, 10);

	g_assert_cmpint(add(joined, "NOTICE", "a", "abc", false), ==, MULTILINE_OK);
	g_assert_cmpint(add(joined, "NOTICE", "a", "def", false), ==, MULTILINE_OK);
	g_assert_cmpuint(joined->bytes, ==, 7);
	g_assert_cmpint(add(joined, "NOTICE", "a", "", false), ==, MULTILINE_TOO_LONG);
	g_assert_cmpint(add(continued, "NOTICE", "a", "abc", false), ==, MULTILINE_OK);
	g_assert_cmpint(add(continued, "NOTICE", "a", "def", true), ==, MULTILINE_OK);
	g_assert_cmpint(add(continued, "NOTICE", "a", "g", true), ==, MULTILINE_TOO_LONG);
}

static void
test_lines(void)
{
	g_autoptr(Multiline) multiline = multiline_new("a", 100, 2);

	for (unsigned i = 0; i < 2; i++)
		g_assert_cmpint(add(multiline, "NOTICE", "a", "x", i > 0), ==, MULTILINE_OK);
	g_assert_cmpint(add(multiline, "NOTICE", "a", "x", true), ==, MULTILINE_TOO_MANY);
	g_assert_cmpint(multiline_finish(multiline), ==, MULTILINE_TOO_MANY);
}

/* What was wrong stays wrong, and nothing is added after it. */
static void
test_refusals(void)
{
	static const struct {
		const char *verb;
		const char *target;
		const char *text;
		bool concat;
		MultilineStatus status;
	} cases[] = {
	    {"NOTICE", "a", "x", false, MULTILINE_OTHER_VERB},
	    {"TAGMSG", "a", "x", false, MULTILINE_OTHER_VERB},
	    {"PRIVMSG", "b", "x", false, MULTILINE_OTHER_TARGET},
	    {"PRIVMSG", "", "x", false, MULTILINE_OTHER_TARGET},
	    {"PRIVMSG", "a", NULL, false, MULTILINE_NO_TEXT},
	    {"PRIVMSG", "a", "", true, MULTILINE_CONCAT_BLANK},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Multiline) multiline = multiline_new("a", 100, 10);

		g_test_message("case %zu", i);
		g_assert_cmpint(add(multiline, "PRIVMSG", "a", "x", false), ==, MULTILINE_OK);
		g_assert_cmpint(
		    add(multiline, cases[i].verb, cases[i].target, cases[i].text, cases[i].concat),
		    ==, cases[i].status);
		g_assert_cmpint(add(multiline, "PRIVMSG", "a", "x", false), ==, cases[i].status);
		g_assert_cmpint(multiline_finish(multiline), ==, cases[i].status);
		g_assert_cmpuint(multiline->lines->len, ==, 1);
	}
}

/* Another text of a message: all lines are about the same one. */
static void
test_edit(void)
{
	g_autoptr(Multiline) multiline = multiline_new("a", 100, 10);
	g_autoptr(Multiline) other = multiline_new("a", 100, 10);
	g_autoptr(Multiline) mixed = multiline_new("a", 100, 10);
	g_autoptr(Multiline) short_of = multiline_new("a", 100, 10);
	g_autofree char *text = NULL;

	g_assert_cmpint(add_edit(multiline, "m1", "one", false), ==, MULTILINE_OK);
	g_assert_cmpint(add_edit(multiline, "m1", "two", false), ==, MULTILINE_OK);
	g_assert_cmpint(multiline_finish(multiline), ==, MULTILINE_OK);
	g_assert_cmpstr(multiline->verb, ==, "EDIT");
	g_assert_cmpstr(multiline->about, ==, "m1");
	text = multiline_text(line_at(multiline, 0), multiline->lines->len);
	g_assert_cmpstr(text, ==, "one\ntwo");

	g_assert_cmpint(add_edit(other, "m1", "one", false), ==, MULTILINE_OK);
	g_assert_cmpint(add_edit(other, "m2", "two", false), ==, MULTILINE_OTHER_MESSAGE);
	g_assert_cmpint(add_edit(mixed, "m1", "one", false), ==, MULTILINE_OK);
	g_assert_cmpint(add(mixed, "PRIVMSG", "a", "two", false), ==, MULTILINE_OTHER_VERB);
	g_assert_cmpint(add_edit(short_of, "m1", NULL, false), ==, MULTILINE_NO_TEXT);
	g_assert_cmpint(add_edit(short_of, NULL, NULL, false), ==, MULTILINE_NO_TEXT);
}

static void
test_nothing_said(void)
{
	g_autoptr(Multiline) empty = multiline_new("a", 100, 10);
	g_autoptr(Multiline) blank = multiline_new("a", 100, 10);

	g_assert_cmpint(multiline_finish(empty), ==, MULTILINE_EMPTY);
	g_assert_cmpint(add(blank, "PRIVMSG", "a", "", false), ==, MULTILINE_OK);
	g_assert_cmpint(add(blank, "PRIVMSG", "a", "", false), ==, MULTILINE_OK);
	g_assert_cmpint(multiline_finish(blank), ==, MULTILINE_ALL_BLANK);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/multiline/message", test_message);
	g_test_add_func("/multiline/bytes", test_bytes);
	g_test_add_func("/multiline/lines", test_lines);
	g_test_add_func("/multiline/refusals", test_refusals);
	g_test_add_func("/multiline/edit", test_edit);
	g_test_add_func("/multiline/nothing-said", test_nothing_said);
	return g_test_run();
}
