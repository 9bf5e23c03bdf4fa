/* SPDX-License-Identifier: MIT */
#include "store/history_renames.h"

#include "store/history_private.h"

#include <string.h>

void
history_rename_free(HistoryRename *rename)
{
	if (!rename)
		return;
	g_free(rename->former);
	g_free(rename->name);
	g_free(rename);
}

/* Of a channel; 0: there is none. */
static bool
find_target(sqlite3 *database, const char *folded, int64_t *ret_id, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(
	    database, "SELECT id FROM target WHERE first = ?1 AND second = ''", error);
	int code;

	*ret_id = 0;
	if (!statement)
		return false;
	statement_bind_text(statement, 1, folded);
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*ret_id = sqlite3_column_int64(statement, 0);
	else if (code != SQLITE_DONE)
		database_set_error(database, code, "not stored", error);
	return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* No channel is called so. */
static bool
put_aside(sqlite3 *database, int64_t target, GError **error)
{
	const DatabaseValue id = DATABASE_NUMBER(target);

	return target == 0 ||
	       database_run(database, "UPDATE target SET first = first || ' ' || id WHERE id = ?1",
		   &id, error);
}

/* The target and everybody's markers of `from` get the name. */
static bool
give_name(sqlite3 *database, int64_t target, const char *from, const char *name, GError **error)
{
	g_autofree char *folded = store_fold(name);
	const DatabaseValue values[] = {DATABASE_TEXT(folded), DATABASE_TEXT(name),
	    DATABASE_TEXT(from), DATABASE_NUMBER(target)};

	return database_run(database, "UPDATE target SET first = ?1, first_name = ?2 WHERE id = ?4",
		   values, error) &&
	       database_run(database,
		   "UPDATE OR REPLACE read_marker SET target_folded = ?1, target = ?2"
		   " WHERE target_folded = ?3",
		   values, error);
}

static bool
apply_rename(StoreWrite *write, sqlite3 *database, GError **error)
{
	const HistoryRename *rename = write->row;
	g_autofree char *former = store_fold(rename->former);
	g_autofree char *name = store_fold(rename->name);
	DatabaseValue values[] = {DATABASE_TEXT(rename->former), DATABASE_TEXT(rename->name),
	    DATABASE_NUMBER(rename->time), DATABASE_NUMBER(0), DATABASE_NUMBER(0)};
	int64_t target, other = 0;

	if (!find_target(database, former, &target, error) ||
	    (strcmp(former, name) != 0 && !find_target(database, name, &other, error)) ||
	    !put_aside(database, other, error) ||
	    !give_name(database, target, former, rename->name, error))
		return false;
	values[3].number = target;
	values[4].number = other;
	if (!database_run(database,
		"INSERT INTO renaming (former, name, time, target, aside) VALUES (?1, ?2, ?3, "
		"nullif(?4, 0), nullif(?5, 0))",
		values, error))
		return false;
	write->id = sqlite3_last_insert_rowid(database);
	return true;
}

void
history_rename(History *history, const char *former, const char *name, int64_t time, StoreDone done,
    void *data)
{
	HistoryRename *rename = g_new(HistoryRename, 1);

	*rename = (HistoryRename){0, g_strdup(former), g_strdup(name), time};
	history_write(
	    history, apply_rename, rename, (GDestroyNotify)history_rename_free, done, data);
}

static bool
apply_end(StoreWrite *write, sqlite3 *database, GError **error)
{
	const DatabaseValue id = DATABASE_NUMBER(*(const int64_t *)write->row);

	return database_run(database, "DELETE FROM renaming WHERE id = ?1", &id, error);
}

void
history_end_rename(History *history, int64_t id, StoreDone done, void *data)
{
	history_write(history, apply_end, g_memdup2(&id, sizeof id), g_free, done, data);
}

/* What `row` stands on; nothing was said before it if it has no target: then what was said since is
 * what bears the name now. */
static bool
undo(sqlite3 *database, sqlite3_stmt *row, GError **error)
{
	const char *former = (const char *)sqlite3_column_text(row, 0);
	const char *name = (const char *)sqlite3_column_text(row, 1);
	g_autofree char *former_folded = store_fold(former);
	g_autofree char *folded = store_fold(name);
	int64_t target = sqlite3_column_int64(row, 2), other = 0;
	const DatabaseValue aside[] = {
	    DATABASE_TEXT(folded), DATABASE_NUMBER(sqlite3_column_int64(row, 3))};

	if ((target == 0 && !find_target(database, folded, &target, error)) ||
	    !find_target(database, former_folded, &other, error) ||
	    (other != target && !put_aside(database, other, error)))
		return false;
	return give_name(database, target, folded, former, error) &&
	       database_run(
		   database, "UPDATE OR IGNORE target SET first = ?1 WHERE id = ?2", aside, error);
}

static bool
apply_undo(StoreWrite *write, sqlite3 *database, GError **error)
{
	g_autoptr(sqlite3_stmt) row = statement_new(
	    database, "SELECT former, name, target, aside FROM renaming WHERE id = ?1", error);
	int code;

	if (!row)
		return false;
	sqlite3_bind_int64(row, 1, *(const int64_t *)write->row);
	code = sqlite3_step(row);
	if (code == SQLITE_DONE)
		return true;
	if (code != SQLITE_ROW) {
		database_set_error(database, code, "not stored", error);
		return false;
	}
	return undo(database, row, error) && apply_end(write, database, error);
}

void
history_undo_rename(History *history, int64_t id, StoreDone done, void *data)
{
	history_write(history, apply_undo, g_memdup2(&id, sizeof id), g_free, done, data);
}

static void
read_rename(GPtrArray *rows, sqlite3_stmt *statement)
{
	HistoryRename *rename = g_new(HistoryRename, 1);

	*rename = (HistoryRename){sqlite3_column_int64(statement, 0), statement_text(statement, 1),
	    statement_text(statement, 2), sqlite3_column_int64(statement, 3)};
	g_ptr_array_add(rows, rename);
}

GPtrArray *
history_read_renames(History *history, GError **error)
{
	return reading_all(history->readers,
	    "SELECT id, former, name, time FROM renaming ORDER BY id", read_rename,
	    (GDestroyNotify)history_rename_free, error);
}
