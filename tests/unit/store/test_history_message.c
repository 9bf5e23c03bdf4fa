/* SPDX-License-Identifier: MIT */
/* One message is given another text, or taken back: what is read, found and left in the files. */
#include "store/history_message.h"

#include "history_fixture.h"

#include <sqlite3.h>
#include <string.h>

static const HistoryPlace chat = {.channel = "#chat"};

static void
edit(HistoryFixture *fixture, const char *msgid, const char *text, bool keep)
{
	const HistoryEdit about = {
	    msgid, text, strchr(text, '\n') != NULL, FIXTURE_TIME + 99, keep};

	fixture->tally.id = 0;
	fixture->added++;
	history_edit(fixture->history, &chat, &about, tally_answer, &fixture->tally);
	history_fixture_commit(fixture);
	g_assert_cmpuint(fixture->tally.failed, ==, 0);
}

static unsigned
found(HistoryFixture *fixture, const char *text)
{
	const char *const channels[] = {"#chat", NULL};
	const HistorySearch search = {.channels = channels, .text = text, .limit = 10};
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = history_search(fixture->history, &search, &error);

	g_assert_no_error(error);
	return rows->len;
}

static HistoryRow *
find(HistoryFixture *fixture, const char *msgid)
{
	g_autoptr(GError) error = NULL;
	HistoryRow *row = history_find(fixture->history, &chat, msgid, &error);

	g_assert_no_error(error);
	return row;
}

/* Texts with '|' between; NULL: no such message. Caller frees. */
static char *
versions(HistoryFixture *fixture, const char *msgid)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = history_versions(fixture->history, &chat, msgid, &error);
	GString *text;

	g_assert_no_error(error);
	if (!rows)
		return NULL;
	text = g_string_new(NULL);
	for (guint i = 0; i < rows->len; i++)
		g_string_append_printf(
		    text, "%s%s", i > 0 ? "|" : "", ((const HistoryRow *)rows->pdata[i])->text);
	return g_string_free(text, FALSE);
}

#define expect_versions(fixture, msgid, expected)                                                  \
	do {                                                                                       \
		g_autofree char *got = versions((fixture), (msgid));                               \
		g_assert_cmpstr(got, ==, (expected));                                              \
	} while (0)

static void
test_edit(void)
{
	HistoryFixture fixture;
	g_autoptr(HistoryRow) row = NULL;
	g_autofree char *file = NULL;
	gsize length;

	history_fixture_init(&fixture);
	history_fixture_say(&fixture, "#chat", "anna", 1, "the passw0rd is secretum");
	history_fixture_say(&fixture, "#chat", "anna", 2, "other");
	history_fixture_commit(&fixture);
	edit(&fixture, "m1", "nothing to see", false);
	g_assert_cmpint(fixture.tally.id, ==, 1);
	row = find(&fixture, "m1");
	g_assert_cmpstr(row->text, ==, "nothing to see");
	g_assert_cmpint(row->edited_at, ==, FIXTURE_TIME + 99);
	g_assert_cmpint(row->time, ==, FIXTURE_TIME + INT64_C(1000000));
	g_assert_cmpuint(found(&fixture, "secretum"), ==, 0);
	g_assert_cmpuint(found(&fixture, "nothing"), ==, 1);
	expect_versions(&fixture, "m1", "nothing to see");
	edit(&fixture, "m9", "no such", false);
	g_assert_cmpint(fixture.tally.id, ==, 0);
	expect_versions(&fixture, "m9", NULL);
	/* After the log was folded in, the old text is in no file. */
	history_close(fixture.history);
	g_assert_true(g_file_get_contents(fixture.path, &file, &length, NULL));
	g_assert_null(memmem(file, length, "passw0rd", strlen("passw0rd")));
	g_assert_nonnull(memmem(file, length, "nothing to see", strlen("nothing to see")));
	fixture.history = history_open(fixture.path, fixture.answers, NULL);
	history_fixture_clear(&fixture);
}

static void
test_versions(void)
{
	HistoryFixture fixture;
	HistoryRetention nothing = {.age = 1};

	history_fixture_init(&fixture);
	for (unsigned i = 1; i <= 3; i++)
		history_fixture_say(&fixture, "#chat", "anna", i, "first");
	history_fixture_commit(&fixture);
	edit(&fixture, "m1", "second", true);
	edit(&fixture, "m1", "third", true);
	edit(&fixture, "m2", "second", true);
	expect_versions(&fixture, "m1", "first|second|third");
	g_assert_cmpuint(found(&fixture, "second"), ==, 1);
	/* Taken back, and aged out: no version stays. */
	fixture.added++;
	history_redact(fixture.history, &chat, "m1", tally_answer, &fixture.tally);
	history_fixture_commit(&fixture);
	expect_versions(&fixture, "m1", NULL);
	expect_versions(&fixture, "m2", "first|second");
	edit(&fixture, "m1", "again", true);
	g_assert_cmpint(fixture.tally.id, ==, 0);
	history_fixture_prune(&fixture, &nothing, FIXTURE_TIME + INT64_C(1000000000));
	history_fixture_say(&fixture, "#chat", "anna", 2, "another of that id");
	history_fixture_commit(&fixture);
	expect_versions(&fixture, "m2", "another of that id");
	history_fixture_clear(&fixture);
}

/* It has as many lines as it was given; what has no text gets none. */
static void
test_kinds(void)
{
	HistoryFixture fixture;
	HistoryRow lines = {.said = HISTORY_SAID,
	    .marks = HISTORY_MARK_LINES,
	    .channel = "#chat",
	    .msgid = "lines",
	    .kind = "message",
	    .verb = "PRIVMSG",
	    .source = "a!b@c",
	    .text = "one\ntwo",
	    .relayed_by = "bridge",
	    .time = FIXTURE_TIME};
	HistoryRow tags = {.said = HISTORY_HAPPENED,
	    .channel = "#chat",
	    .msgid = "tags",
	    .kind = "tag message",
	    .verb = "TAGMSG",
	    .source = "a!b@c",
	    .tags = "+a",
	    .time = FIXTURE_TIME};
	g_autoptr(HistoryRow) row = NULL;
	g_autoptr(HistoryRow) again = NULL;

	history_fixture_init(&fixture);
	fixture.added += 2;
	history_add(fixture.history, &lines, tally_answer, &fixture.tally);
	history_add(fixture.history, &tags, tally_answer, &fixture.tally);
	history_fixture_commit(&fixture);
	edit(&fixture, "lines", "one", false);
	row = find(&fixture, "lines");
	g_assert_cmpuint(row->marks, ==, 0);
	g_assert_cmpstr(row->relayed_by, ==, "bridge");
	edit(&fixture, "lines", "one\nand two", false);
	again = find(&fixture, "lines");
	g_assert_cmpuint(again->marks, ==, HISTORY_MARK_LINES);
	g_assert_cmpstr(again->text, ==, "one\nand two");
	edit(&fixture, "tags", "text", false);
	g_assert_cmpint(fixture.tally.id, ==, 0);
	g_assert_cmpuint(found(&fixture, "text"), ==, 0);
	history_fixture_clear(&fixture);
}

static unsigned n_markers;

static void
count_marker(void *data, const char *party, const char *target, int64_t time)
{
	n_markers++;
}

/* A party keeps as many markers as memory does, the newest. */
static void
test_markers(void)
{
	HistoryFixture fixture;
	g_autoptr(GError) error = NULL;

	history_fixture_init(&fixture);
	for (unsigned i = 0; i < HISTORY_MARKERS_MAX + 20; i++) {
		g_autofree char *name = g_strdup_printf("#c%u", i);

		fixture.added++;
		history_put_marker(
		    fixture.history, "=1", name, FIXTURE_TIME + i, tally_answer, &fixture.tally);
	}
	history_fixture_commit(&fixture);
	g_assert_true(history_read_markers(fixture.history, count_marker, NULL, &error));
	g_assert_cmpuint(n_markers, ==, HISTORY_MARKERS_MAX);
	history_fixture_clear(&fixture);
}

/* Copies a file that another connection has open, as a crash leaves it. */
static void
copy_file(const HistoryFixture *from, const HistoryFixture *to, const char *end)
{
	g_autofree char *source = g_strconcat(from->path, end, NULL);
	g_autofree char *target = g_strconcat(to->path, end, NULL);
	g_autofree char *content = NULL;
	gsize length;

	g_assert_true(g_file_get_contents(source, &content, &length, NULL));
	g_assert_true(g_file_set_contents(target, content, (gssize)length, NULL));
}

/* What was taken back just before a crash is still in the log: the next start cuts it. */
static void
test_after_crash(void)
{
	HistoryFixture fixture, after = {0};
	gint64 limit = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
	sqlite3 *reader;

	history_fixture_init(&fixture);
	history_fixture_say(&fixture, "#chat", "anna", 1, "the zyxsecretxyz");
	history_fixture_commit(&fixture);
	/* Who reads keeps the log from being cut. */
	g_assert_cmpint(sqlite3_open(fixture.path, &reader), ==, SQLITE_OK);
	g_assert_cmpint(
	    sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM message", NULL, NULL, NULL), ==,
	    SQLITE_OK);
	edit(&fixture, "m1", "nothing", false);
	fixture_make_folder("history.db", &after.folder, &after.path, &after.answers);
	copy_file(&fixture, &after, "");
	copy_file(&fixture, &after, "-wal");
	sqlite3_close(reader);
	g_assert_true(history_fixture_holds(&after, "zyxsecretxyz"));
	after.history = history_open(after.path, after.answers, NULL);
	g_assert_nonnull(after.history);
	while (history_fixture_holds(&after, "zyxsecretxyz"))
		g_assert_cmpint(g_get_monotonic_time(), <, limit);
	history_fixture_clear(&after);
	history_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history-message/edit", test_edit);
	g_test_add_func("/history-message/versions", test_versions);
	g_test_add_func("/history-message/kinds", test_kinds);
	g_test_add_func("/history-message/markers", test_markers);
	g_test_add_func("/history-message/after-crash", test_after_crash);
	return g_test_run();
}
