/* SPDX-License-Identifier: MIT */
/* What was said goes along with a channel's name: in its place among what is said, remembered until
 * it stands, and undone. */
#include "store/history_renames.h"

#include "history_fixture.h"

static void
expect_ids(HistoryFixture *fixture, const char *channel, const char *expected)
{
	const HistoryQuery query = {
	    .place = {.channel = channel}, .limit = 100, .events = true, .bytes_max = SIZE_MAX};
	g_autofree char *ids = history_fixture_ids(fixture, &query);

	g_assert_cmpstr(ids, ==, expected);
}

static void
rename_channel(HistoryFixture *fixture, const char *former, const char *name)
{
	fixture->added++;
	history_rename(fixture->history, former, name, FIXTURE_TIME, tally_answer, &fixture->tally);
}

static void
undo(HistoryFixture *fixture, int64_t id)
{
	fixture->added++;
	history_undo_rename(fixture->history, id, tally_answer, &fixture->tally);
	history_fixture_commit(fixture);
	g_assert_cmpuint(fixture->tally.failed, ==, 0);
}

/* "former>name " of what is remembered. Caller frees. */
static char *
remembered(HistoryFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) renames = history_read_renames(fixture->history, &error);
	GString *text = g_string_new(NULL);

	g_assert_no_error(error);
	for (guint i = 0; i < renames->len; i++) {
		const HistoryRename *one = renames->pdata[i];

		g_assert_cmpint(one->time, ==, FIXTURE_TIME);
		g_string_append_printf(text, "%s>%s ", one->former, one->name);
	}
	return g_string_free(text, FALSE);
}

#define expect_remembered(fixture, expected)                                                       \
	do {                                                                                       \
		g_autofree char *got = remembered(fixture);                                        \
		g_assert_cmpstr(got, ==, (expected));                                              \
	} while (0)

/* In one turn, as the service does it: what is said under either name belongs to who bears it. */
static void
test_in_order(void)
{
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	history_fixture_say(&fixture, "#new", "eva", 1, "of a channel that is no more");
	history_fixture_say(&fixture, "#Old", "anna", 2, "before");
	rename_channel(&fixture, "#old", "#New");
	history_fixture_say(&fixture, "#New", "anna", 3, "after");
	history_fixture_say(&fixture, "#old", "bob", 4, "another channel of that name");
	history_fixture_commit(&fixture);
	g_assert_cmpuint(fixture.tally.failed, ==, 0);
	expect_ids(&fixture, "#new", "m2 m3");
	expect_ids(&fixture, "#old", "m4");
	expect_remembered(&fixture, "#old>#New ");
	fixture.added++;
	history_end_rename(fixture.history, 1, tally_answer, &fixture.tally);
	history_fixture_commit(&fixture);
	expect_remembered(&fixture, "");
	/* Ended is ended. */
	undo(&fixture, 1);
	expect_ids(&fixture, "#new", "m2 m3");
	history_fixture_clear(&fixture);
}

static void
test_undo(void)
{
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	history_fixture_say(&fixture, "#new", "eva", 1, "of a channel that is no more");
	history_fixture_say(&fixture, "#old", "anna", 2, "before");
	rename_channel(&fixture, "#old", "#new");
	history_fixture_say(&fixture, "#new", "anna", 3, "meanwhile");
	history_fixture_say(&fixture, "#old", "bob", 4, "of one that came and went meanwhile");
	history_fixture_commit(&fixture);
	undo(&fixture, 1);
	history_fixture_say(&fixture, "#old", "anna", 5, "after");
	history_fixture_commit(&fixture);
	expect_ids(&fixture, "#old", "m2 m3 m5");
	expect_ids(&fixture, "#new", "m1");
	expect_remembered(&fixture, "");
	history_fixture_clear(&fixture);
}

/* Nothing had been said in it, or it is another case of its name. */
static void
test_undo_of_nothing(void)
{
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	rename_channel(&fixture, "#old", "#new");
	history_fixture_say(&fixture, "#new", "anna", 1, "meanwhile");
	history_fixture_commit(&fixture);
	undo(&fixture, 1);
	expect_ids(&fixture, "#old", "m1");
	expect_ids(&fixture, "#new", "");
	rename_channel(&fixture, "#old", "#OLD");
	history_fixture_commit(&fixture);
	expect_ids(&fixture, "#old", "m1");
	undo(&fixture, 2);
	expect_ids(&fixture, "#old", "m1");
	history_fixture_clear(&fixture);
}

static void
write_marker(void *data, const char *party, const char *target, int64_t time)
{
	g_string_append_printf(data, "%s %s %d ", party, target, (int)time);
}

static void
expect_markers(HistoryFixture *fixture, const char *expected)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_assert_true(history_read_markers(fixture->history, write_marker, text, NULL));
	g_assert_cmpstr(text->str, ==, expected);
}

/* Go along, over what was there of another channel. */
static void
test_markers(void)
{
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	fixture.added += 3;
	history_put_marker(fixture.history, "=anna", "#x", 20, tally_answer, &fixture.tally);
	history_put_marker(fixture.history, "=bob", "#x", 10, tally_answer, &fixture.tally);
	history_put_marker(fixture.history, "=anna", "#y", 90, tally_answer, &fixture.tally);
	rename_channel(&fixture, "#x", "#Y");
	history_fixture_commit(&fixture);
	expect_markers(&fixture, "=bob #Y 10 =anna #Y 20 ");
	undo(&fixture, 1);
	expect_markers(&fixture, "=bob #x 10 =anna #x 20 ");
	history_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history-renames/in-order", test_in_order);
	g_test_add_func("/history-renames/undo", test_undo);
	g_test_add_func("/history-renames/undo-of-nothing", test_undo_of_nothing);
	g_test_add_func("/history-renames/markers", test_markers);
	return g_test_run();
}
