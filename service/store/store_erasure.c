/* SPDX-License-Identifier: MIT */
#include "store/store_erasure.h"

#include "store/reading.h"
#include "store/store_read.h"
#include "store/store_write.h"

#define SOMEBODY "an erased account"

StoreErasure *
store_erasure_new(int64_t account, int64_t time)
{
	StoreErasure *erasure = g_new0(StoreErasure, 1);

	erasure->account = account;
	erasure->time = time;
	erasure->names = g_ptr_array_new_with_free_func(g_free);
	return erasure;
}

void
store_erasure_free(StoreErasure *erasure)
{
	if (!erasure)
		return;
	g_ptr_array_unref(erasure->names);
	g_free(erasure);
}

char *
store_erased_name(int64_t account)
{
	return g_strdup_printf("account %" G_GINT64_FORMAT, account);
}

/* ?1 the account's id, ?2 the moment. */
static const char *const by_id[] = {
    "INSERT OR IGNORE INTO erasure (account, began) VALUES (?1, ?2)",
    "DELETE FROM account WHERE id = ?1",
    "DELETE FROM whowas WHERE account_id = ?1",
    "UPDATE audit SET object = 'account ' || ?1, before = NULL, after = NULL WHERE method LIKE "
    "'account.%' AND (instr(before, CAST(?1 AS TEXT)) OR instr(after, CAST(?1 AS TEXT)))",
};

/* ?1 one of its names, ?2 what stands for it. What users did is in the audit record with
 * nick!user@host, what administrators did with accounts by the account's name. Rows of whowas from
 * before version 8 know the name only. */
static const char *const by_name[] = {
    "DELETE FROM whowas WHERE account_id = 0 AND account = ?1 COLLATE NOCASE",
    "UPDATE audit SET object = ?2, before = NULL, after = NULL WHERE method LIKE 'account.%' AND "
    "object = ?1 COLLATE NOCASE",
    "UPDATE audit SET before = '\"said by " SOMEBODY "\"' WHERE method = 'REDACT' AND "
    "substr(before, 1, length(?1) + 10) = '\"said by ' || ?1 || '!' COLLATE NOCASE",
    "UPDATE audit SET who = ?2 WHERE role = 'user' AND substr(who, 1, length(?1) + 1) = ?1 || '!' "
    "COLLATE NOCASE",
};

static bool
run_by_id(const StoreErasure *erasure, const char *sql, sqlite3 *database, GError **error)
{
	const DatabaseValue values[] = {
	    DATABASE_NUMBER(erasure->account), DATABASE_NUMBER(erasure->time)};

	return database_run(database, sql, values, error);
}

static bool
run_by_name(const StoreErasure *erasure, const char *sql, sqlite3 *database, GError **error)
{
	g_autofree char *instead = store_erased_name(erasure->account);

	for (guint i = 0; i < erasure->names->len; i++) {
		const DatabaseValue values[] = {
		    DATABASE_TEXT(erasure->names->pdata[i]), DATABASE_TEXT(instead)};

		if (!database_run(database, sql, values, error))
			return false;
	}
	return true;
}

static bool
apply_erase(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreErasure *erasure = write->row;

	for (unsigned i = 0; i < G_N_ELEMENTS(by_id); i++)
		if (!run_by_id(erasure, by_id[i], database, error))
			return false;
	for (unsigned i = 0; i < G_N_ELEMENTS(by_name); i++)
		if (!run_by_name(erasure, by_name[i], database, error))
			return false;
	return true;
}

void
store_erase_account(Store *store, StoreErasure *erasure, StoreDone done, void *data)
{
	store_add_write(store,
	    store_write_new(apply_erase, erasure, (GDestroyNotify)store_erasure_free, done, data));
}

typedef struct End {
	StoreTidying *tidying;
	int64_t account;
} End;

static bool
apply_end(StoreWrite *write, sqlite3 *database, GError **error)
{
	const End *end = write->row;
	const DatabaseValue account = DATABASE_NUMBER(end->account);

	end->tidying->fold = true;
	return database_run(database, "DELETE FROM erasure WHERE account = ?1", &account, error);
}

void
store_end_erasure(Store *store, int64_t account, StoreDone done, void *data)
{
	End *end = g_new(End, 1);

	*end = (End){store_tidying(store), account};
	store_add_write(store, store_write_new(apply_end, end, g_free, done, data));
}

GArray *
store_read_erasures(Store *store, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(sqlite3_stmt) statement = NULL;
	Reading reading;
	int code = SQLITE_ERROR;

	if (!reading_begin(&reading, store_readers(store), error))
		return NULL;
	statement = statement_new(
	    reading.database, "SELECT account FROM erasure ORDER BY began, account", error);
	while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW) {
		int64_t id = sqlite3_column_int64(statement, 0);

		g_array_append_val(ids, id);
	}
	if (statement && code != SQLITE_DONE)
		database_set_error(reading.database, code, "not read", error);
	g_clear_pointer(&statement, sqlite3_finalize);
	reading_end(&reading, code != SQLITE_DONE);
	return code == SQLITE_DONE ? g_steal_pointer(&ids) : NULL;
}
