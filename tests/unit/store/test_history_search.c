/* SPDX-License-Identifier: MIT */
#include "store/history.h"

#include "history_fixture.h"

static int64_t
at_second(unsigned number)
{
	return FIXTURE_TIME + number * INT64_C(1000000);
}

static void
expect_search(HistoryFixture *fixture, HistorySearch conditions, const char *ids)
{
	g_autofree char *got = history_fixture_search(fixture, conditions);

	g_assert_cmpstr(got, ==, ids);
}

static void
test_search(void)
{
	static const char *const chat[] = {"#chat", NULL};
	static const int64_t later[] = {FIXTURE_TIME + INT64_C(2500000)};
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	history_fixture_say(&fixture, "#chat", "anna", 1, "the quick brown fox");
	history_fixture_say(&fixture, "#chat", "Bob[x]", 2, "a Quick \"look\" at the f\xc3\xb6x");
	history_fixture_say(&fixture, "#chat", "anna", 3, "quick AND NOT near(it)");
	history_fixture_say(&fixture, "#secret", "anna", 4, "quick");
	history_fixture_whisper(&fixture, "anna", "bob", 5, "quick between us");
	history_fixture_commit(&fixture);
	expect_search(&fixture, (HistorySearch){.channels = chat, .text = "quick"}, "m1 m2 m3");
	expect_search(
	    &fixture, (HistorySearch){.channels = chat, .text = "quick", .limit = 2}, "m2 m3");
	expect_search(&fixture, (HistorySearch){.channels = chat, .text = "quick fox"}, "m1 m2");
	expect_search(&fixture, (HistorySearch){.channels = chat, .text = "\"look"}, "m2");
	expect_search(&fixture, (HistorySearch){.channels = chat, .text = "AND NOT near("}, "m3");
	expect_search(
	    &fixture, (HistorySearch){.channels = chat, .text = "quick", .from = "ANNA"}, "m1 m3");
	expect_search(&fixture, (HistorySearch){.channels = chat, .from = "bob[X]"}, "m2");
	expect_search(
	    &fixture, (HistorySearch){.channels = chat, .since = later, .text = "quick"}, "m3");
	expect_search(&fixture,
	    (HistorySearch){.channels = chat, .text = "quick", .before = at_second(2)}, "m1");
	expect_search(&fixture,
	    (HistorySearch){.channels = chat, .text = "quick", .after = at_second(2)}, "m3");
	expect_search(&fixture, (HistorySearch){.owner = "=bob", .text = "quick"}, "m5");
	expect_search(&fixture, (HistorySearch){.owner = "=eva", .text = "quick"}, "");
	expect_search(
	    &fixture, (HistorySearch){.everywhere = true, .text = "quick"}, "m1 m2 m3 m4 m5");
	history_fixture_clear(&fixture);
}

/* What was said while the clock had been set back is found where its time says it was. */
static void
test_search_clock_set_back(void)
{
	static const char *const chat[] = {"#chat", NULL};
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	history_fixture_say(&fixture, "#chat", "anna", 10, "quick");
	history_fixture_say(&fixture, "#chat", "anna", 5, "quick");
	history_fixture_say(&fixture, "#chat", "anna", 11, "quick");
	history_fixture_commit(&fixture);
	expect_search(&fixture,
	    (HistorySearch){.channels = chat, .text = "quick", .after = at_second(4)},
	    "m10 m5 m11");
	expect_search(&fixture,
	    (HistorySearch){.channels = chat, .text = "quick", .after = at_second(5)}, "m10 m11");
	expect_search(&fixture,
	    (HistorySearch){.channels = chat, .text = "quick", .before = at_second(6)}, "m5");
	history_fixture_clear(&fixture);
}

/* A search over its deadline ends, and the file can be read afterwards. */
static void
test_search_too_long(void)
{
	HistoryFixture fixture;
	HistorySearch over = {.everywhere = true, .text = "quick", .limit = 500, .deadline = 1};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;

	history_fixture_init(&fixture);
	for (int i = 0; i < 500; i++)
		history_fixture_say(&fixture, "#chat", "anna", i, "quick");
	history_fixture_commit(&fixture);
	rows = history_search(fixture.history, &over, &error);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_TOO_LONG);
	g_assert_null(rows);
	expect_search(&fixture, (HistorySearch){.everywhere = true, .text = "quick", .limit = 2},
	    "m498 m499");
	history_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history/search", test_search);
	g_test_add_func("/history/search-clock-set-back", test_search_clock_set_back);
	g_test_add_func("/history/search-too-long", test_search_too_long);
	return g_test_run();
}
