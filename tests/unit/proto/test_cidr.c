/* SPDX-License-Identifier: MIT */
/* Address ranges of both families. */
#include "proto/cidr.h"

#include <glib.h>

static void
test_parse(void)
{
	static const char *const bad[] = {"", "/", "1.2.3", "1.2.3.4/", "1.2.3.4/33", "1.2.3.4/-1",
	    "1.2.3.4/+1", "1.2.3.4/8x", "1.2.3.4/0008", "::/129", "::g", "1.2.3.4/8/8", "*",
	    "01.2.3.4.5", "1111:2222:3333:4444:5555:6666:7777:8888:9999:1111:2222/8"};
	Cidr cidr;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(cidr_parse(bad[i], &cidr));
	g_assert_true(cidr_parse("192.0.2.255/25", &cidr));
	g_assert_cmpuint(cidr.family, ==, 4);
	g_assert_cmpuint(cidr.prefix, ==, 25);
	g_assert_cmpuint(cidr.bytes[3], ==, 128);
	g_assert_true(cidr_parse("::ffff:192.0.2.1", &cidr));
	g_assert_cmpuint(cidr.family, ==, 4);
	g_assert_cmpuint(cidr.prefix, ==, 32);
	g_assert_true(cidr_parse("::ffff:192.0.2.1/104", &cidr));
	g_assert_cmpuint(cidr.prefix, ==, 8);
	g_assert_cmpuint(cidr.bytes[1], ==, 0);
}

static void
test_contains(void)
{
	static const struct {
		const char *range;
		const char *address;
		bool inside;
	} cases[] = {{"192.0.2.0/24", "192.0.2.0", true}, {"192.0.2.0/24", "192.0.2.255", true},
	    {"192.0.2.0/24", "192.0.3.0", false}, {"192.0.2.0/23", "192.0.3.0", true},
	    {"0.0.0.0/0", "203.0.113.9", true}, {"0.0.0.0/0", "::1", false},
	    {"10.0.0.1", "10.0.0.1", true}, {"10.0.0.1", "10.0.0.2", false},
	    {"10.0.0.0/31", "10.0.0.1", true}, {"2001:db8::/32", "2001:db8:ffff::1", true},
	    {"2001:db8::/33", "2001:db8:8000::1", false}, {"::/0", "fe80::1", true},
	    {"10.0.0.0/8", "::ffff:10.1.2.3", true}, {"10.0.0.0/8", "10.1.2.0/24", false},
	    {"10.0.0.0/8", "host", false}, {"10.0.0.0/8", "", false}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Cidr range;
		g_assert_true(cidr_parse(cases[i].range, &range));
		g_assert_cmpint(cidr_contains_text(&range, cases[i].address), ==, cases[i].inside);
	}
	Cidr wide;
	Cidr narrow;
	g_assert_true(cidr_parse("10.0.0.0/8", &wide));
	g_assert_true(cidr_parse("10.9.0.0/16", &narrow));
	g_assert_true(cidr_contains(&wide, &narrow));
	g_assert_false(cidr_contains(&narrow, &wide));
}

static void
test_words(void)
{
	char *words[] = {(char *)"10.0.0.0/8", (char *)"localhost", (char *)"2001:db8::1", NULL};
	char *none[] = {NULL};
	g_assert_true(cidr_words_contain(words, "10.1.2.3"));
	g_assert_true(cidr_words_contain(words, "localhost"));
	g_assert_true(cidr_words_contain(words, "2001:db8::1"));
	g_assert_false(cidr_words_contain(words, "11.0.0.1"));
	g_assert_false(cidr_words_contain(words, "2001:db8::2"));
	g_assert_false(cidr_words_contain(none, "10.1.2.3"));
}

static void
test_network(void)
{
	static const struct {
		const char *address;
		const char *network;
	} cases[] = {
	    {"192.0.2.1", "192.0.2.1"},
	    {"::ffff:192.0.2.1", "192.0.2.1"},
	    {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
	    {"2001:DB8:1:2::", "2001:db8:1:2::"},
	    {"2001:db8:1:3::1", "2001:db8:1:3::"},
	    {"::1", "::"},
	    {"localhost", "localhost"},
	    {"", ""},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *network = cidr_network_text(cases[i].address);

		g_assert_cmpstr(network, ==, cases[i].network);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cidr/parse", test_parse);
	g_test_add_func("/cidr/contains", test_contains);
	g_test_add_func("/cidr/words", test_words);
	g_test_add_func("/cidr/network", test_network);
	return g_test_run();
}
