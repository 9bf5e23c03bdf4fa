/* SPDX-License-Identifier: MIT */
/* Read markers of accounts, and channels under another name. */
#include "store/history_private.h"

#include <string.h>

/* Two texts and a moment. */
typedef struct Change {
	char *first;
	char *second;
	int64_t time;
} Change;

static void
change_free(Change *change)
{
	g_free(change->first);
	g_free(change->second);
	g_free(change);
}

static Change *
change_new(const char *first, const char *second, int64_t time)
{
	Change *change = g_new(Change, 1);

	*change = (Change){g_strdup(first), g_strdup(second), time};
	return change;
}

static bool
run_once(sqlite3 *database, const char *sql, const char *first, const char *second,
    const char *third, int64_t number, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database, sql, error);
	const char *texts[] = {first, second, third};
	int wanted;

	if (!statement)
		return false;
	wanted = sqlite3_bind_parameter_count(statement);
	for (int i = 0; i < (int)G_N_ELEMENTS(texts) && i < wanted; i++)
		statement_bind_text(statement, i + 1, texts[i]);
	if (wanted > 3)
		sqlite3_bind_int64(statement, 4, number);
	return history_statement_run(database, statement, error);
}

static bool
apply_marker(StoreWrite *write, sqlite3 *database, GError **error)
{
	const Change *change = write->row;
	g_autofree char *folded = history_fold(change->second);

	return run_once(database,
		   "INSERT INTO read_marker (party, target_folded, target, time) VALUES (?1, ?2, "
		   "?3, ?4) ON CONFLICT (party, target_folded) DO UPDATE SET target = ?3, "
		   "time = max(time, ?4)",
		   change->first, folded, change->second, change->time, error) &&
	       /* The same that memory forgets. */
	       run_once(database,
		   "DELETE FROM read_marker WHERE party = ?1 AND target_folded IN (SELECT "
		   "target_folded FROM read_marker WHERE party = ?1 ORDER BY time DESC LIMIT -1 "
		   "OFFSET " G_STRINGIFY(HISTORY_MARKERS_MAX) ")",
		   change->first, NULL, NULL, 0, error);
}

void
history_put_marker(History *history, const char *party, const char *target, int64_t time,
    StoreDone done, void *data)
{
	history_write(history, apply_marker, change_new(party, target, time),
	    (GDestroyNotify)change_free, done, data);
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

/* What a channel that is no more left under the new name stays, where nobody asks for it, until
 * its time is over. */
static bool
apply_rename(StoreWrite *write, sqlite3 *database, GError **error)
{
	const Change *change = write->row;
	g_autofree char *from = history_fold(change->first);
	g_autofree char *to = history_fold(change->second);

	if (strcmp(from, to) != 0 &&
	    !run_once(database,
		"UPDATE target SET first = ?1 || ' ' || id WHERE first = ?1 AND second = ''", to,
		NULL, NULL, 0, error))
		return false;
	return run_once(database,
		   "UPDATE target SET first = ?2, first_name = ?3 WHERE first = ?1 AND second = ''",
		   from, to, change->second, 0, error) &&
	       run_once(database,
		   "UPDATE OR REPLACE read_marker SET target_folded = ?2, target = ?3"
		   " WHERE target_folded = ?1",
		   from, to, change->second, 0, error);
}

void
history_rename(History *history, const char *from, const char *to, StoreDone done, void *data)
{
	history_write(history, apply_rename, change_new(from, to, 0), (GDestroyNotify)change_free,
	    done, data);
}
