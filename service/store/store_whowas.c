/* SPDX-License-Identifier: MIT */
#include "store/store_whowas.h"

#include "store/reading.h"
#include "store/store_read.h"
#include "store/store_write.h"

void
store_whowas_free(StoreWhowas *row)
{
	if (!row)
		return;
	g_free(row->nick);
	g_free(row->username);
	g_free(row->host);
	g_free(row->address);
	g_free(row->real_name);
	g_free(row->account);
	g_free(row->event);
	g_free(row);
}

static bool
drop_oldest(const StoreWhowas *row, sqlite3 *database, GError **error)
{
	const DatabaseValue keep = DATABASE_NUMBER(row->keep);

	return database_run(
	    database, "DELETE FROM whowas WHERE id <= last_insert_rowid() - ?1", &keep, error);
}

static bool
apply_add(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreWhowas *row = write->row;
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "INSERT INTO whowas (nick, username, host, address, real_name, account, event, "
	    "connected_at, left_at, account_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	    error);

	if (!statement)
		return false;
	statement_bind_text(statement, 1, row->nick);
	statement_bind_text(statement, 2, row->username);
	statement_bind_text(statement, 3, row->host);
	statement_bind_text(statement, 4, row->address);
	statement_bind_text(statement, 5, row->real_name);
	statement_bind_text(statement, 6, row->account ? row->account : "");
	statement_bind_text(statement, 7, row->event);
	sqlite3_bind_int64(statement, 8, row->connected_at);
	sqlite3_bind_int64(statement, 9, row->left_at);
	sqlite3_bind_int64(statement, 10, row->account_id);
	return store_step(database, statement, error) && drop_oldest(row, database, error);
}

void
store_add_whowas(Store *store, const StoreWhowas *row)
{
	StoreWhowas *copy = g_memdup2(row, sizeof *row);

	copy->nick = g_strdup(row->nick);
	copy->username = g_strdup(row->username);
	copy->host = g_strdup(row->host);
	copy->address = g_strdup(row->address);
	copy->real_name = g_strdup(row->real_name);
	copy->account = g_strdup(row->account);
	copy->event = g_strdup(row->event);
	store_add_write(
	    store, store_write_new(apply_add, copy, (GDestroyNotify)store_whowas_free, NULL, NULL));
}

static void
read_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreWhowas *row = g_new0(StoreWhowas, 1);

	row->nick = statement_text(statement, 0);
	row->username = statement_text(statement, 1);
	row->host = statement_text(statement, 2);
	row->address = statement_text(statement, 3);
	row->real_name = statement_text(statement, 4);
	row->account = statement_text(statement, 5);
	row->event = statement_text(statement, 6);
	row->connected_at = sqlite3_column_int64(statement, 7);
	row->left_at = sqlite3_column_int64(statement, 8);
	row->account_id = sqlite3_column_int64(statement, 9);
	g_ptr_array_add(rows, row);
}

static bool
read_rows(sqlite3 *database, unsigned most, GPtrArray *rows, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "SELECT nick, username, host, address, real_name, account, event, connected_at, "
	    "left_at, account_id FROM (SELECT * FROM whowas ORDER BY id DESC LIMIT ?1) ORDER BY id",
	    error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, most);
	return reading_rows(database, statement, read_row, rows, error);
}

GPtrArray *
store_read_whowas(Store *store, unsigned most, GError **error)
{
	g_autoptr(GPtrArray) rows =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_whowas_free);
	Reading reading;
	bool done;

	if (!reading_begin(&reading, store_readers(store), error))
		return NULL;
	done = read_rows(reading.database, most, rows, error);
	reading_end(&reading, !done);
	return done ? g_steal_pointer(&rows) : NULL;
}
