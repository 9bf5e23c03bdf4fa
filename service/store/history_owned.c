/* SPDX-License-Identifier: MIT */
/* All that one account said and did, wherever it was, for its owner. */
#include "store/history_private.h"
#include "store/reading.h"

static bool
read_owned(sqlite3 *database, int64_t account, int64_t after, unsigned limit, GPtrArray *rows,
    GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "SELECT " HISTORY_COLUMNS ", CASE second WHEN '' THEN first_name END FROM message JOIN "
	    "target ON target.id = message.target WHERE owner = ?1 AND message.id > ?2 AND "
	    "said <> 2 ORDER BY message.id LIMIT ?3",
	    error);
	int code;

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, account);
	sqlite3_bind_int64(statement, 2, after);
	sqlite3_bind_int64(statement, 3, limit);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		g_ptr_array_add(
		    rows, history_row_from(statement,
			      (const char *)sqlite3_column_text(statement, HISTORY_ROW_COLUMNS)));
	if (code == SQLITE_DONE)
		return true;
	database_set_error(database, code, "not read", error);
	return false;
}

/* What is further than the first row and does not fit comes with the next page. */
static void
cut_bytes(GPtrArray *rows, size_t most)
{
	size_t bytes = 0;

	for (guint i = 0; i < rows->len; i++) {
		bytes += history_row_size(rows->pdata[i]);
		if (bytes <= most || i == 0)
			continue;
		g_ptr_array_set_size(rows, (int)i);
		return;
	}
}

GPtrArray *
history_read_owned(History *history, int64_t account, int64_t after, unsigned limit,
    size_t bytes_max, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
	Reading reading;
	bool done;

	if (!reading_begin(&reading, history->readers, error))
		return NULL;
	done = read_owned(
	    reading.database, account, after, MIN(limit, HISTORY_LIMIT_MAX), rows, error);
	reading_end(&reading, !done);
	if (!done)
		return NULL;
	cut_bytes(rows, bytes_max);
	return g_steal_pointer(&rows);
}
