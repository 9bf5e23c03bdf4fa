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

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/list_words/each_once", test_each_once);
	return g_test_run();
}
