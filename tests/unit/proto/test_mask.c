/* SPDX-License-Identifier: MIT */
/* Masks: globs, whole hostmasks, address ranges, canonical form. */
#include "proto/mask.h"

#include "proto/casemap.h"

#include <stdint.h>
#include <string.h>

static void
test_glob(void)
{
	static const struct {
		const char *mask;
		const char *text;
		bool match;
	} cases[] = {{"", "", true}, {"", "a", false}, {"*", "", true}, {"*", "abc", true},
	    {"?", "", false}, {"?", "a", true}, {"a*c", "abbbc", true}, {"a*c", "abbbd", false},
	    {"*@127.0.0.1", "coolguy!ag@127.0.0.1", true},
	    {"cool*@*", "coolguy!ag@127.0.0.1", true}, {"cool!*@*", "coolguy!ag@127.0.0.1", false},
	    {"coolguy!?username@*", "coolguy!ag@127.0.0.1", false},
	    {"coolguy!a?@*", "coolguy!ag@127.0.0.1", true}, {"COOL*", "coolguy", true},
	    {"cool[guy]!*@*", "cool[guy]!u@h", true}, {"cool[guy]!*@*", "coolg!u@h", false},
	    {"*a*b*c*", "xxaxxbxxcxx", true}, {"*a*b*c*", "xxaxxcxxbxx", false}, {"**?", "", false},
	    {"a**b", "ab", true}, {"*.example.com", "irc.example.com", true},
	    {"*.example.com", "example.com", false}, {"*ab", "aab", true}, {"a?", "a", false}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s %s", cases[i].mask, cases[i].text);
		g_assert_cmpint(mask_match(cases[i].mask, cases[i].text), ==, cases[i].match);
	}
	g_assert_true(mask_is_literal("a!b@c"));
	g_assert_false(mask_is_literal("a?"));
}

/* '?' is one character, and other scripts have case when it is chosen. */
static void
test_characters(void)
{
	g_assert_true(mask_match("?", "é"));
	g_assert_false(mask_match("??", "é"));
	g_assert_true(mask_match("a?b*", "aéb"));
	g_assert_true(mask_match("*?", "éé"));
	g_assert_false(mask_match("É*", "été"));
	casemap_choose(CASEMAP_PRECIS);
	g_assert_true(mask_match("É*", "été"));
	g_assert_true(mask_match("*ЖАБА*", "xжабаx"));
	g_assert_true(mask_match("ab*", "ABC"));
	g_assert_false(mask_match("é", "e"));
	casemap_choose(CASEMAP_ASCII);
}

/* What makes a backtracking matcher take 2^n steps. */
static void
test_no_explosion(void)
{
	g_autoptr(GString) mask = g_string_new(NULL);
	g_autofree char *text = g_strnfill(4000, 'a');
	for (unsigned i = 0; i < 120; i++)
		g_string_append(mask, "*a");
	g_assert_true(mask_match(mask->str, text));
	g_string_append(mask, "*b");
	int64_t start = g_get_monotonic_time();
	g_assert_false(mask_match(mask->str, text));
	g_assert_cmpint(g_get_monotonic_time() - start, <, G_USEC_PER_SEC);
}

/* The plain definition, exponential and obviously right. */
static bool
slow_match(const char *mask, const char *text)
{
	if (*mask == '\0')
		return *text == '\0';
	if (*mask == '*')
		return slow_match(mask + 1, text) || (*text && slow_match(mask, text + 1));
	return *text && (*mask == '?' || *mask == *text) && slow_match(mask + 1, text + 1);
}

static void
test_against_definition(void)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(2);
	unsigned matches = 0;
	for (unsigned round = 0; round < 50000; round++) {
		char mask[9] = "";
		char text[9] = "";
		for (int i = g_rand_int_range(random, 0, 8); i >= 0; i--)
			mask[i] = "ab*?*"[g_rand_int_range(random, 0, 5)];
		for (int i = g_rand_int_range(random, 0, 8); i >= 0; i--)
			text[i] = "ab"[g_rand_int_range(random, 0, 2)];
		bool match = mask_match(mask, text);
		g_assert_cmpint(match, ==, slow_match(mask, text));
		matches += match;
	}
	g_assert_cmpuint(matches, >, 1000);
}

static void
test_canonical(void)
{
	static const struct {
		const char *text;
		const char *canonical;
	} cases[] = {{"nick", "nick!*@*"}, {"nick*", "nick*!*@*"}, {"*", "*!*@*"},
	    {"user@host", "*!user@host"}, {"@host", "*!*@host"}, {"nick!user", "nick!user@*"},
	    {"nick!", "nick!*@*"}, {"!user@", "*!user@*"}, {"host.example", "*!*@host.example"},
	    {"*.example", "*!*@*.example"}, {"1.2.3.4", "*!*@1.2.3.4"},
	    {"1.2.3.0/24", "*!*@1.2.3.0/24"}, {"2001:db8::/32", "*!*@2001:db8::/32"},
	    {"a!b@c", "a!b@c"}, {"a!b@c@d", "a!b@c@d"}, {"a***b!**@***", "a*b!*@*"},
	    {"!@", "*!*@*"}, {"A!b!c@d", "A!b!c@d"}, {"", NULL}, {"a b", NULL}, {"a\nb", NULL}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *canonical = mask_canonical(cases[i].text);
		g_assert_cmpstr(canonical, ==, cases[i].canonical);
		g_autofree char *again = canonical ? mask_canonical(canonical) : NULL;
		g_assert_cmpstr(again, ==, canonical);
	}
	g_autofree char *fits = g_strnfill(MASK_MAX - 4, 'a');
	g_autofree char *fits_mask = mask_canonical(fits);
	g_assert_cmpuint(strlen(fits_mask), ==, MASK_MAX);
	g_autofree char *long_text = g_strnfill(MASK_MAX - 3, 'a');
	g_assert_null(mask_canonical(long_text));
	g_autofree char *huge = g_strnfill(1000000, '*');
	g_assert_null(mask_canonical(huge));
}

static void
test_subject(void)
{
	const MaskSubject dan = {"dan", "~d", "host.example.org", "192.0.2.77"};
	const MaskSubject six = {"six", "s", "2001:db8::5", "2001:db8::5"};
	static const struct {
		const char *mask;
		bool dan;
		bool six;
	} cases[] = {{"*!*@*", true, true}, {"DAN!*@*", true, false}, {"*!~*@*", true, false},
	    {"*!*@*.example.org", true, false}, {"*!*@192.0.2.*", true, false},
	    {"*!*@192.0.2.0/24", true, false}, {"*!*@192.0.3.0/24", false, false},
	    {"*!*@2001:db8::/32", false, true}, {"*!*@2001:db8::5", false, true},
	    {"s?x!*@*", false, true}, {"dan", true, false}, {"192.0.2.64/26", true, false},
	    {"*!*@0.0.0.0/0", true, false}, {"*!*@::/0", false, true},
	    {"*!*@192.0.2.0/99", false, false}, {"dan!six@*", false, false}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].mask);
		g_assert_cmpint(mask_match_subject(cases[i].mask, &dan), ==, cases[i].dan);
		g_assert_cmpint(mask_match_subject(cases[i].mask, &six), ==, cases[i].six);
	}
	const MaskSubject nobody = {"n", "u", "", ""};
	g_assert_true(mask_match_subject("*!*@*", &nobody));
	g_assert_false(mask_match_subject("*!*@0.0.0.0/0", &nobody));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mask/glob", test_glob);
	g_test_add_func("/mask/characters", test_characters);
	g_test_add_func("/mask/no-explosion", test_no_explosion);
	g_test_add_func("/mask/against-definition", test_against_definition);
	g_test_add_func("/mask/canonical", test_canonical);
	g_test_add_func("/mask/subject", test_subject);
	return g_test_run();
}
