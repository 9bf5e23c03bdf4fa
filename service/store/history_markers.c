/* SPDX-License-Identifier: MIT */
/* Read markers of accounts. */
#include "store/history_private.h"

typedef struct Change {
	char *party;
	char *target;
	int64_t time;
} Change;

static void
change_free(Change *change)
{
	g_free(change->party);
	g_free(change->target);
	g_free(change);
}

static bool
apply_marker(StoreWrite *write, sqlite3 *database, GError **error)
{
	const Change *change = write->row;
	g_autofree char *folded = store_fold(change->target);

	const DatabaseValue values[] = {DATABASE_TEXT(change->party), DATABASE_TEXT(folded),
	    DATABASE_TEXT(change->target), DATABASE_NUMBER(change->time)};

	return database_run(database,
		   "INSERT INTO read_marker (party, target_folded, target, time) VALUES (?1, ?2, "
		   "?3, ?4) ON CONFLICT (party, target_folded) DO UPDATE SET target = ?3, "
		   "time = max(time, ?4)",
		   values, error) &&
	       /* The same that memory forgets. */
	       database_run(database,
		   "DELETE FROM read_marker WHERE party = ?1 AND target_folded IN (SELECT "
		   "target_folded FROM read_marker WHERE party = ?1 ORDER BY time DESC LIMIT -1 "
		   "OFFSET " G_STRINGIFY(HISTORY_MARKERS_MAX) ")",
		   values, error);
}

void
history_put_marker(History *history, const char *party, const char *target, int64_t time,
    StoreDone done, void *data)
{
	Change *change = g_new(Change, 1);

	*change = (Change){g_strdup(party), g_strdup(target), time};
	history_write(history, apply_marker, change, (GDestroyNotify)change_free, done, data);
}

bool
history_read_markers(History *history, HistoryMarker each, void *data, GError **error)
{
	Reading reading;
	g_autoptr(sqlite3_stmt) statement = NULL;
	int code = SQLITE_ERROR;

	if (!reading_begin(&reading, history->readers, error))
		return false;
	statement = statement_new(
	    reading.database, "SELECT party, target, time FROM read_marker ORDER BY time", error);
	while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW)
		each(data, (const char *)sqlite3_column_text(statement, 0),
		    (const char *)sqlite3_column_text(statement, 1),
		    sqlite3_column_int64(statement, 2));
	if (statement && code != SQLITE_DONE)
		database_set_error(reading.database, code, "not read", error);
	g_clear_pointer(&statement, sqlite3_finalize);
	reading_end(&reading, code != SQLITE_DONE);
	return code == SQLITE_DONE;
}
