/* SPDX-License-Identifier: MIT */
#include "store/store_operator_codes.h"

#include "store/reading.h"
#include "store/store_read.h"
#include "store/store_write.h"

void
store_operator_code_free(StoreOperatorCode *row)
{
	if (!row)
		return;
	g_free(row->operator);
	g_free(row);
}

static bool
apply_put(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreOperatorCode *row = write->row;
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "INSERT INTO operator_code (operator, step) VALUES (?1, ?2) "
	    "ON CONFLICT (operator) DO UPDATE SET step = max(step, excluded.step)",
	    error);

	if (!statement)
		return false;
	statement_bind_text(statement, 1, row->operator);
	sqlite3_bind_int64(statement, 2, row->step);
	return store_step(database, statement, error);
}

void
store_put_operator_code(
    Store *store, const char *operator, int64_t step, StoreDone done, void *data)
{
	StoreOperatorCode *row = g_new(StoreOperatorCode, 1);

	*row = (StoreOperatorCode){g_strdup(operator), step};
	store_add_write(store,
	    store_write_new(apply_put, row, (GDestroyNotify)store_operator_code_free, done, data));
}

static void
read_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreOperatorCode *row = g_new(StoreOperatorCode, 1);

	*row =
	    (StoreOperatorCode){statement_text(statement, 0), sqlite3_column_int64(statement, 1)};
	g_ptr_array_add(rows, row);
}

static bool
read_rows(sqlite3 *database, GPtrArray *rows, GError **error)
{
	g_autoptr(sqlite3_stmt) statement =
	    statement_new(database, "SELECT operator, step FROM operator_code", error);

	return statement && reading_rows(database, statement, read_row, rows, error);
}

GPtrArray *
store_read_operator_codes(Store *store, GError **error)
{
	g_autoptr(GPtrArray) rows =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_operator_code_free);
	Reading reading;
	bool done;

	if (!reading_begin(&reading, store_readers(store), error))
		return NULL;
	done = read_rows(reading.database, rows, error);
	reading_end(&reading, !done);
	return done ? g_steal_pointer(&rows) : NULL;
}
