/* SPDX-License-Identifier: MIT */
/* Case: ASCII only. */
#include "proto/casemap.h"

#include <string.h>

static void
test_compare(void)
{
	g_assert_cmpint(casemap_compare("Nick", "nICK"), ==, 0);
	g_assert_cmpint(casemap_compare("a", "B"), <, 0);
	g_assert_cmpint(casemap_compare("B", "a"), >, 0);
	g_assert_cmpint(casemap_compare("ab", "a"), >, 0);
	g_assert_cmpint(casemap_compare("", ""), ==, 0);
	/* rfc1459 would call these equal. */
	g_assert_cmpint(casemap_compare("a[]\\~", "a{}|^"), !=, 0);
	g_assert_cmpint(casemap_compare("\xC3\x89", "\xC3\xA9"), !=, 0);
	g_assert_cmpint(casemap_compare_length("ABx", "aby", 2), ==, 0);
	g_assert_cmpint(casemap_compare_length("ABx", "aby", 3), <, 0);
	g_assert_cmpint(casemap_compare_length("a", "a", 100), ==, 0);
}

static void
test_hash(void)
{
	g_autoptr(GHashTable) table = g_hash_table_new(casemap_hash, casemap_equal);
	g_hash_table_insert(table, (char *)"#Channel", (char *)"1");
	g_assert_cmpstr(g_hash_table_lookup(table, "#cHANNEL"), ==, "1");
	g_assert_null(g_hash_table_lookup(table, "#channe"));
	g_assert_cmpuint(casemap_hash("ABC"), ==, casemap_hash("abc"));
	g_assert_cmpuint(casemap_hash("ab"), !=, casemap_hash("ba"));
}

static void
test_fold_text(void)
{
	char text[5];
	casemap_fold_text("AbC[]XY", text, sizeof text);
	g_assert_cmpstr(text, ==, "abc[");
	casemap_fold_text("Z", text, sizeof text);
	g_assert_cmpstr(text, ==, "z");
	casemap_fold_text("ABC", text, 1);
	g_assert_cmpstr(text, ==, "");
}

/* Other scripts, when they are chosen; ASCII is compared as ever. */
static void
test_precis(void)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {{"Nick[]", "nICK[]", true}, {"a[]", "a{}", false}, {"Été", "éTÉ", true},
	    {"É", "E\xCC\x81", true}, {"é", "e", false}, {"ЖАБА", "жаба", true},
	    {"ａｂ", "AB", true}, {"\xE2\x84\xAA", "k", true}, {"ß", "ss", false},
	    {"Işıl", "işıl", true}, {"#Ä x", "#ä X", true}, {"", "é", false}, {"é", "éa", false}};
	g_autofree char *longest = g_strnfill(400, 'x');
	char text[64];
	casemap_choose(CASEMAP_PRECIS);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s %s", cases[i].a, cases[i].b);
		g_assert_cmpint(casemap_equal(cases[i].a, cases[i].b), ==, cases[i].equal);
		g_assert_cmpint(casemap_equal(cases[i].b, cases[i].a), ==, cases[i].equal);
		if (cases[i].equal)
			g_assert_cmpuint(casemap_hash(cases[i].a), ==, casemap_hash(cases[i].b));
	}
	g_assert_cmpint(casemap_compare("Ä", "ö"), <, 0);
	g_assert_cmpint(casemap_compare("ö", "Ä"), >, 0);
	/* Too long to be mapped: as in ASCII. */
	memcpy(longest, "Xé", 3);
	g_assert_true(casemap_equal(longest, longest));
	g_assert_true(casemap_maps("É", 2, text, sizeof text));
	g_assert_cmpstr(text, ==, "é");
	g_assert_false(casemap_maps("E", 1, text, sizeof text));
	casemap_fold_text("É", text, sizeof text);
	g_assert_cmpstr(text, ==, "É");
	casemap_choose(CASEMAP_ASCII);
	g_assert_false(casemap_equal("É", "é"));
	g_assert_false(casemap_maps("É", 2, text, sizeof text));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/casemap/compare", test_compare);
	g_test_add_func("/casemap/hash", test_hash);
	g_test_add_func("/casemap/fold-text", test_fold_text);
	g_test_add_func("/casemap/precis", test_precis);
	return g_test_run();
}
