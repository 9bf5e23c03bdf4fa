/* SPDX-License-Identifier: MIT */
#include "store/history.h"

#include "history_fixture.h"

static char *
missed(HistoryFixture *fixture, const HistoryMissed *missed)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = history_missed(fixture->history, missed, &error);
	GString *text = g_string_new(NULL);

	g_assert_no_error(error);
	for (guint i = 0; i < rows->len; i++)
		g_string_append_printf(
		    text, "%s%s", i > 0 ? " " : "", ((const HistoryRow *)rows->pdata[i])->msgid);
	return g_string_free(text, FALSE);
}

#define expect(fixture, about, ids)                                                                \
	do {                                                                                       \
		g_autofree char *got = missed((fixture), (about));                                 \
		g_assert_cmpstr(got, ==, (ids));                                                   \
	} while (0)

static int64_t
second(unsigned number)
{
	return FIXTURE_TIME + number * INT64_C(1000000);
}

static void
test_places(void)
{
	const char *const channels[] = {"#Chat", "#nowhere", "#other", NULL};
	int64_t since[] = {INT64_MIN, INT64_MIN, INT64_MIN};
	HistoryMissed about = {.channels = channels,
	    .since = since,
	    .owner = "=anna",
	    .after = second(3),
	    .limit = 100,
	    .bytes_max = SIZE_MAX};
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	for (unsigned i = 1; i <= 6; i++)
		history_fixture_say(&fixture, "#chat", "eva", i, "hello");
	history_fixture_say(&fixture, "#other", "eva", 13, "elsewhere");
	history_fixture_say(&fixture, "#secret", "eva", 14, "not asked for");
	history_fixture_whisper(&fixture, "bob", "anna", 2, "read");
	history_fixture_whisper(&fixture, "eva", "anna", 15, "unread");
	history_fixture_whisper(&fixture, "eva", "bob", 16, "not to her");
	history_fixture_commit(&fixture);
	expect(&fixture, &about, "m4 m5 m6 m13 m15");
	about.owner = NULL;
	about.limit = 2;
	expect(&fixture, &about, "m5 m6 m13");
	since[0] = second(6);
	expect(&fixture, &about, "m6 m13");
	since[0] = INT64_MIN;
	about.after = INT64_MIN;
	about.limit = 100;
	about.last_id = 3;
	expect(&fixture, &about, "m1 m2 m3");
	about.last_id = -1;
	expect(&fixture, &about, "");
	about.last_id = 0;
	/* Each place has its share, and one row of it at least. */
	about.bytes_max = 1;
	expect(&fixture, &about, "m6 m13");
	about.channels = NULL;
	expect(&fixture, &about, "");
	history_fixture_clear(&fixture);
}

static void
note_id(void *data, const StoreAnswer *answer)
{
	g_assert_true(answer->done);
	*(int64_t *)data = answer->id;
}

static void
test_mark(void)
{
	int64_t empty = -1, one = -1;
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	history_after(fixture.history, note_id, &empty);
	history_fixture_say(&fixture, "#chat", "eva", 1, "hello");
	history_after(fixture.history, note_id, &one);
	history_fixture_say(&fixture, "#chat", "eva", 2, "hello");
	history_fixture_commit(&fixture);
	g_assert_cmpint(empty, ==, 0);
	g_assert_cmpint(one, ==, 1);
	history_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history-missed/places", test_places);
	g_test_add_func("/history-missed/mark", test_mark);
	return g_test_run();
}
