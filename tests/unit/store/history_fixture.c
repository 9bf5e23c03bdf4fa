/* SPDX-License-Identifier: MIT */
#include "history_fixture.h"

#include <string.h>

void
history_fixture_init(HistoryFixture *fixture)
{
	g_autoptr(GError) error = NULL;

	*fixture = (HistoryFixture){0};
	fixture_make_folder("history.db", &fixture->folder, &fixture->path, &fixture->answers);
	fixture->history = history_open(fixture->path, fixture->answers, &error);
	g_assert_no_error(error);
	g_assert_nonnull(fixture->history);
}

void
history_fixture_clear(HistoryFixture *fixture)
{
	history_close(fixture->history);
	fixture_remove_folder(fixture->folder, fixture->path, fixture->answers);
	tally_clear(&fixture->tally);
}

void
history_fixture_commit(HistoryFixture *fixture)
{
	history_submit(fixture->history);
	fixture_wait_for(fixture->answers, &fixture->tally, fixture->added);
}

bool
history_fixture_holds(const HistoryFixture *fixture, const char *text)
{
	g_autoptr(GDir) dir = g_dir_open(fixture->folder, 0, NULL);
	const char *name;
	bool found = false;

	while ((name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
		g_autofree char *content = NULL;
		gsize length;

		g_assert_true(g_file_get_contents(path, &content, &length, NULL));
		found |= memmem(content, length, text, strlen(text)) != NULL;
	}
	return found;
}

static void
add(HistoryFixture *fixture, HistoryRow *row, unsigned number)
{
	g_autofree char *msgid = g_strdup_printf("m%u", number);

	row->msgid = msgid;
	row->time = FIXTURE_TIME + number * INT64_C(1000000);
	fixture->added++;
	history_add(fixture->history, row, tally_answer, &fixture->tally);
}

void
history_fixture_say(HistoryFixture *fixture, const char *channel, const char *nick, unsigned number,
    const char *text)
{
	g_autofree char *source = g_strdup_printf("%s!~u@host", nick);
	HistoryRow row = {
	    .said = HISTORY_SAID,
	    .channel = channel,
	    .kind = "message",
	    .verb = "PRIVMSG",
	    .source = source,
	    .account = nick,
	    .text = text,
	};

	add(fixture, &row, number);
}

void
history_fixture_whisper(
    HistoryFixture *fixture, const char *from, const char *to, unsigned number, const char *text)
{
	g_autofree char *source = g_strdup_printf("%s!~u@host", from);
	g_autofree char *sender = g_strdup_printf("=%s", from);
	g_autofree char *receiver = g_strdup_printf("=%s", to);
	HistoryRow row = {
	    .said = HISTORY_SAID,
	    .sender = sender,
	    .sender_name = from,
	    .receiver = receiver,
	    .receiver_name = to,
	    .kind = "message",
	    .verb = "PRIVMSG",
	    .source = source,
	    .printed = to,
	    .text = text,
	};

	add(fixture, &row, number);
}

static GString *
ids_of(const GPtrArray *rows)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < rows->len; i++)
		g_string_append_printf(
		    text, "%s%s", i > 0 ? " " : "", ((const HistoryRow *)rows->pdata[i])->msgid);
	return text;
}

char *
history_fixture_search(HistoryFixture *fixture, HistorySearch search)
{
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GError) error = NULL;

	search.limit = search.limit ? search.limit : 100;
	rows = history_search(fixture->history, &search, &error);
	g_assert_no_error(error);
	return g_string_free(ids_of(rows), FALSE);
}

char *
history_fixture_ids(HistoryFixture *fixture, const HistoryQuery *query)
{
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GError) error = NULL;
	GString *text;
	bool unknown;

	g_assert_true(history_read(fixture->history, query, &rows, &unknown, &error));
	g_assert_no_error(error);
	text = ids_of(rows);
	if (unknown)
		g_string_append(text, "unknown");
	return g_string_free(text, FALSE);
}

void
history_fixture_prune(HistoryFixture *fixture, const HistoryRetention *retention, int64_t now)
{
	for (unsigned slices = 0;; slices++) {
		g_assert_cmpuint(slices, <, 1000);
		fixture->tally.id = 0;
		fixture->added++;
		history_prune(fixture->history, retention, now, tally_answer, &fixture->tally);
		history_fixture_commit(fixture);
		if (fixture->tally.id == 0)
			return;
	}
}
