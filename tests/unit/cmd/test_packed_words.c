/* SPDX-License-Identifier: MIT */
/* Names on one line: separators, the bound, and a word longer than the bound. */
#include "cmd/packed_words.h"

#include <string.h>

static void
test_bound(void)
{
	g_autoptr(GString) line = g_string_new(NULL);
	g_autofree char *word = g_strnfill(PACKED_WORDS_MAX - 2, 'x');
	g_autofree char *huge = g_strnfill(PACKED_WORDS_MAX + 1, 'y');

	g_assert_true(packed_words_add(line, ',', "a"));
	g_assert_true(packed_words_add(line, ',', word));
	g_assert_cmpuint(line->len, ==, PACKED_WORDS_MAX);
	g_assert_false(packed_words_add(line, ',', ""));
	g_assert_true(g_str_has_prefix(line->str, "a,xx"));
	g_string_truncate(line, 0);
	g_assert_true(packed_words_add(line, ' ', "a"));
	g_assert_true(packed_words_add(line, ' ', "b"));
	g_assert_cmpstr(line->str, ==, "a b");
	g_string_truncate(line, 0);
	/* Alone it goes out all the same: no word is lost, and no caller loops. */
	g_assert_true(packed_words_add(line, ' ', huge));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/packed-words/bound", test_bound);
	return g_test_run();
}
