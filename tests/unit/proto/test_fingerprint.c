/* SPDX-License-Identifier: MIT */
#include "proto/fingerprint.h"

#include <glib.h>

#define F "22e88c7d6da9b73fbb515ed6a8f6d133c680527a799e3069ca7ce346d90649b2"
#define UPPER "22E88C7D6DA9B73FBB515ED6A8F6D133C680527A799E3069CA7CE346D90649B2"

static void
test_valid(void)
{
	g_assert_true(fingerprint_is_valid(F));
	g_assert_true(fingerprint_is_valid(UPPER));
	g_assert_false(fingerprint_is_valid(F "0"));
	g_assert_false(fingerprint_is_valid(""));
	g_assert_false(fingerprint_is_valid(
	    "g2e88c7d6da9b73fbb515ed6a8f6d133c680527a799e3069ca7ce346d90649b2"));
}

static void
test_list(void)
{
	char *const list[] = {(char *)"00", (char *)UPPER, NULL};
	char *const empty[] = {(char *)"", NULL};

	g_assert_true(fingerprint_in(list, F));
	g_assert_false(fingerprint_in(list, "11"));
	g_assert_false(fingerprint_in(list, NULL));
	g_assert_false(fingerprint_in(empty, ""));
	g_assert_false(fingerprint_in(empty + 1, F));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fingerprint/valid", test_valid);
	g_test_add_func("/fingerprint/list", test_list);
	return g_test_run();
}
