/* SPDX-License-Identifier: MIT */
/* Flood rules: what parses, what is none; every profile is. */
#include "proto/flood_rules.h"

#include <glib.h>
#include <string.h>

static void
test_parse(void)
{
	FloodRules rules;

	g_assert_true(flood_rules_parse("[8t#q5,10j,3c#C]:15", &rules));
	g_assert_cmpuint(rules.seconds, ==, 15);
	g_assert_cmpuint(rules.rules[FLOOD_TEXT].count, ==, 8);
	g_assert_cmpint(rules.rules[FLOOD_TEXT].action, ==, 'q');
	g_assert_cmpuint(rules.rules[FLOOD_TEXT].minutes, ==, 5);
	g_assert_cmpint(rules.rules[FLOOD_JOINS].action, ==, 'i');
	g_assert_cmpuint(rules.rules[FLOOD_JOINS].minutes, ==, FLOOD_MINUTES_USUAL);
	g_assert_cmpint(rules.rules[FLOOD_CTCP].action, ==, 'C');
	g_assert_cmpuint(rules.rules[FLOOD_MESSAGES].count, ==, 0);
}

static void
test_refused(void)
{
	static const char *const cases[] = {"", "[", "[]:15", "[8t]", "[8t]:", "[8t]:0",
	    "[8t]:3601", "[0t]:5", "[1001t]:5", "[8x]:5", "[8t#C]:5", "[8t#]:5", "[8t#q0]:5",
	    "[8t#q1441]:5", "[8t,8t]:5", "[8t,]:5", "[8t]:5 ", "8t:5", "unusual",
	    "[99999999999999999999t]:5", "[8t]:99999999999999999999"};
	FloodRules rules;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i]);
		g_assert_false(flood_rules_parse(cases[i], &rules));
	}
}

static void
test_profiles(void)
{
	FloodRules by_name, by_rules;
	unsigned count = 0;
	const FloodProfile *profile;

	for (; (profile = flood_profile(count)); count++) {
		g_assert_true(flood_rules_parse(profile->name, &by_name));
		g_assert_true(flood_rules_parse(profile->rules, &by_rules));
		for (unsigned i = 0; i < FLOODS; i++) {
			g_assert_cmpuint(by_name.rules[i].count, ==, by_rules.rules[i].count);
			g_assert_cmpint(by_name.rules[i].action, ==, by_rules.rules[i].action);
			g_assert_cmpuint(by_name.rules[i].minutes, ==, by_rules.rules[i].minutes);
		}
		g_assert_cmpuint(strlen(profile->help), >, 10);
	}
	g_assert_cmpuint(count, >=, 5);
	g_assert_true(flood_rules_parse("NORMAL", &by_name));
	for (unsigned i = 0; i < FLOODS; i++)
		g_assert_nonnull(strchr(flood_row(i)->actions, flood_row(i)->action));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/flood-rules/parse", test_parse);
	g_test_add_func("/flood-rules/refused", test_refused);
	g_test_add_func("/flood-rules/profiles", test_profiles);
	return g_test_run();
}
