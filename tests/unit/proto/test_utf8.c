/* SPDX-License-Identifier: MIT */
/* UTF-8: every class of malformed sequence, and cuts held against GLib's own judgement. */
#include "proto/utf8.h"

#include <glib.h>
#include <string.h>

static void
test_valid(void)
{
	static const char *const good[] = {"", "abc", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80",
	    "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
	    "12345678\xC3\xA9"
	    "12345678"};
	static const char *const bad[] = {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2",
	    "\xC2\x41", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xE2\x82",
	    "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF",
	    "12345678\xFF", "1234567\xE2\x82"};
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_true(utf8_is_valid(good[i], strlen(good[i])));
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(utf8_is_valid(bad[i], strlen(bad[i])));
	g_assert_true(utf8_is_valid("a\0b", 3));
}

static void
test_cut(void)
{
	const char *text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z"; /* 1 2 3 4 1 bytes */
	static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
	for (size_t maximum = 0; maximum < G_N_ELEMENTS(expected); maximum++)
		g_assert_cmpuint(utf8_cut(text, strlen(text), maximum), ==, expected[maximum]);
	g_assert_cmpuint(utf8_cut("ab\xFF"
				  "cd",
			     5, 5),
	    ==, 2);
}

/* Random bytes, most of them from the edges of the encoding. */
static void
test_against_glib(void)
{
	static const unsigned char edges[] = {0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1,
	    0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF4, 0xF5};
	g_autoptr(GRand) random = g_rand_new_with_seed(1);
	unsigned valid = 0;
	for (unsigned round = 0; round < 200000; round++) {
		char text[8];
		size_t length = (size_t)g_rand_int_range(random, 0, sizeof text + 1);
		for (size_t i = 0; i < length; i++)
			text[i] = (char)edges[g_rand_int_range(random, 0, G_N_ELEMENTS(edges))];
		const char *end;
		bool good = g_utf8_validate(text, (gssize)length, &end);
		g_assert_cmpint(utf8_is_valid(text, length), ==, good);
		g_assert_cmpuint(utf8_cut(text, length, length), ==, (size_t)(end - text));
		valid += good;
	}
	g_assert_cmpuint(valid, >, 1000);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/utf8/valid", test_valid);
	g_test_add_func("/utf8/cut", test_cut);
	g_test_add_func("/utf8/against-glib", test_against_glib);
	return g_test_run();
}
