/* SPDX-License-Identifier: MIT */
#include "store/history.h"

#include "history_fixture.h"
#include "store/history_message.h"
#include "store/history_retention.h"

#include <glib/gstdio.h>
#include <string.h>

/* Ten messages in #chat, m1 to m10, with a JOIN at m5, and others around them. */
static void
fill(HistoryFixture *fixture)
{
	HistoryRow join = {.channel = "#chat",
	    .kind = "join",
	    .source = "eva!~u@host",
	    .msgid = "m5",
	    .time = FIXTURE_TIME + INT64_C(5000000)};

	history_fixture_init(fixture);
	for (unsigned i = 1; i <= 10; i++) {
		if (i == 5) {
			fixture->added++;
			history_add(fixture->history, &join, tally_answer, &fixture->tally);
		} else {
			history_fixture_say(fixture, "#chat", "anna", i, "hello");
		}
		history_fixture_say(fixture, "#other", "anna", 100 + i, "elsewhere");
	}
	history_fixture_commit(fixture);
	g_assert_cmpuint(fixture->tally.failed, ==, 0);
}

static HistoryReference
at_second(unsigned number)
{
	return (HistoryReference){.time = FIXTURE_TIME + number * INT64_C(1000000)};
}

static HistoryReference
at_message(const char *msgid)
{
	return (HistoryReference){.msgid = msgid};
}

static void
expect(HistoryFixture *fixture, HistorySelector selector, const HistoryReference *first,
    const HistoryReference *second, unsigned limit, bool events, const char *ids)
{
	HistoryQuery query = {
	    .place = {.channel = "#CHAT"},
	    .selector = selector,
	    .has_first = first != NULL,
	    .first = first ? *first : (HistoryReference){0},
	    .second = second ? *second : (HistoryReference){0},
	    .limit = limit,
	    .events = events,
	    .bytes_max = SIZE_MAX,
	};
	g_autofree char *got = history_fixture_ids(fixture, &query);

	g_assert_cmpstr(got, ==, ids);
}

static void
test_selectors(void)
{
	HistoryReference second7 = at_second(7), third = at_message("m3"), ninth = at_message("m9");
	HistoryReference second4 = at_second(4), gone = at_message("nobody"),
			 other = at_message("m101");
	HistoryFixture fixture;

	fill(&fixture);
	expect(&fixture, HISTORY_LATEST, NULL, NULL, 3, false, "m8 m9 m10");
	expect(&fixture, HISTORY_LATEST, NULL, NULL, 100, false, "m1 m2 m3 m4 m6 m7 m8 m9 m10");
	expect(&fixture, HISTORY_LATEST, NULL, NULL, 7, true, "m4 m5 m6 m7 m8 m9 m10");
	expect(&fixture, HISTORY_LATEST, &second7, NULL, 100, false, "m8 m9 m10");
	expect(&fixture, HISTORY_LATEST, &ninth, NULL, 100, false, "m10");
	expect(&fixture, HISTORY_BEFORE, &third, NULL, 100, false, "m1 m2");
	expect(&fixture, HISTORY_BEFORE, &second7, NULL, 2, false, "m4 m6");
	expect(&fixture, HISTORY_BEFORE, &second7, NULL, 2, true, "m5 m6");
	expect(&fixture, HISTORY_AFTER, &second7, NULL, 2, false, "m8 m9");
	expect(&fixture, HISTORY_AFTER, &third, NULL, 3, true, "m4 m5 m6");
	expect(&fixture, HISTORY_BETWEEN, &third, &ninth, 2, false, "m4 m6");
	expect(&fixture, HISTORY_BETWEEN, &ninth, &third, 2, false, "m7 m8");
	expect(&fixture, HISTORY_BETWEEN, &second4, &second7, 9, false, "m6");
	expect(&fixture, HISTORY_AROUND, &third, NULL, 1, false, "m3");
	expect(&fixture, HISTORY_AROUND, &third, NULL, 3, false, "m2 m3 m4");
	expect(&fixture, HISTORY_AROUND, &second4, NULL, 3, true, "m3 m4 m5");
	expect(&fixture, HISTORY_AROUND, &ninth, NULL, 6, false, "m4 m6 m7 m8 m9 m10");
	expect(&fixture, HISTORY_BEFORE, &gone, NULL, 3, false, "unknown");
	/* A message of another channel is not known in this one. */
	expect(&fixture, HISTORY_BEFORE, &other, NULL, 3, false, "unknown");
	history_fixture_clear(&fixture);
}

static void
test_bounds(void)
{
	HistoryFixture fixture;
	HistoryQuery query = {.place = {.channel = "#chat"}, .limit = 100, .bytes_max = 1};
	g_autofree char *nothing = NULL, *latest = NULL, *after = NULL, *recent = NULL;

	fill(&fixture);
	/* One is always given, that which the counting begins with. */
	latest = history_fixture_ids(&fixture, &query);
	g_assert_cmpstr(latest, ==, "m10");
	query.selector = HISTORY_AFTER;
	query.has_first = true;
	query.first = at_second(2);
	after = history_fixture_ids(&fixture, &query);
	g_assert_cmpstr(after, ==, "m3");
	query = (HistoryQuery){.place = {.channel = "#chat"}, .limit = 100, .bytes_max = SIZE_MAX};
	query.since = at_second(9).time;
	recent = history_fixture_ids(&fixture, &query);
	g_assert_cmpstr(recent, ==, "m9 m10");
	query.place.channel = "#nowhere";
	nothing = history_fixture_ids(&fixture, &query);
	g_assert_cmpstr(nothing, ==, "");
	history_fixture_clear(&fixture);
}

/* Who came at a moment is told what was said from then on, whatever he asks for. */
static void
test_since(void)
{
	static const struct {
		HistorySelector selector;
		int first, second; /* seconds; 0: none */
		int since;
		const char *ids;
	} asked[] = {
	    {HISTORY_LATEST, 0, 0, 9, "m9 m10"},
	    {HISTORY_LATEST, 0, 0, 11, ""},
	    {HISTORY_LATEST, 3, 0, 8, "m8 m9 m10"},
	    {HISTORY_LATEST, 8, 0, 3, "m9 m10"},
	    {HISTORY_LATEST, 8, 0, 8, "m9 m10"},
	    {HISTORY_BEFORE, 9, 0, 7, "m7 m8"},
	    {HISTORY_BEFORE, 7, 0, 7, ""},
	    {HISTORY_AFTER, 2, 0, 8, "m8 m9 m10"},
	    {HISTORY_AFTER, 8, 0, 2, "m9 m10"},
	    {HISTORY_BETWEEN, 2, 10, 8, "m8 m9"},
	    {HISTORY_BETWEEN, 10, 2, 8, "m8 m9"},
	    {HISTORY_BETWEEN, 2, 6, 8, ""},
	};
	HistoryFixture fixture;

	fill(&fixture);
	for (unsigned i = 0; i < G_N_ELEMENTS(asked); i++) {
		HistoryQuery query = {.place = {.channel = "#chat"},
		    .selector = asked[i].selector,
		    .has_first = asked[i].first > 0,
		    .limit = 100,
		    .bytes_max = SIZE_MAX,
		    .since = at_second(asked[i].since).time};
		g_autofree char *ids = NULL;

		query.first = at_second(asked[i].first);
		query.second = at_second(asked[i].second);
		ids = history_fixture_ids(&fixture, &query);
		g_test_message("%u", i);
		g_assert_cmpstr(ids, ==, asked[i].ids);
	}
	history_fixture_clear(&fixture);
}

static char *
talk(HistoryFixture *fixture, const char *owner, const char *peer, const char *name)
{
	HistoryQuery query = {.place = {.owner = owner, .peer = peer, .name = name},
	    .limit = 100,
	    .bytes_max = SIZE_MAX};

	return history_fixture_ids(fixture, &query);
}

static void
test_talks(void)
{
	HistoryFixture fixture;
	g_autofree char *anna = NULL, *bob = NULL, *eva = NULL, *other = NULL, *self = NULL;

	history_fixture_init(&fixture);
	history_fixture_whisper(&fixture, "anna", "bob", 1, "one");
	history_fixture_whisper(&fixture, "bob", "anna", 2, "two");
	history_fixture_whisper(&fixture, "anna", "eva", 3, "three");
	history_fixture_whisper(&fixture, "anna", "anna", 4, "four");
	history_fixture_commit(&fixture);
	anna = talk(&fixture, "=anna", "=bob", "bob");
	bob = talk(&fixture, "=bob", NULL, "ANNA");
	eva = talk(&fixture, "=eva", "=bob", "bob");
	other = talk(&fixture, "=bob", "=eva", "eva");
	self = talk(&fixture, "=anna", "=anna", "anna");
	g_assert_cmpstr(anna, ==, "m1 m2");
	g_assert_cmpstr(bob, ==, "m1 m2");
	g_assert_cmpstr(eva, ==, "");
	g_assert_cmpstr(other, ==, "");
	g_assert_cmpstr(self, ==, "m4");
	history_fixture_clear(&fixture);
}

static void
expect_targets_since(HistoryFixture *fixture, const int64_t *since, unsigned from, unsigned to,
    unsigned limit, const char *names)
{
	static const char *const channels[] = {"#chat", "#none", NULL};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) targets = history_targets(fixture->history, channels, since, "=anna",
	    at_second(from).time, at_second(to).time, limit, &error);
	g_autoptr(GString) got = g_string_new(NULL);

	g_assert_no_error(error);
	for (guint i = 0; i < targets->len; i++)
		g_string_append_printf(
		    got, "%s ", ((const HistoryTarget *)targets->pdata[i])->name);
	g_assert_cmpstr(got->str, ==, names);
}

static void
expect_targets(
    HistoryFixture *fixture, unsigned from, unsigned to, unsigned limit, const char *names)
{
	expect_targets_since(fixture, NULL, from, to, limit, names);
}

static void
test_targets(void)
{
	const int64_t all[] = {INT64_MIN, INT64_MIN}, later[] = {at_second(11).time, 0};
	const HistoryRetention nothing = {.age = 1};
	HistoryRow kept = {.channel = "#chat",
	    .msgid = "join",
	    .kind = "join",
	    .source = "a!b@c",
	    .time = at_second(2000).time};
	HistoryFixture fixture;

	fill(&fixture);
	fixture.added++;
	history_add(fixture.history, &kept, tally_answer, &fixture.tally);
	history_fixture_whisper(&fixture, "anna", "bob", 20, "hello");
	history_fixture_whisper(&fixture, "eva", "anna", 30, "hello");
	history_fixture_whisper(&fixture, "eva", "bob", 40, "not hers");
	history_fixture_commit(&fixture);
	expect_targets(&fixture, 1, 1000, 10, "#chat bob eva ");
	expect_targets(&fixture, 1, 1000, 2, "#chat bob ");
	expect_targets(&fixture, 1000, 1, 2, "bob eva ");
	expect_targets(&fixture, 10, 30, 10, "bob ");
	/* Who may not read what was said there is not told of it. */
	expect_targets_since(&fixture, all, 1, 1000, 10, "#chat bob eva ");
	expect_targets_since(&fixture, later, 1, 1000, 10, "bob eva ");
	/* Nor that there was something once. */
	history_fixture_prune(&fixture, &nothing, at_second(1000).time);
	expect_targets(&fixture, 1, 1000, 10, "");
	history_fixture_clear(&fixture);
}

static unsigned
count_in(HistoryFixture *fixture, const char *channel)
{
	HistoryQuery query = {
	    .place = {.channel = channel}, .limit = 1000, .events = true, .bytes_max = SIZE_MAX};
	g_autoptr(GPtrArray) rows = NULL;
	bool unknown;

	g_assert_true(history_read(fixture->history, &query, &rows, &unknown, NULL));
	return rows->len;
}

static void
test_retention(void)
{
	HistoryFixture fixture;
	HistoryRetention retention = {.channel_messages = 4};

	fill(&fixture);
	history_fixture_prune(&fixture, &retention, at_second(11).time);
	expect(&fixture, HISTORY_LATEST, NULL, NULL, 100, true, "m7 m8 m9 m10");
	g_assert_cmpuint(count_in(&fixture, "#other"), ==, 4);
	retention = (HistoryRetention){.age = 3 * INT64_C(1000000)};
	history_fixture_prune(&fixture, &retention, at_second(12).time);
	expect(&fixture, HISTORY_LATEST, NULL, NULL, 100, true, "m9 m10");
	/* A rule of its own comes before the settings. */
	fixture.added++;
	history_set_retention(fixture.history, "#chat", 1, -1, tally_answer, &fixture.tally);
	retention = (HistoryRetention){.channel_messages = 3};
	history_fixture_prune(&fixture, &retention, at_second(12).time);
	expect(&fixture, HISTORY_LATEST, NULL, NULL, 100, true, "m10");
	g_assert_cmpuint(count_in(&fixture, "#other"), ==, 3);
	/* Of all the oldest go first. */
	retention = (HistoryRetention){.total = 2};
	history_fixture_prune(&fixture, &retention, at_second(12).time);
	g_assert_cmpuint(count_in(&fixture, "#other") + count_in(&fixture, "#chat"), ==, 2);
	g_assert_cmpuint(fixture.tally.failed, ==, 0);
	history_fixture_clear(&fixture);
}

static void
test_prune_many(void)
{
	HistoryFixture fixture;
	HistoryRetention retention = {.channel_messages = 10};

	history_fixture_init(&fixture);
	for (unsigned i = 0; i < 3 * HISTORY_PRUNE_SLICE; i++)
		history_fixture_say(&fixture, "#chat", "anna", i, "hello");
	history_fixture_commit(&fixture);
	history_fixture_prune(&fixture, &retention, 0);
	g_assert_cmpuint(count_in(&fixture, "#chat"), ==, 10);
	history_fixture_clear(&fixture);
}

static void
test_redact(void)
{
	static const char *const chat[] = {"#chat", NULL};
	const HistoryPlace place = {.channel = "#chat"};
	HistoryReference second = at_message("m2");
	HistoryFixture fixture;
	g_autofree char *found = NULL;
	gint64 limit = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;

	history_fixture_init(&fixture);
	for (unsigned i = 1; i <= 3; i++)
		history_fixture_say(&fixture, "#chat", "anna", i, i == 2 ? "zyxsecretxyz" : "fine");
	history_fixture_commit(&fixture);
	g_assert_true(history_fixture_holds(&fixture, "zyxsecretxyz"));
	fixture.tally.id = 0;
	fixture.added += 2;
	history_redact(fixture.history, &place, "m2", tally_answer, &fixture.tally);
	history_redact(fixture.history, &place, "nothing", tally_answer, &fixture.tally);
	history_fixture_commit(&fixture);
	g_assert_cmpuint(fixture.tally.failed, ==, 0);
	g_assert_cmpint(fixture.tally.id, ==, 2);
	expect(&fixture, HISTORY_LATEST, NULL, NULL, 10, true, "m1 m3");
	expect(&fixture, HISTORY_AFTER, &second, NULL, 10, true, "m3");
	found = history_fixture_search(
	    &fixture, (HistorySearch){.channels = chat, .text = "zyxsecretxyz"});
	g_assert_cmpstr(found, ==, "");
	/* The file, its log and its index are rid of it at leisure. */
	while (history_fixture_holds(&fixture, "zyxsecretxyz")) {
		g_assert_cmpint(g_get_monotonic_time(), <, limit);
		g_usleep(1000);
	}
	history_fixture_clear(&fixture);
}

static void
test_find(void)
{
	const HistoryPlace here = {.channel = "#chat"}, there = {.channel = "#other"};
	HistoryFixture fixture;
	g_autofree HistoryRow *found = NULL, *elsewhere = NULL;

	fill(&fixture);
	found = history_find(fixture.history, &here, "m3", NULL);
	elsewhere = history_find(fixture.history, &there, "m3", NULL);
	g_assert_nonnull(found);
	g_assert_cmpstr(found->text, ==, "hello");
	g_assert_cmpstr(found->channel, ==, "#chat");
	g_assert_cmpstr(found->source, ==, "anna!~u@host");
	g_assert_cmpint(found->time, ==, at_second(3).time);
	g_assert_null(elsewhere);
	history_fixture_clear(&fixture);
}

static void
count_marker(void *data, const char *party, const char *target, int64_t time)
{
	g_string_append_printf(data, "%s %s %d ", party, target, (int)time);
}

static void
test_markers(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	fixture.added = 3;
	history_put_marker(fixture.history, "=anna", "#x", 20, tally_answer, &fixture.tally);
	history_put_marker(fixture.history, "=anna", "#X", 10, tally_answer, &fixture.tally);
	history_put_marker(fixture.history, "=bob", "#x", 10, tally_answer, &fixture.tally);
	history_fixture_commit(&fixture);
	g_assert_true(history_read_markers(fixture.history, count_marker, text, NULL));
	g_assert_cmpstr(text->str, ==, "=bob #x 10 =anna #X 20 ");
	history_fixture_clear(&fixture);
}

/* A row that cannot be stored fails alone, whatever it shares a transaction with. */
static void
test_fails_alone(void)
{
	HistoryRow broken = {
	    .said = HISTORY_SAID, .channel = "#new", .source = "eva!~u@host", .msgid = "m3"};
	HistoryRetention two = {.channel_messages = 2};
	HistoryQuery query = {.place = {.channel = "#chat"}, .limit = 9, .bytes_max = SIZE_MAX};
	HistoryQuery new = {.place = {.channel = "#new"}, .limit = 9, .bytes_max = SIZE_MAX};
	HistoryFixture fixture;
	g_autofree char *all = NULL, *none = NULL, *left = NULL;

	history_fixture_init(&fixture);
	history_fixture_say(&fixture, "#chat", "anna", 1, "one");
	history_fixture_commit(&fixture);
	history_fixture_say(&fixture, "#chat", "anna", 2, "two");
	fixture.added++;
	history_add(fixture.history, &broken, tally_answer, &fixture.tally);
	history_fixture_say(&fixture, "#chat", "anna", 4, "four");
	history_fixture_commit(&fixture);
	g_assert_cmpuint(fixture.tally.done, ==, 3);
	g_assert_cmpuint(fixture.tally.failed, ==, 1);
	g_assert_nonnull(strstr(fixture.tally.text, "NOT NULL"));
	g_assert_false(history_is_failing(fixture.history, NULL));
	all = history_fixture_ids(&fixture, &query);
	g_assert_cmpstr(all, ==, "m1 m2 m4");
	none = history_fixture_ids(&fixture, &new);
	g_assert_cmpstr(none, ==, "");
	/* The count of its rows went along. */
	history_fixture_prune(&fixture, &two, FIXTURE_TIME);
	left = history_fixture_ids(&fixture, &query);
	g_assert_cmpstr(left, ==, "m2 m4");
	history_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history/selectors", test_selectors);
	g_test_add_func("/history/bounds", test_bounds);
	g_test_add_func("/history/since", test_since);
	g_test_add_func("/history/talks", test_talks);
	g_test_add_func("/history/targets", test_targets);
	g_test_add_func("/history/retention", test_retention);
	g_test_add_func("/history/prune-many", test_prune_many);
	g_test_add_func("/history/redact", test_redact);
	g_test_add_func("/history/find", test_find);
	g_test_add_func("/history/markers", test_markers);
	g_test_add_func("/history/fails-alone", test_fails_alone);
	return g_test_run();
}
