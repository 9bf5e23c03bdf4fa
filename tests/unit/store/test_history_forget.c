/* SPDX-License-Identifier: MIT */
/* What is forgotten is gone from what is read, from the index of words and from the files. */
#include "history_fixture.h"
#include "proto/casemap.h"
#include "store/migrations.h"
#include "store/store_database.h"

#include <glib/gstdio.h>
#include <string.h>

#define ANNA 4711
#define BOB 815
#define MANY (2 * HISTORY_FORGET_SLICE + HISTORY_FORGET_SLICE / 2) /* rows: three slices */

static void
add_row(HistoryFixture *fixture, HistoryRow *row, unsigned number)
{
	g_autofree char *msgid = g_strdup_printf("m%u", number);

	row->msgid = msgid;
	row->time = FIXTURE_TIME + number * INT64_C(1000000);
	row->kind = row->kind ? row->kind : "message";
	row->source = row->owner == ANNA ? "anna!~u@host" : "bob!~u@host";
	row->account = row->owner == ANNA ? "anna" : "bob";
	fixture->added++;
	history_add(fixture->history, row, tally_answer, &fixture->tally);
}

static void
say(HistoryFixture *fixture, const char *channel, int64_t owner, unsigned number, const char *text)
{
	HistoryRow row = {.said = HISTORY_SAID,
	    .channel = channel,
	    .verb = "PRIVMSG",
	    .owner = owner,
	    .text = text};

	add_row(fixture, &row, number);
}

static void
whisper(HistoryFixture *fixture, int64_t owner, const char *from, const char *to, unsigned number,
    const char *text)
{
	HistoryRow row = {.said = HISTORY_SAID,
	    .sender = from,
	    .sender_name = from + 1,
	    .receiver = to,
	    .receiver_name = to + 1,
	    .printed = to + 1,
	    .verb = "PRIVMSG",
	    .owner = owner,
	    .text = text};

	add_row(fixture, &row, number);
}

/* Slices until none is left; how many it took. */
static unsigned
forget_anna(HistoryFixture *fixture)
{
	unsigned slices = 0;

	do {
		fixture->tally.id = 0;
		fixture->added++;
		slices++;
		history_forget_account(
		    fixture->history, ANNA, "=anna", tally_answer, &fixture->tally);
		history_fixture_commit(fixture);
	} while (fixture->tally.id != 0);
	g_assert_cmpuint(fixture->tally.failed, ==, 0);
	return slices;
}

static void
expect_ids(HistoryFixture *fixture, const char *channel, const char *expected)
{
	const HistoryQuery query = {
	    .place = {.channel = channel}, .limit = 100, .events = true, .bytes_max = SIZE_MAX};
	g_autofree char *ids = history_fixture_ids(fixture, &query);

	g_assert_cmpstr(ids, ==, expected);
}

static void
expect_gone(const HistoryFixture *fixture, const char *text)
{
	gint64 limit = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;

	while (history_fixture_holds(fixture, text)) {
		g_assert_cmpint(g_get_monotonic_time(), <, limit);
		g_usleep(1000);
	}
}

static void
test_account(void)
{
	static const char *const channels[] = {"#chat", NULL};
	HistoryRow kick = {.channel = "#chat", .kind = "kick", .whom = "anna", .owner = BOB};
	/* Named behind others, hers goes as well. */
	HistoryRow mode = {
	    .channel = "#chat", .kind = "channel mode", .text = "+ooo bob eva anna", .owner = BOB};
	g_autofree char *anna = g_strdup_printf("%" G_GINT64_FORMAT, (gint64)ANNA);
	g_autofree char *several = g_strdup_printf("%d 77 %s", BOB, anna);
	g_autoptr(GPtrArray) targets = NULL;
	HistoryFixture fixture;
	HistorySearch search = {.everywhere = true, .text = "zyxsecretxyz", .limit = 10};
	g_autoptr(GPtrArray) found = NULL;

	history_fixture_init(&fixture);
	say(&fixture, "#chat", BOB, 1, "bob stays");
	say(&fixture, "#chat", ANNA, 2, "zyxsecretxyz");
	kick.subjects = anna;
	add_row(&fixture, &kick, 3);
	mode.subjects = several;
	add_row(&fixture, &mode, 4);
	for (unsigned i = 10; i < 10 + MANY; i++)
		say(&fixture, "#other", ANNA, i, "many zyxotherxyz");
	say(&fixture, "#other", BOB, 5000, "bob stays here");
	fixture.added += 2;
	history_put_marker(fixture.history, "=anna", "#chat", 1, tally_answer, &fixture.tally);
	history_put_marker(fixture.history, "=bob", "#chat", 1, tally_answer, &fixture.tally);
	history_fixture_commit(&fixture);
	g_assert_true(history_fixture_holds(&fixture, "zyxsecretxyz"));
	g_assert_cmpuint(forget_anna(&fixture), ==, 3);
	expect_ids(&fixture, "#chat", "m1");
	expect_ids(&fixture, "#other", "m5000");
	found = history_search(fixture.history, &search, NULL);
	g_assert_cmpuint(found->len, ==, 0);
	/* What was said last in the channel is what is left of it. */
	targets = history_targets(
	    fixture.history, channels, NULL, "=bob", INT64_MIN, INT64_MAX, 10, NULL);
	g_assert_cmpuint(targets->len, ==, 1);
	g_assert_cmpint(((HistoryTarget *)targets->pdata[0])->newest, ==, FIXTURE_TIME + 1000000);
	expect_gone(&fixture, "zyxsecretxyz");
	expect_gone(&fixture, "zyxotherxyz");
	expect_gone(&fixture, "anna");
	history_fixture_clear(&fixture);
}

static void
test_talks(void)
{
	const HistoryQuery query = {.place = {.owner = "=bob", .peer = "=anna", .name = "anna"},
	    .limit = 100,
	    .bytes_max = SIZE_MAX};
	const HistoryQuery other = {.place = {.owner = "=bob", .peer = "=carl", .name = "carl"},
	    .limit = 100,
	    .bytes_max = SIZE_MAX};
	HistoryFixture fixture;
	g_autofree char *before = NULL, *after = NULL, *kept = NULL;

	history_fixture_init(&fixture);
	whisper(&fixture, ANNA, "=anna", "=bob", 1, "zyxtoldxyz");
	whisper(&fixture, BOB, "=bob", "=anna", 2, "zyxanswerxyz");
	whisper(&fixture, BOB, "=bob", "=carl", 3, "stays");
	history_fixture_commit(&fixture);
	before = history_fixture_ids(&fixture, &query);
	g_assert_cmpstr(before, ==, "m1 m2");
	g_assert_cmpuint(forget_anna(&fixture), ==, 1);
	after = history_fixture_ids(&fixture, &query);
	g_assert_cmpstr(after, ==, "");
	kept = history_fixture_ids(&fixture, &other);
	g_assert_cmpstr(kept, ==, "m3");
	expect_gone(&fixture, "zyxtoldxyz");
	expect_gone(&fixture, "zyxanswerxyz");
	expect_gone(&fixture, "anna");
	history_fixture_clear(&fixture);
}

static void
expect_owned(HistoryFixture *fixture, int64_t after, unsigned limit, size_t bytes, const char *ids)
{
	g_autoptr(GPtrArray) rows =
	    history_read_owned(fixture->history, ANNA, after, limit, bytes, NULL);
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < rows->len; i++) {
		const HistoryRow *row = rows->pdata[i];

		g_string_append_printf(
		    text, "%s %s|", row->msgid, row->channel ? row->channel : row->printed);
	}
	g_assert_cmpstr(text->str, ==, ids);
}

static void
test_owned(void)
{
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	say(&fixture, "#Chat", ANNA, 1, "one");
	say(&fixture, "#Chat", BOB, 2, "his");
	whisper(&fixture, ANNA, "=anna", "=bob", 3, "two");
	whisper(&fixture, BOB, "=bob", "=anna", 4, "his");
	say(&fixture, "#other", ANNA, 5, "three");
	history_fixture_commit(&fixture);
	expect_owned(&fixture, 0, 10, SIZE_MAX, "m1 #Chat|m3 bob|m5 #other|");
	expect_owned(&fixture, 0, 2, SIZE_MAX, "m1 #Chat|m3 bob|");
	expect_owned(&fixture, 3, 10, SIZE_MAX, "m5 #other|");
	/* At least one, however big it is. */
	expect_owned(&fixture, 0, 10, 1, "m1 #Chat|");
	history_fixture_clear(&fixture);
}

static void
test_channel(void)
{
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	say(&fixture, "#chat", ANNA, 1, "one");
	say(&fixture, "#other", ANNA, 2, "two");
	fixture.added++;
	history_forget(fixture.history, "#Chat", tally_answer, &fixture.tally);
	history_fixture_commit(&fixture);
	expect_ids(&fixture, "#chat", "");
	expect_ids(&fixture, "#other", "m2");
	g_assert_cmpuint(fixture.tally.failed, ==, 0);
	history_fixture_clear(&fixture);
}

/* A file as it was before rows had owners. */
static void
make_version_2(const HistoryFixture *fixture)
{
	g_autoptr(sqlite3) database = database_open_writer(fixture->path, NULL);
	unsigned count;
	const char *const *migrations = migrations_history(&count);

	g_assert_true(migrations_run(database, fixture->path, migrations, 2, NULL));
	g_assert_true(database_execute(database,
	    "INSERT INTO target VALUES (1, '#chat', '', '#chat', '', 0, 4, NULL, NULL);"
	    "INSERT INTO message (target, said, time, msgid_key, msgid, kind, verb, source, "
	    "account, text, marks) VALUES "
	    "(1, 0, 90, 0, 'old', 'join', NULL, 'x!y@z', 'Anna', 'of who was anna', 0), "
	    "(1, 0, 110, 0, 'own', 'join', NULL, 'x!y@z', 'Anna', 'of anna', 0), "
	    "(1, 0, 120, 0, 'nobody', 'join', NULL, 'x!y@z', NULL, 'of a guest', 0), "
	    "(1, 0, 130, 0, 'other', 'join', NULL, 'x!y@z', 'eva', 'of eva', 0)",
	    NULL));
}

static void
find_all_owners(HistoryFixture *fixture)
{
	HistoryOwner anna = {ANNA, 100};
	g_autoptr(GHashTable) owners = g_hash_table_new(casemap_hash, casemap_equal);

	g_hash_table_insert(owners, (gpointer) "anna", &anna);
	fixture->tally.id = 0;
	fixture->added++;
	history_find_owners(fixture->history, owners, 0, tally_answer, &fixture->tally);
	history_fixture_commit(fixture);
	g_assert_cmpint(fixture->tally.id, ==, 0);
	g_assert_cmpuint(fixture->tally.failed, ==, 0);
}

static void
test_owners(void)
{
	HistoryFixture fixture;

	history_fixture_init(&fixture);
	g_assert_false(history_lacks_owners(fixture.history));
	history_close(fixture.history);
	g_assert_cmpint(g_unlink(fixture.path), ==, 0);
	make_version_2(&fixture);
	fixture.history = history_open(fixture.path, fixture.answers, NULL);
	g_assert_true(history_lacks_owners(fixture.history));
	find_all_owners(&fixture);
	forget_anna(&fixture);
	expect_ids(&fixture, "#chat", "old nobody other");
	history_close(fixture.history);
	fixture.history = history_open(fixture.path, fixture.answers, NULL);
	g_assert_false(history_lacks_owners(fixture.history));
	history_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history-forget/account", test_account);
	g_test_add_func("/history-forget/talks", test_talks);
	g_test_add_func("/history-forget/owned", test_owned);
	g_test_add_func("/history-forget/channel", test_channel);
	g_test_add_func("/history-forget/owners", test_owners);
	return g_test_run();
}
