/* SPDX-License-Identifier: MIT */
/* Filter and sort of a list, with and without the snap-in's own comparison. */
#include "list_index.h"

#include "demo_rows.h"

#include <string.h>

static const ListOrder as_given = {LIST_INDEX_NO_SORT, FALSE};

static const char *
text_at(const ListIndex *index, const SnapinList *list, gpointer data, guint at, guint column)
{
	return list->cell_text(data, g_array_index(index->entries, ListEntry, at).row, column);
}

static void
test_as_given(void)
{
	DemoRows *rows = demo_rows_new(10);
	g_autoptr(ListIndex) index = list_index_build(&demo_list, rows, NULL, &as_given);

	g_assert_cmpuint(index->entries->len, ==, 10);
	g_assert_cmpuint(index->total, ==, 10);
	for (guint i = 0; i < 10; i++) {
		g_assert_cmpuint(g_array_index(index->entries, ListEntry, i).id, ==, i + 1);
		g_assert_cmpuint(g_array_index(index->entries, ListEntry, i).row, ==, i);
	}
	demo_rows_free(rows);
}

static void
test_empty(void)
{
	DemoRows *rows = demo_rows_new(0);
	g_autoptr(ListIndex) index =
	    list_index_build(&demo_plain_list, rows, "x", &(ListOrder){0, TRUE});

	g_assert_cmpuint(index->entries->len, ==, 0);
	demo_rows_free(rows);
}

static void
check_sorted(const SnapinList *list, guint column, gboolean descending)
{
	DemoRows *rows = demo_rows_new(2000);
	ListOrder order = {(int)column, descending};
	g_autoptr(ListIndex) index = list_index_build(list, rows, NULL, &order);

	g_assert_cmpuint(index->entries->len, ==, 2000);
	for (guint i = 1; i < index->entries->len; i++) {
		guint before = g_array_index(index->entries, ListEntry, i - 1).row;
		guint after = g_array_index(index->entries, ListEntry, i).row;
		int result = demo_list.compare(rows, before, after, column);

		g_assert_cmpint(descending ? -result : result, <=, 0);
		if (result == 0) /* rows that are equal keep the snap-in's order */
			g_assert_cmpuint(before, <, after);
	}
	demo_rows_free(rows);
}

static void
test_sort(void)
{
	for (guint column = 0; column < DEMO_N_COLUMNS; column++) {
		check_sorted(&demo_list, column, FALSE);
		check_sorted(&demo_list, column, TRUE);
	}
}

/* By text in any case, and by number where the column is one: 9 before 10. */
static void
test_sort_without_compare(void)
{
	check_sorted(&demo_plain_list, DEMO_COLUMN_NAME, FALSE);
	check_sorted(&demo_plain_list, DEMO_COLUMN_NAME, TRUE);
	check_sorted(&demo_plain_list, DEMO_COLUMN_SIZE, FALSE);
	check_sorted(&demo_plain_list, DEMO_COLUMN_SIZE, TRUE);
}

static void
test_filter(void)
{
	DemoRows *rows = demo_rows_new(500);
	g_autoptr(ListIndex) index =
	    list_index_build(&demo_list, rows, "  BOLT \t red ", &as_given);

	g_assert_cmpuint(index->entries->len, >, 5);
	g_assert_cmpuint(index->entries->len, <, 50);
	g_assert_cmpuint(index->n_matching, ==, index->entries->len);
	g_assert_cmpuint(index->n_rows, ==, 500);
	for (guint i = 0; i < index->entries->len; i++) {
		g_assert_true(g_str_has_prefix(text_at(index, &demo_list, rows, i, 0), "Bolt"));
		g_assert_cmpstr(text_at(index, &demo_list, rows, i, 2), ==, "red");
	}
	demo_rows_free(rows);
}

/* Case beyond ASCII, and words that may stand in different cells. */
static void
test_filter_unicode(void)
{
	DemoRows *rows = demo_rows_new(50);
	g_autoptr(ListIndex) index = list_index_build(&demo_list, rows, "äRGER", &as_given);
	g_autoptr(ListIndex) none = list_index_build(&demo_list, rows, "äRGER red", &as_given);
	g_autoptr(ListIndex) blank = list_index_build(&demo_list, rows, " \t ", &as_given);

	g_assert_cmpuint(index->entries->len, ==, 10);
	g_assert_cmpuint(none->entries->len, ==, 0);
	g_assert_cmpuint(blank->entries->len, ==, 50);
	demo_rows_free(rows);
}

static void
test_cap(void)
{
	DemoRows *rows = demo_rows_new(LIST_INDEX_MAX_ROWS + 7);
	g_autoptr(ListIndex) index = list_index_build(&demo_plain_list, rows, NULL, &as_given);

	g_assert_cmpuint(index->entries->len, ==, LIST_INDEX_MAX_ROWS);
	g_assert_cmpuint(index->n_matching, ==, LIST_INDEX_MAX_ROWS + 7);
	demo_rows_free(rows);
}

static void
test_default_order(void)
{
	SnapinList list = demo_list;

	g_assert_cmpint(list_order_default(&list).column, ==, DEMO_COLUMN_NAME);
	list.default_sort = "-size";
	g_assert_cmpint(list_order_default(&list).column, ==, DEMO_COLUMN_SIZE);
	g_assert_true(list_order_default(&list).descending);
	list.default_sort = "nothing";
	g_assert_cmpint(list_order_default(&list).column, ==, -1);
	list.default_sort = NULL;
	g_assert_cmpint(list_order_default(&list).column, ==, LIST_INDEX_NO_SORT);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/list-index/as-given", test_as_given);
	g_test_add_func("/list-index/empty", test_empty);
	g_test_add_func("/list-index/sort", test_sort);
	g_test_add_func("/list-index/sort-without-compare", test_sort_without_compare);
	g_test_add_func("/list-index/filter", test_filter);
	g_test_add_func("/list-index/filter-unicode", test_filter_unicode);
	g_test_add_func("/list-index/cap", test_cap);
	g_test_add_func("/list-index/default-order", test_default_order);
	return g_test_run();
}
