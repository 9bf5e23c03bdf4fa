/* SPDX-License-Identifier: MIT */
/* Notices: letters of kinds, and changes to sets of them. */
#include "proto/notices.h"

#include <glib.h>
#include <string.h>

static void
test_rows(void)
{
	for (unsigned i = 0; i < NOTICE_KINDS; i++) {
		g_assert_cmpuint(notice_find(notice_row(i)->letter), ==, i);
		g_assert_cmpuint(strlen(notice_row(i)->help), >, 10);
		g_assert_true(i == 0 || notice_row(i - 1)->letter < notice_row(i)->letter);
	}
	g_assert_cmpuint(notice_find('Y'), ==, NOTICE_KINDS);
	g_assert_cmpuint(notice_find('\0'), ==, NOTICE_KINDS);
}

static void
test_changes(void)
{
	static const struct {
		const char *before, *change, *after, *unknown;
	} cases[] = {{"", "kc", "ck", NULL}, {"ck", "+d-k", "cd", NULL}, {"ck", "-ck", "", NULL},
	    {"ck", "", "ck", NULL}, {"ck", "+-", "ck", NULL}, {"c", "-k+k", "ck", NULL},
	    {"c", "k!d", "c", "!d"}, {"c", "-c\xc3\xa9", "c", "\xc3\xa9"}};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *unknown = "unset";
		char letters[NOTICE_KINDS + 1];
		uint32_t mask = notices_change(0, cases[i].before, &unknown);

		g_assert_null(unknown);
		mask = notices_change(mask, cases[i].change, &unknown);
		notices_letters(mask, letters);
		g_assert_cmpstr(letters, ==, cases[i].after);
		g_assert_cmpstr(unknown, ==, cases[i].unknown);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/notices/rows", test_rows);
	g_test_add_func("/notices/changes", test_changes);
	return g_test_run();
}
