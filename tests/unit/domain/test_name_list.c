/* SPDX-License-Identifier: MIT */
/* ACCEPT's list: once each without case, in the order of adding. */
#include "domain/name_list.h"

static void
test_list(void)
{
	g_autoptr(NameList) list = name_list_new();

	g_assert_cmpuint(name_list_count(NULL), ==, 0);
	g_assert_false(name_list_has(NULL, "a"));
	g_assert_false(name_list_has(list, NULL));
	g_assert_true(name_list_add(list, "Ann"));
	g_assert_false(name_list_add(list, "aNN"));
	g_assert_true(name_list_add(list, "bob"));
	g_assert_cmpuint(name_list_count(list), ==, 2);
	g_assert_cmpstr(name_list_name(list, 0), ==, "Ann");
	g_assert_true(name_list_has(list, "BOB"));
	g_assert_true(name_list_remove(list, "ANN"));
	g_assert_false(name_list_remove(list, "ann"));
	g_assert_cmpstr(name_list_name(list, 0), ==, "bob");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/name-list/list", test_list);
	return g_test_run();
}
