/* SPDX-License-Identifier: MIT */
#include "domain/tally.h"

static void
test_counts(void)
{
	g_autoptr(Tally) tally = tally_new();

	g_assert_cmpuint(tally_of(tally, "a"), ==, 0);
	g_assert_cmpuint(tally_count(tally, "a", +1), ==, 1);
	g_assert_cmpuint(tally_count(tally, "a", +1), ==, 2);
	g_assert_cmpuint(tally_count(tally, "b", +1), ==, 1);
	g_assert_cmpuint(tally_count(tally, "a", -1), ==, 1);
	g_assert_cmpuint(tally_of(tally, "a"), ==, 1);
	g_assert_cmpuint(tally_count(tally, "a", -1), ==, 0);
	g_assert_cmpuint(tally_of(tally, "a"), ==, 0);
	g_assert_cmpuint(tally_of(tally, "b"), ==, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tally/counts", test_counts);
	return g_test_run();
}
