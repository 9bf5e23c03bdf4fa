/* SPDX-License-Identifier: MIT */
#include "text_table.h"

#include <string.h>

static TextTable *
sample(void)
{
	TextTable *table = text_table_new();

	text_table_add_column(table, "NAME", FALSE);
	text_table_add_column(table, "N", TRUE);
	text_table_add_column(table, "TOPIC", FALSE);
	text_table_add_row(table, (const char *const[]){"日本", "7", "wide characters", NULL});
	text_table_add_row(table, (const char *const[]){"e\xcc\x81t\xc3\xa9", "123", "", NULL});
	return table;
}

static void
test_aligned(void)
{
	g_autoptr(TextTable) table = sample();
	g_autofree char *text = text_table_print(table, 0, TRUE);
	g_autofree char *bare = text_table_print(table, 0, FALSE);

	g_assert_cmpstr(
	    text, ==, "NAME    N  TOPIC\n日本    7  wide characters\ne\xcc\x81t\xc3\xa9   123  \n");
	g_assert_true(g_str_has_prefix(bare, "日本"));
}

static void
test_cut(void)
{
	g_autoptr(TextTable) table = sample();

	for (guint width = 18; width < 30; width++) {
		g_autofree char *text = text_table_print(table, width, TRUE);
		g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

		for (char **line = lines; *line != NULL; line++)
			g_assert_cmpuint(text_width(*line), <=, MAX(width, 19));
		g_assert_cmpint(strstr(text, "…") != NULL, ==, width < 26);
	}
}

/* A wide character that does not fit before the ellipsis leaves its place empty. */
static void
test_cut_wide(void)
{
	g_autoptr(TextTable) table = text_table_new();
	g_autofree char *text = NULL;

	text_table_add_column(table, "", FALSE);
	text_table_add_column(table, "X", FALSE);
	text_table_add_row(table, (const char *const[]){"日本日本日本", "y", NULL});
	text = text_table_print(table, 11, FALSE);
	g_assert_cmpstr(text, ==, "日本日…   y\n");
}

static void
test_clean(void)
{
	g_autofree char *text = text_clean("a\x1b]0;x\x07\nb\xff");

	g_assert_cmpstr(text, ==, "a\357\277\275]0;x\357\277\275\357\277\275b\357\277\275");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/text_table/aligned", test_aligned);
	g_test_add_func("/text_table/cut", test_cut);
	g_test_add_func("/text_table/cut_wide", test_cut_wide);
	g_test_add_func("/text_table/clean", test_clean);
	return g_test_run();
}
