/* SPDX-License-Identifier: MIT */
/* Properties of one user: sorted, each once, never more than allowed. */
#include "domain/property_list.h"

static void
test_set_and_remove(void)
{
	g_autoptr(PropertyList) list = NULL;

	g_assert_cmpuint(property_list_length(list), ==, 0);
	g_assert_null(property_list_get(list, "a"));
	g_assert_false(property_list_remove(&list, "a"));
	g_assert_true(property_list_set(&list, "b", "1", 3));
	g_assert_true(property_list_set(&list, "c", "", 3));
	g_assert_true(property_list_set(&list, "a", "2", 3));
	g_assert_false(property_list_set(&list, "d", "3", 3));
	/* One that is there can be changed when the list is full. */
	g_assert_true(property_list_set(&list, "b", "4", 3));
	g_assert_cmpuint(property_list_length(list), ==, 3);
	g_assert_cmpstr(property_list_at(list, 0)->key, ==, "a");
	g_assert_cmpstr(property_list_at(list, 1)->key, ==, "b");
	g_assert_cmpstr(property_list_at(list, 2)->key, ==, "c");
	g_assert_cmpstr(property_list_get(list, "b"), ==, "4");
	g_assert_cmpstr(property_list_get(list, "c"), ==, "");
	g_assert_true(property_list_remove(&list, "b"));
	g_assert_false(property_list_remove(&list, "b"));
	g_assert_true(property_list_remove(&list, "a"));
	g_assert_true(property_list_remove(&list, "c"));
	g_assert_null(list);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/property-list/set-and-remove", test_set_and_remove);
	return g_test_run();
}
