/* SPDX-License-Identifier: MIT */
/* Skeletons: names that are read alike have one. */
#include "proto/confusable.h"

static void
assert_looks(const Confusable *confusable, const char *a, const char *b, gboolean alike)
{
	g_autofree char *left = confusable_skeleton(confusable, a);
	g_autofree char *right = confusable_skeleton(confusable, b);
	g_test_message("%s %s: %s %s", a, b, left, right);
	g_assert_cmpint(g_str_equal(left, right), ==, alike);
}

static void
test_skeleton(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Confusable) confusable = confusable_new(&error);
	g_autofree char *longest = g_strnfill(1000, 'x');
	g_autofree char *own = NULL;
	g_assert_no_error(error);
	assert_looks(confusable, "evan", "еvan", TRUE);
	assert_looks(confusable, "EVAN", "еvan", TRUE);
	assert_looks(confusable, "paypal", "раураl", TRUE);
	assert_looks(confusable, "evan", "ivan", FALSE);
	assert_looks(confusable, "анна", "anna", FALSE);
	own = confusable_skeleton(confusable, longest);
	g_assert_cmpstr(own, ==, longest);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/confusable/skeleton", test_skeleton);
	return g_test_run();
}
