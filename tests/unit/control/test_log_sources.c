/* SPDX-License-Identifier: MIT */
#include "control/log_sources.h"

#include <string.h>

/* Does an event of this level, subsystem and id pass the words? */
static bool
wanted(const char *words, LogLevel level, const char *subsystem, const char *event_id)
{
	g_autoptr(LogSources) sources = log_sources_new();
	g_auto(GStrv) split = g_strsplit(words, " ", -1);

	for (char **word = split; *word; word++)
		if (**word)
			g_assert_true(log_sources_add(sources, *word));
	return log_sources_match(sources, level, subsystem, event_id);
}

static void
test_language(void)
{
	static const struct {
		const char *words;
		bool wanted; /* an info event of subsystem join, LOCAL_CLIENT_JOIN */
	} cases[] = {
	    {"", false},
	    {"all", true},
	    {"info", true},
	    {"warn", false},
	    {"join", true},
	    {"joi", false},
	    {"LOCAL_CLIENT_JOIN", true},
	    {"join.LOCAL_CLIENT_JOIN", true},
	    {"part.LOCAL_CLIENT_JOIN", false},
	    {"join.info", true},
	    {"join.warn", false},
	    {"!join", false},
	    {"all !join", false},
	    {"!join all", false},
	    {"all !part", true},
	    {"!debug warn error link", false},
	    {"!debug all", true},
	    {"all !join.warn", true},
	    {"all !join.info", false},
	    {"nomatch", false},
	    {"warn join", true},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].words);
		g_assert_true(wanted(cases[i].words, LOG_LEVEL_INFO, "join", "LOCAL_CLIENT_JOIN") ==
			      cases[i].wanted);
	}
}

static void
test_debug_never_passes(void)
{
	g_assert_false(wanted("all", LOG_LEVEL_DEBUG, "join", "X"));
	g_assert_false(wanted("debug join X", LOG_LEVEL_DEBUG, "join", "X"));
}

static void
test_what_is_no_source(void)
{
	static const char *const bad[] = {"", "!", "a b", "Join", "join.", ".X", "join.all",
	    "join.x.y", "join.part", "JOIN.X", "!!all", "*", "jo\nin", "\xc3\xa4"};
	g_autoptr(LogSources) sources = log_sources_new();
	g_autofree char *longest = g_strnfill(LOG_SOURCE_LENGTH_MAX + 1, 'a');

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("'%s'", bad[i]);
		g_assert_false(log_sources_add(sources, bad[i]));
	}
	g_assert_false(log_sources_add(sources, longest));
	for (unsigned i = 0; i < LOG_SOURCES_MAX; i++)
		g_assert_true(log_sources_add(sources, "all"));
	g_assert_false(log_sources_add(sources, "all"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/log-sources/language", test_language);
	g_test_add_func("/log-sources/debug", test_debug_never_passes);
	g_test_add_func("/log-sources/bad", test_what_is_no_source);
	return g_test_run();
}
