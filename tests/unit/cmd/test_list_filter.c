/* SPDX-License-Identifier: MIT */
#include "cmd/list_filter.h"

#include "base/clock.h"
#include "proto/names.h"

#define NOW (INT64_C(1000000) * CLOCK_SECOND)

static bool
passes(const char *words, const Channel *channel)
{
	g_auto(GStrv) split = g_strsplit(words, ",", -1);
	ListFilter filter;
	bool result;

	list_filter_init(&filter, split);
	result = list_filter_passes(&filter, channel, NOW);
	list_filter_clear(&filter);
	return result;
}

static void
test_conditions(void)
{
	static const struct {
		const char *words;
		bool passes;
	} cases[] = {
	    {"", true}, {"*chat*", true}, {"*CHAT*", true}, {"#x*,*chat*", true}, {"#x*", false},
	    {"!*chat*", false}, {"!#x*", true}, {"<1", true}, {">0", false}, {"<0", false},
	    {"C<61", true}, {"C<60", false}, {"C>59", true}, {"C>60", false}, {"T<31", true},
	    {"t<30", false}, {"T>29", true}, {"T>30", false}, {"*chat*,<5,C>10", true},
	    {"*chat*,>5,C>10", false}, {">nonsense", false}, /* a mask that matches nothing */
	};
	Channel *channel = channel_new("#Chatter", NOW - 3600 * CLOCK_SECOND);

	channel_set_topic(channel, "topic", "anna", NOW - 1800 * CLOCK_SECOND);
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].words);
		g_assert_cmpint(passes(cases[i].words, channel), ==, cases[i].passes);
	}
	channel_set_topic(channel, NULL, NULL, NOW);
	g_assert_false(passes("T>0", channel));
	g_assert_true(passes("C>0", channel));
	channel_free(channel);
}

static void
test_names(void)
{
	char *words[] = {(char *)"#a", (char *)"#b*", (char *)"&c", (char *)"!#d", NULL};
	ListFilter filter;

	list_filter_init(&filter, words);
	g_assert_cmpuint(filter.names->len, ==, 2);
	g_assert_cmpuint(filter.masks->len, ==, 1);
	g_assert_cmpuint(filter.refused->len, ==, 1);
	g_assert_cmpstr(g_ptr_array_index(filter.refused, 0), ==, "#d");
	list_filter_clear(&filter);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/list_filter/conditions", test_conditions);
	g_test_add_func("/list_filter/names", test_names);
	return g_test_run();
}
