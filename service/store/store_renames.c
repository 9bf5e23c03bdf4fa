/* SPDX-License-Identifier: MIT */
#include "store/store_renames.h"

#include "store/reading.h"
#include "store/store_read.h"
#include "store/store_write.h"

void
store_rename_free(StoreRename *rename)
{
	if (!rename)
		return;
	g_free(rename->former);
	g_free(rename->name);
	g_free(rename);
}

void
store_former_name_free(StoreFormerName *name)
{
	if (!name)
		return;
	g_free(name->name);
	g_free(name->channel);
	g_free(name);
}

/* ?1 and ?2 the names as they are compared, ?3 and ?4 as they are written, ?5 now, ?6 until when
 * the former one leads there. */
static const char *const steps[] = {
    /* What refers to the row goes along before it goes: a key that others refer to stays. */
    "DELETE FROM registered_channel WHERE name_folded = ?2 AND ?1 <> ?2",
    "INSERT INTO registered_channel SELECT ?2, ?4, created, topic, topic_set_by, "
    "topic_set_at, modes, key, member_limit, registered_by, registered_at, founder, "
    "settings, used_at FROM registered_channel WHERE name_folded = ?1 AND ?1 <> ?2",
    "UPDATE channel_list_entry SET channel = ?2 WHERE channel = ?1",
    "UPDATE channel_property SET channel = ?2 WHERE channel = ?1",
    "UPDATE former_name SET channel = ?2 WHERE channel = ?1",
    "DELETE FROM registered_channel WHERE name_folded = ?1 AND ?1 <> ?2",
    "UPDATE registered_channel SET name = ?4 WHERE name_folded = ?2",
};
static const char *const followers[] = {
    "DELETE FROM former_name WHERE name_folded = ?2 OR until <= ?5",
    "INSERT OR REPLACE INTO former_name SELECT ?1, ?3, ?2, ?6 WHERE ?6 > ?5 AND ?1 <> ?2",
    "DELETE FROM former_name WHERE channel = ?2 AND name_folded NOT IN (SELECT name_folded FROM "
    "former_name WHERE channel = ?2 ORDER BY until DESC LIMIT " G_STRINGIFY(STORE_FORMER_NAMES) ")",
    "INSERT INTO renamed_channel (former, name, time) VALUES (?3, ?4, ?5)",
};

static bool
run_steps(sqlite3 *database, const char *const *sql, unsigned count, const DatabaseValue *values,
    GError **error)
{
	for (unsigned i = 0; i < count; i++)
		if (!database_run(database, sql[i], values, error))
			return false;
	return true;
}

static bool
apply_rename(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreRename *rename = write->row;
	g_autofree char *former = store_fold(rename->former);
	g_autofree char *name = store_fold(rename->name);
	const DatabaseValue values[] = {DATABASE_TEXT(former), DATABASE_TEXT(name),
	    DATABASE_TEXT(rename->former), DATABASE_TEXT(rename->name),
	    DATABASE_NUMBER(rename->time), DATABASE_NUMBER(rename->until)};
	DatabaseValue oldest;

	if (!run_steps(database, steps, G_N_ELEMENTS(steps), values, error))
		return false;
	if (sqlite3_changes(database) == 0) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_READ, "%s is not a registered channel",
		    rename->former);
		return false;
	}
	if (!run_steps(database, followers, G_N_ELEMENTS(followers), values, error))
		return false;
	write->id = sqlite3_last_insert_rowid(database);
	oldest = DATABASE_NUMBER(write->id - STORE_RENAMES_MAX);
	return database_run(database, "DELETE FROM renamed_channel WHERE id <= ?1", &oldest, error);
}

void
store_rename_channel(Store *store, const StoreRename *rename, StoreDone done, void *data)
{
	StoreRename *copy = g_memdup2(rename, sizeof *rename);

	copy->former = g_strdup(rename->former);
	copy->name = g_strdup(rename->name);
	store_add_write(store,
	    store_write_new(apply_rename, copy, (GDestroyNotify)store_rename_free, done, data));
}

static bool
apply_end(StoreWrite *write, sqlite3 *database, GError **error)
{
	const DatabaseValue id = DATABASE_NUMBER(*(const int64_t *)write->row);

	return database_run(database, "DELETE FROM renamed_channel WHERE id = ?1", &id, error);
}

void
store_end_rename(Store *store, int64_t id, StoreDone done, void *data)
{
	store_add_write(
	    store, store_write_new(apply_end, g_memdup2(&id, sizeof id), g_free, done, data));
}

static void
read_rename(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreRename *rename = g_new0(StoreRename, 1);

	rename->id = sqlite3_column_int64(statement, 0);
	rename->former = statement_text(statement, 1);
	rename->name = statement_text(statement, 2);
	rename->time = sqlite3_column_int64(statement, 3);
	g_ptr_array_add(rows, rename);
}

GPtrArray *
store_read_renames(Store *store, GError **error)
{
	return reading_all(store_readers(store),
	    "SELECT id, former, name, time FROM renamed_channel ORDER BY id", read_rename,
	    (GDestroyNotify)store_rename_free, error);
}

static void
read_former_name(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreFormerName *name = g_new0(StoreFormerName, 1);

	name->name = statement_text(statement, 0);
	name->channel = statement_text(statement, 1);
	name->until = sqlite3_column_int64(statement, 2);
	g_ptr_array_add(rows, name);
}

GPtrArray *
store_read_former_names(Store *store, GError **error)
{
	return reading_all(store_readers(store),
	    "SELECT former_name.name, registered_channel.name, until FROM former_name JOIN "
	    "registered_channel ON registered_channel.name_folded = channel ORDER BY until",
	    read_former_name, (GDestroyNotify)store_former_name_free, error);
}
