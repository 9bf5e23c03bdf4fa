/* SPDX-License-Identifier: MIT */
#include "base/message_id.h"

#include <glib.h>
#include <string.h>

#define TIME INT64_C(1500000000000000)

static void
test_form(void)
{
	Random random = random_seeded(1);
	char first[MESSAGE_ID_SIZE], second[MESSAGE_ID_SIZE], later[MESSAGE_ID_SIZE];

	message_id_make(&random, TIME, first);
	message_id_make(&random, TIME + 999, second);
	message_id_make(&random, TIME + 1000, later);
	g_assert_cmpuint(strlen(first), ==, 23);
	g_assert_cmpuint(strspn(first, "0abcdefghijklmnopqrstuvwxyz234567"), ==, 23);
	g_assert_cmpint(first[0], ==, '0');
	/* One millisecond, two ids; they sort as their times do. */
	g_assert_cmpint(strncmp(first, second, 10), ==, 0);
	g_assert_cmpstr(first, !=, second);
	g_assert_cmpint(strcmp(second, later), <, 0);
}

static void
test_key_grows(void)
{
	Random random = random_seeded(2);
	int64_t last = 0;

	for (int64_t i = 0; i < 10000; i++) {
		char id[MESSAGE_ID_SIZE];
		int64_t key;

		message_id_make(&random, TIME + i * 1000 * 3600 * 24, id);
		key = message_id_key(id);
		g_assert_cmpint(key, >, last);
		g_assert_cmpint(key, ==, message_id_key(id));
		last = key;
	}
}

/* What was stored before ids had a time is still found by the key it was stored under. */
static void
test_key_of_other_forms(void)
{
	static const char *const others[] = {"", "a", "abcdefghijklmnopqrstuvw", "0bcdefghi",
	    "0234567890123456789012!", "0abcdefgh1jklmnopqrstuv"};

	g_assert_cmpint(message_id_key(""), ==, (int64_t)UINT64_C(0xcbf29ce484222325));
	g_assert_cmpint(message_id_key("a"), ==, (int64_t)UINT64_C(0xaf63dc4c8601ec8c));
	for (unsigned i = 0; i < G_N_ELEMENTS(others); i++)
		for (unsigned j = 0; j < i; j++)
			g_assert_cmpint(message_id_key(others[i]), !=, message_id_key(others[j]));
}

static void
test_key_tells_apart_within_a_millisecond(void)
{
	Random random = random_seeded(3);
	g_autoptr(GHashTable) keys =
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

	for (unsigned i = 0; i < 100; i++) {
		char id[MESSAGE_ID_SIZE];
		int64_t *key = g_new(int64_t, 1);

		message_id_make(&random, TIME, id);
		*key = message_id_key(id);
		g_hash_table_add(keys, key);
	}
	g_assert_cmpuint(g_hash_table_size(keys), ==, 100);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/message_id/form", test_form);
	g_test_add_func("/message_id/key/grows", test_key_grows);
	g_test_add_func("/message_id/key/other_forms", test_key_of_other_forms);
	g_test_add_func("/message_id/key/apart", test_key_tells_apart_within_a_millisecond);
	return g_test_run();
}
