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
