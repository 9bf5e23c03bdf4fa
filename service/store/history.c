/* SPDX-License-Identifier: MIT */
#include "store/history.h"

#include "store/history_private.h"
#include "store/migrations.h"

#include <string.h>

#define MERGE_PAGES 64 /* of the index, in one slice at leisure */

static void
forget_connection(void *data)
{
	HistoryWriting *writing = data;

	history_statements_clear(&writing->statements);
	writing->total = -1;
}

/* One slice of what rids the index of words that may not be found any more; true if more is left.
 */
static bool
merge_some(HistoryWriting *writing, sqlite3 *database)
{
	int before = sqlite3_total_changes(database);
	/* A negative number begins a merge of the whole index, positive ones go on (FTS5, 6.8). */
	g_autofree char *sql =
	    g_strdup_printf("INSERT INTO message_text (message_text, rank) VALUES ('merge', %d)",
		writing->merge_begun ? MERGE_PAGES : -MERGE_PAGES);

	if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
		return false;
	writing->merge_begun = true;
	/* FTS5's own sign that nothing was left to do. */
	if (sqlite3_total_changes(database) - before >= 2)
		return true;
	writing->merge = false;
	writing->fold = true;
	sqlite3_exec(database, "DELETE FROM chore WHERE name = 'merge'", NULL, NULL, NULL);
	return true;
}

static bool
work_at_leisure(void *data, sqlite3 *database)
{
	HistoryWriting *writing = data;

	if (writing->merge)
		return merge_some(writing, database);
	return writing->fold && database_fold_log(database, &writing->fold);
}

static bool
note_owners(History *history, sqlite3 *database, GError **error)
{
	int64_t chores = 0;

	if (!database_number(
		database, "SELECT count(*) FROM chore WHERE name = 'owners'", 0, &chores, error))
		return false;
	history->lacks_owners = chores > 0;
	return true;
}

bool
history_lacks_owners(const History *history)
{
	return history->lacks_owners;
}

/* Every connection that writes begins with this, the first one and those after a failure. */
static bool
prepare_writing(void *data, sqlite3 *database, GError **error)
{
	HistoryWriting *writing = data;
	int64_t chores = 0;

	writing->total = -1;
	/* Known to SQLite 3.42 and newer; older ones merge at leisure. */
	writing->secure_index =
	    sqlite3_libversion_number() >= 3042000 &&
	    sqlite3_exec(database,
		"INSERT INTO message_text (message_text, rank) VALUES ('secure-delete', 1)", NULL,
		NULL, NULL) == SQLITE_OK;
	if (!database_execute(database, "PRAGMA wal_autocheckpoint = 4000", error) ||
	    !database_number(
		database, "SELECT count(*) FROM chore WHERE name = 'merge'", 0, &chores, error))
		return false;
	writing->merge = chores > 0;
	return true;
}

History *
history_open(const char *path, Mailbox *answers, GError **error)
{
	/* What a crash left there may be what was to be found no more. */
	HistoryWriting writing = {.fold = database_has_log(path)};
	g_autoptr(sqlite3) database = database_open_writer(path, error);
	const char *const *migrations;
	StoreWriterHooks hooks = {
	    .forget = forget_connection, .prepare = prepare_writing, .idle = work_at_leisure};
	unsigned count;
	History *history;

	if (!database)
		return NULL;
	migrations = migrations_history(&count);
	if (!migrations_run(database, path, migrations, count, error) ||
	    !prepare_writing(&writing, database, error))
		return NULL;
	history = g_new0(History, 1);
	if (!note_owners(history, database, error)) {
		g_free(history);
		return NULL;
	}
	history->path = g_strdup(path);
	history->open = g_new0(StoreOpen, 1);
	history->readers = readers_new(path);
	history->writing = writing;
	hooks.data = &history->writing;
	history->writer = store_writer_new(path, g_steal_pointer(&database), answers, &hooks);
	return history;
}

void
history_close(History *history)
{
	if (!history)
		return;
	history_submit(history);
	readers_free(history->readers);
	/* Last: the writing connection folds the log back into the file when it is alone. */
	store_writer_free(history->writer);
	history->open->is_closed = true;
	if (history->open->count == 0)
		g_free(history->open);
	g_free(history->path);
	g_free(history);
}

const char *
history_path(const History *history)
{
	return history->path;
}

bool
history_is_failing(History *history, char **ret_text)
{
	return store_writer_is_failing(history->writer, ret_text);
}

void
history_write(History *history, bool (*apply)(StoreWrite *, sqlite3 *, GError **), void *row,
    GDestroyNotify free_row, StoreDone done, void *data)
{
	StoreWrite *write = store_write_new(apply, row, free_row, done, data);

	write->open = history->open;
	history->open->count++;
	if (history->last)
		history->last->job.item.next = &write->job.item;
	else
		history->first = write;
	history->last = write;
}

void
history_add(History *history, const HistoryRow *row, StoreDone done, void *data)
{
	HistoryAdd *add = g_new(HistoryAdd, 1);

	*add = (HistoryAdd){&history->writing, history_row_copy(row)};
	history_write(
	    history, history_apply_add, add, (GDestroyNotify)history_add_free, done, data);
	history->last->is_unguarded = true;
}

bool
history_is_settled(const History *history)
{
	return history->open->count == 0;
}

static bool
apply_mark(StoreWrite *write, sqlite3 *database, GError **error)
{
	return database_number(
	    database, "SELECT coalesce(max(id), 0) FROM message", 0, &write->id, error);
}

void
history_after(History *history, StoreDone done, void *data)
{
	history_write(history, apply_mark, NULL, NULL, done, data);
}

void
history_submit(History *history)
{
	if (!history->first)
		return;
	store_writer_add_all(history->writer, history->first);
	history->first = NULL;
	history->last = NULL;
}
