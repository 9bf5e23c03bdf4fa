/* SPDX-License-Identifier: MIT */
#include "base/random.h"

#include <glib.h>
#include <string.h>

static void
test_seeded(void)
{
	Random first = random_seeded(0);
	Random second = random_seeded(0);
	Random other = random_seeded(1);

	/* The first value of splitmix64 from 0, as its author's program gives it. */
	g_assert_cmpuint(random_u64(&first), ==, UINT64_C(0xe220a8397b1dcdaf));
	g_assert_cmpuint(random_u64(&second), ==, UINT64_C(0xe220a8397b1dcdaf));
	g_assert_cmpuint(random_u64(&first), ==, random_u64(&second));
	g_assert_cmpuint(random_u64(&other), !=, UINT64_C(0xe220a8397b1dcdaf));
}

static void
test_system(void)
{
	Random random = random_system();

	g_assert_cmpuint(random_u64(&random), !=, random_u64(&random));
}

/* Many short ones come from one call: none twice, and what was given out is not kept. */
static void
test_system_short(void)
{
	g_autoptr(GHashTable) seen =
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	Random random = random_system();

	for (unsigned i = 0; i < 1000; i++) {
		uint64_t value = random_u64(&random);

		g_assert_true(g_hash_table_add(seen, g_memdup2(&value, sizeof value)));
		for (size_t j = random.n_kept; j < sizeof random.kept; j++)
			g_assert_cmpuint(random.kept[j], ==, 0);
	}
}

static void
test_token(void)
{
	Random random = random_system();
	char long_token[200], short_token[1] = {'x'};
	char first[17], second[17];

	random_token(&random, long_token, sizeof long_token);
	g_assert_cmpuint(strlen(long_token), ==, 199);
	g_assert_cmpuint(strspn(long_token, "abcdefghijklmnopqrstuvwxyz234567"), ==, 199);
	random_token(&random, short_token, sizeof short_token);
	g_assert_cmpstr(short_token, ==, "");
	random_token(&random, first, sizeof first);
	random_token(&random, second, sizeof second);
	g_assert_cmpstr(first, !=, second);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/random/seeded", test_seeded);
	g_test_add_func("/random/system", test_system);
	g_test_add_func("/random/system-short", test_system_short);
	g_test_add_func("/random/token", test_token);
	return g_test_run();
}
