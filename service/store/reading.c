/* SPDX-License-Identifier: MIT */
#include "store/reading.h"

#include "store/store_read.h"

bool
reading_begin(Reading *reading, Store *store, GError **error)
{
	reading->store = store;
	reading->database = readers_borrow(store_readers(store), error);
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
		readers_return(store_readers(reading->store), reading->database);
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
