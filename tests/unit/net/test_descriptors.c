/* SPDX-License-Identifier: MIT */
#include "net/descriptors.h"

#include <sys/resource.h>

static void
test_raise(void)
{
	struct rlimit limit;
	rlim_t hard;
	uint64_t raised = 0;
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(getrlimit(RLIMIT_NOFILE, &limit), ==, 0);
	hard = limit.rlim_max;
	limit.rlim_cur = 64;
	g_assert_cmpint(setrlimit(RLIMIT_NOFILE, &limit), ==, 0);
	g_assert_true(descriptors_raise_limit(&raised, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(raised, ==, hard);
	g_assert_cmpint(getrlimit(RLIMIT_NOFILE, &limit), ==, 0);
	g_assert_cmpuint(limit.rlim_cur, ==, hard);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/descriptors/raise", test_raise);
	return g_test_run();
}
