/* SPDX-License-Identifier: MIT */
/* Cloaks: the same for the same, alike as far as the networks are. */
#include "proto/cloak.h"

#include <string.h>

static const unsigned char key[CLOAK_KEY_SIZE] = "0123456789abcdef0123456789abcdef";

/* The last `labels` labels before the suffix are the same, the one before is not. */
static void
assert_shared(const char *a, const char *b, unsigned labels)
{
	g_autofree char *left = cloak_make(key, a, "x.example");
	g_autofree char *right = cloak_make(key, b, "x.example");
	size_t from = (3 - labels) * (CLOAK_LABEL + 1);

	g_assert_cmpstr(left + from, ==, right + from);
	if (labels < 3)
		g_assert_cmpint(memcmp(left + from - CLOAK_LABEL - 1,
				    right + from - CLOAK_LABEL - 1, CLOAK_LABEL),
		    !=, 0);
}

static void
test_ranges(void)
{
	assert_shared("192.0.2.1", "192.0.2.1", 3);
	assert_shared("192.0.2.1", "192.0.2.2", 2);
	assert_shared("192.0.2.1", "192.0.3.1", 1);
	assert_shared("192.0.2.1", "192.1.2.1", 0);
	assert_shared("::ffff:192.0.2.1", "192.0.2.1", 3);
	assert_shared("2001:db8::1", "2001:db8::ffff:1", 3);
	assert_shared("2001:db8::1", "2001:db8:0:1::1", 2);
	assert_shared("2001:db8::1", "2001:db8:1::1", 1);
	assert_shared("2001:db8::1", "2001:db9::1", 0);
}

static void
test_form(void)
{
	static const unsigned char other[CLOAK_KEY_SIZE] = "another";
	g_autofree char *longest = g_strnfill(CLOAK_SUFFIX_MAX, 'a');
	g_autofree char *host = cloak_make(key, "192.0.2.1", longest);
	g_autofree char *else_host = cloak_make(other, "192.0.2.1", longest);
	/* By hand: HMAC-SHA-256 of 04 20 c0000201, its first 40 bits in the digits' base 32. */
	g_autofree char *known = cloak_make(key, "192.0.2.1", "x.example");

	g_assert_cmpuint(strlen(host), ==, 63);
	g_assert_cmpstr(host, !=, else_host);
	g_assert_cmpstr(known, ==, "x8kwabkv.57790tfy.5xpa7hhs.x.example");
	g_assert_null(cloak_make(key, "localhost", "x.example"));
	g_assert_null(cloak_make(key, "192.0.2.0/24", "x.example"));
	g_assert_null(cloak_make(key, "", "x.example"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cloak/ranges", test_ranges);
	g_test_add_func("/cloak/form", test_form);
	return g_test_run();
}
