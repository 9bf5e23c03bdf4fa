/* SPDX-License-Identifier: MIT */
#include "store/reading.h"

bool
reading_begin(Reading *reading, Readers *readers, GError **error)
{
	reading->readers = readers;
	reading->database = readers_borrow(readers, error);
	if (!reading->database)
		return false;
	if (database_execute(reading->database, "BEGIN", error))
		return true;
	g_clear_pointer(&reading->database, database_close);
	return false;
}

void
reading_end(Reading *reading, bool failed)
{
	sqlite3_exec(reading->database, failed ? "ROLLBACK" : "COMMIT", NULL, NULL, NULL);
	if (failed)
		database_close(reading->database);
	else
		readers_return(reading->readers, reading->database);
}

bool
reading_rows(
    sqlite3 *database, sqlite3_stmt *statement, ReadingRow reader, GPtrArray *rows, GError **error)
{
	int code;

	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		reader(rows, statement);
	if (code == SQLITE_DONE)
		return true;
	database_set_error(database, code, "not read", error);
	return false;
}

GPtrArray *
reading_all(
    Readers *readers, const char *sql, ReadingRow reader, GDestroyNotify free_row, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
	sqlite3_stmt *statement;
	Reading reading;
	bool done;

	if (!reading_begin(&reading, readers, error))
		return NULL;
	statement = statement_new(reading.database, sql, error);
	done = statement && reading_rows(reading.database, statement, reader, rows, error);
	sqlite3_finalize(statement);
	reading_end(&reading, !done);
	return done ? g_steal_pointer(&rows) : NULL;
}
