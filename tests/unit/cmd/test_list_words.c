/* SPDX-License-Identifier: MIT */
#include "cmd/list_words.h"

#include <glib.h>

static void
test_each_once(void)
{
	g_auto(GStrv) words = g_strsplit("#a,,#A,#b,#a,#c,", ",", -1);
	GString *counted = g_string_new(NULL);

	for (unsigned i = 0; words[i]; i++)
		if (list_word_counts(words, i))
			g_string_append_printf(counted, "%s;", words[i]);
	g_assert_cmpstr(counted->str, ==, "#a;#b;#c;");
	g_string_free(counted, TRUE);
}

static void
test_any(void)
{
	static const char *const lists[] = {"", ",", ",,a", "a"};

	for (unsigned i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_auto(GStrv) words = g_strsplit(lists[i], ",", -1);

		g_assert_cmpint(list_words_any(words), ==, i >= 2);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/list_words/each_once", test_each_once);
	g_test_add_func("/list_words/any", test_any);
	return g_test_run();
}
