/* SPDX-License-Identifier: MIT */
#include "control/list_key.h"

#include <stdlib.h>

/* The heap against sorting everything. */
static int
compare_up(const void *a, const void *b)
{
	return list_key_compare(a, b, false);
}

static void
test_heap_against_a_sort(void)
{
	for (unsigned round = 0; round < 200; round++) {
		unsigned count = (unsigned)g_test_rand_int_range(0, 60);
		unsigned capacity = (unsigned)g_test_rand_int_range(1, 40);
		bool descending = g_test_rand_bit();
		g_autofree ListKey *all = g_new0(ListKey, count + 1);
		ListHeap heap;

		list_heap_init(&heap, capacity, descending);
		for (unsigned i = 0; i < count; i++) {
			all[i] = (ListKey){.handle = {i, 1}, .number = g_test_rand_int_range(0, 9)};
			list_heap_offer(&heap, &all[i]);
		}
		qsort(all, count, sizeof *all, compare_up);
		list_heap_sort(&heap);
		g_assert_cmpuint(heap.n_keys, ==, MIN(count, capacity));
		for (unsigned i = 0; i < heap.n_keys; i++)
			g_assert_true(handle_equal(
			    heap.keys[i].handle, all[descending ? count - 1 - i : i].handle));
		list_heap_clear(&heap);
	}
}

static void
test_order(void)
{
	ListKey none = {.handle = {9, 9}};
	ListKey number = {.handle = {1, 1}, .number = -5};
	ListKey upper = {.handle = {1, 1}, .is_text = true, .text = (char *)"B"};
	ListKey lower = {.handle = {2, 1}, .is_text = true, .text = (char *)"a"};
	ListKey same = {.handle = {1, 2}, .is_text = true, .text = (char *)"b"};

	g_assert_cmpint(list_key_compare(&lower, &upper, false), <, 0);
	g_assert_cmpint(list_key_compare(&lower, &upper, true), >, 0);
	g_assert_cmpint(list_key_compare(&upper, &same, false), <, 0);
	g_assert_cmpint(list_key_compare(&none, &lower, false), <, 0);
	g_assert_cmpint(list_key_compare(&number, &none, false), <, 0);
	g_assert_cmpint(list_key_compare(&upper, &upper, false), ==, 0);
}

static void
test_cursors(void)
{
	ListKey text = {
	    .handle = {4000000000u, 7}, .is_text = true, .text = (char *)"\xc3\xa4 \"x\""};
	ListKey number = {.handle = {1, 1}, .number = INT64_MIN};
	g_autofree char *of_text = list_cursor_write("-name", &text);
	g_autofree char *of_number = list_cursor_write("tls", &number);
	ListKey got;

	g_assert_true(list_cursor_read(of_text, "-name", &got));
	g_assert_cmpint(list_key_compare(&got, &text, false), ==, 0);
	g_free(got.text);
	g_assert_true(list_cursor_read(of_number, "tls", &got));
	g_assert_cmpint(list_key_compare(&got, &number, false), ==, 0);
	g_assert_false(list_cursor_read(of_text, "name", &got));
	g_assert_false(list_cursor_read("", "name", &got));
	g_assert_false(list_cursor_read("!!!", "name", &got));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/list-key/heap", test_heap_against_a_sort);
	g_test_add_func("/list-key/order", test_order);
	g_test_add_func("/list-key/cursors", test_cursors);
	return g_test_run();
}
