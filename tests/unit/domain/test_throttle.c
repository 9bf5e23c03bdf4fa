/* SPDX-License-Identifier: MIT */
#include "domain/throttle.h"

static void
test_window(void)
{
	g_autoptr(Throttle) throttle = throttle_new();

	g_assert_true(throttle_allows(throttle, "a", 1, 0));
	throttle_count(throttle, "a", 100, 10);
	g_assert_false(throttle_allows(throttle, "a", 1, 109));
	g_assert_cmpint(throttle_wait(throttle, "a", 1, 109), ==, 1);
	g_assert_cmpint(throttle_wait(throttle, "a", 2, 109), ==, 0);
	g_assert_cmpint(throttle_wait(throttle, "b", 1, 109), ==, 0);
	g_assert_true(throttle_allows(throttle, "a", 2, 109));
	g_assert_true(throttle_allows(throttle, "b", 1, 50));
	throttle_count(throttle, "a", 100, 90);
	g_assert_false(throttle_allows(throttle, "a", 2, 109));
	/* The window that the first count began is over, whole. */
	g_assert_true(throttle_allows(throttle, "a", 1, 110));
	throttle_count(throttle, "a", 100, 110);
	g_assert_false(throttle_allows(throttle, "a", 1, 209));
}

/* However many keys come, the newest counts. */
static void
test_bound(void)
{
	g_autoptr(Throttle) throttle = throttle_new();

	for (unsigned i = 0; i < THROTTLE_KEYS_MAX + 3; i++) {
		g_autofree char *key = g_strdup_printf("%u", i);

		throttle_count(throttle, key, 1000000, i);
		g_assert_false(throttle_allows(throttle, key, 1, i));
	}
	g_assert_true(throttle_allows(throttle, "0", 1, 5));
	g_assert_false(throttle_allows(throttle, "3", 1, 5));
	/* All are over: there is room for all. */
	throttle_count(throttle, "new", 10, 10000000);
	g_assert_true(throttle_allows(throttle, "3", 1, 10000000));
	g_assert_false(throttle_allows(throttle, "new", 1, 10000000));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/throttle/window", test_window);
	g_test_add_func("/throttle/bound", test_bound);
	return g_test_run();
}
