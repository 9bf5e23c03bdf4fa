/* SPDX-License-Identifier: MIT */
/* Names on as few lines as hold them: separators, the bound, and a word longer than the bound. */
#include "cmd/packed_words.h"

#include <string.h>

static GPtrArray *told;

static void
tell(Ctx *ctx, const char *words)
{
	g_ptr_array_add(told, g_strdup(words));
}

static void
test_bound(void)
{
	PackedWords packed = packed_words_begin(NULL, ',', tell);
	g_autofree char *word = g_strnfill(PACKED_WORDS_MAX - 3, 'x');
	g_autofree char *huge = g_strnfill(PACKED_WORDS_MAX + 1, 'y');
	g_autofree char *first = g_strconcat("a,", word, NULL);

	told = g_ptr_array_new_with_free_func(g_free);
	packed_words_add(&packed, "a");
	packed_words_add(&packed, word);
	g_assert_cmpuint(told->len, ==, 0);
	packed_words_add(&packed, "b");
	packed_words_add(&packed, "c");
	/* Alone it goes out all the same: no word is lost. */
	packed_words_add(&packed, huge);
	packed_words_add(&packed, "d");
	g_assert_cmpuint(packed_words_end(&packed), ==, 4);
	g_assert_cmpuint(told->len, ==, 4);
	g_assert_cmpstr(told->pdata[0], ==, first);
	g_assert_cmpstr(told->pdata[1], ==, "b,c");
	g_assert_cmpstr(told->pdata[2], ==, huge);
	g_assert_cmpstr(told->pdata[3], ==, "d");
	g_ptr_array_unref(told);
}

static void
test_nothing(void)
{
	PackedWords packed = packed_words_begin(NULL, ' ', tell);

	told = g_ptr_array_new_with_free_func(g_free);
	g_assert_cmpuint(packed_words_end(&packed), ==, 0);
	g_assert_cmpuint(told->len, ==, 0);
	g_ptr_array_unref(told);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/packed-words/bound", test_bound);
	g_test_add_func("/packed-words/nothing", test_nothing);
	return g_test_run();
}
