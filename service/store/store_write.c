/* SPDX-License-Identifier: MIT */
#include "store/store_write.h"

#include "proto/casemap.h"

#include <string.h>

/* Owner's thread. */
static void
answer_write(Job *job)
{
	StoreWrite *write = (StoreWrite *)job;
	StoreAnswer answer = {
	    .done = !write->problem,
	    .text = write->problem ? write->problem : "",
	    .id = write->problem ? 0 : write->id,
	};

	if (write->open && --write->open->count == 0 && write->open->is_closed)
		g_free(write->open);
	if (write->done)
		write->done(write->data, &answer);
	store_write_free(write);
}

StoreWrite *
store_write_new(bool (*apply)(StoreWrite *, sqlite3 *, GError **), void *row,
    GDestroyNotify free_row, StoreDone done, void *data)
{
	StoreWrite *write = g_new0(StoreWrite, 1);

	write->job.done = answer_write;
	write->apply = apply;
	write->row = row;
	write->free_row = free_row;
	write->done = done;
	write->data = data;
	return write;
}

void
store_write_free(StoreWrite *write)
{
	if (!write)
		return;
	if (write->free_row)
		write->free_row(write->row);
	g_free(write->name);
	g_free(write->problem);
	g_free(write);
}

char *
store_fold(const char *name)
{
	size_t size = strlen(name) + 1;
	char *folded = g_malloc(size);

	casemap_fold_text(name, folded, size);
	return folded;
}

bool
store_step(sqlite3 *database, sqlite3_stmt *statement, GError **error)
{
	int code = sqlite3_step(statement);

	if (code == SQLITE_DONE)
		return true;
	database_set_error(database, code, "not stored", error);
	return false;
}

bool
store_apply_put_channel(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreChannel *channel = write->row;
	g_autofree char *folded = store_fold(channel->name);
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "INSERT INTO registered_channel VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
	    "?12, ?13, ?14) "
	    "ON CONFLICT (name_folded) DO UPDATE SET name = ?2, created = ?3, topic = ?4, "
	    "topic_set_by = ?5, topic_set_at = ?6, modes = ?7, key = ?8, member_limit = ?9, "
	    "registered_by = ?10, registered_at = ?11, founder = ?12, settings = ?13, used_at = "
	    "?14",
	    error);

	if (!statement)
		return false;
	statement_bind_text(statement, 1, folded);
	statement_bind_text(statement, 2, channel->name);
	sqlite3_bind_int64(statement, 3, channel->created);
	statement_bind_text(statement, 4, channel->topic ? channel->topic : "");
	statement_bind_text(statement, 5, channel->topic_set_by ? channel->topic_set_by : "");
	sqlite3_bind_int64(statement, 6, channel->topic_set_at);
	statement_bind_text(statement, 7, channel->modes ? channel->modes : "");
	statement_bind_text(statement, 8, channel->key ? channel->key : "");
	sqlite3_bind_int64(statement, 9, channel->limit);
	statement_bind_text(statement, 10, channel->registered_by ? channel->registered_by : "");
	sqlite3_bind_int64(statement, 11, channel->registered_at);
	statement_bind_text(statement, 12, channel->founder ? channel->founder : "");
	statement_bind_text(statement, 13, channel->settings ? channel->settings : "");
	sqlite3_bind_int64(statement, 14, channel->used_at);
	return store_step(database, statement, error);
}

bool
store_apply_remove_channel(StoreWrite *write, sqlite3 *database, GError **error)
{
	g_autofree char *folded = store_fold(write->name);
	g_autoptr(sqlite3_stmt) statement =
	    statement_new(database, "DELETE FROM registered_channel WHERE name_folded = ?1", error);

	if (!statement)
		return false;
	statement_bind_text(statement, 1, folded);
	return store_step(database, statement, error);
}

/* The statement of something that a registered channel has. */
static bool
step_of_channel(const StoreWrite *write, sqlite3 *database, sqlite3_stmt *statement, GError **error)
{
	if (store_step(database, statement, error))
		return true;
	if (sqlite3_extended_errcode(database) == SQLITE_CONSTRAINT_FOREIGNKEY) {
		g_clear_error(error);
		g_set_error(error, STORE_ERROR, STORE_ERROR_READ, "%s is not a registered channel",
		    write->name);
	}
	return false;
}

bool
store_apply_put_entry(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreListEntry *entry = write->row;
	char kind[2] = {entry->kind, '\0'};
	g_autofree char *channel = store_fold(write->name);
	g_autofree char *mask = store_fold(entry->mask);
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "INSERT INTO channel_list_entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
	    "ON CONFLICT (channel, kind, mask_folded) DO UPDATE SET mask = ?4, set_by = ?5, "
	    "set_at = ?6, expires = ?7, reason = ?8",
	    error);

	if (!statement)
		return false;
	statement_bind_text(statement, 1, channel);
	statement_bind_text(statement, 2, kind);
	statement_bind_text(statement, 3, mask);
	statement_bind_text(statement, 4, entry->mask);
	statement_bind_text(statement, 5, entry->set_by ? entry->set_by : "");
	sqlite3_bind_int64(statement, 6, entry->set_at);
	sqlite3_bind_int64(statement, 7, entry->expires_at);
	statement_bind_text(statement, 8, entry->reason ? entry->reason : "");
	return step_of_channel(write, database, statement, error);
}

bool
store_apply_remove_entry(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreListEntry *entry = write->row;
	char kind[2] = {entry->kind, '\0'};
	g_autofree char *channel = store_fold(write->name);
	g_autofree char *mask = store_fold(entry->mask);
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "DELETE FROM channel_list_entry WHERE channel = ?1 AND kind = ?2 AND mask_folded = ?3",
	    error);

	if (!statement)
		return false;
	statement_bind_text(statement, 1, channel);
	statement_bind_text(statement, 2, kind);
	statement_bind_text(statement, 3, mask);
	return store_step(database, statement, error);
}

bool
store_apply_put_property(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreProperty *property = write->row;
	g_autofree char *channel = store_fold(write->name);
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    property->value ? "INSERT INTO channel_property VALUES (?1, ?2, ?3) "
			      "ON CONFLICT (channel, key) DO UPDATE SET value = ?3"
			    : "DELETE FROM channel_property WHERE channel = ?1 AND key = ?2",
	    error);

	if (!statement)
		return false;
	statement_bind_text(statement, 1, channel);
	statement_bind_text(statement, 2, property->key);
	if (property->value)
		statement_bind_text(statement, 3, property->value);
	return step_of_channel(write, database, statement, error);
}

static bool
add_item(sqlite3 *database, int64_t change, unsigned position, const StoreChangeItem *item,
    GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(
	    database, "INSERT INTO config_change_item VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, change);
	sqlite3_bind_int64(statement, 2, position);
	statement_bind_text(statement, 3, item->section);
	statement_bind_text(statement, 4, item->key);
	statement_bind_text(statement, 5, item->from);
	statement_bind_text(statement, 6, item->to);
	sqlite3_bind_int(statement, 7, item->secret);
	return store_step(database, statement, error);
}

bool
store_apply_add_change(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreConfigChange *change = write->row;
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "INSERT INTO config_change (time, who, comment, state, undo_of) "
	    "VALUES (?1, ?2, ?3, ?4, nullif(?5, 0))",
	    error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, change->time);
	statement_bind_text(statement, 2, change->who ? change->who : "");
	statement_bind_text(statement, 3, change->comment ? change->comment : "");
	statement_bind_text(statement, 4, store_change_state_name(change->state));
	sqlite3_bind_int64(statement, 5, change->undo_of);
	if (!store_step(database, statement, error))
		return false;
	write->id = sqlite3_last_insert_rowid(database);
	for (unsigned i = 0; change->items && i < change->items->len; i++)
		if (!add_item(database, write->id, i, change->items->pdata[i], error))
			return false;
	return true;
}

bool
store_apply_change_state(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreConfigChange *change = write->row;
	g_autoptr(sqlite3_stmt) statement =
	    statement_new(database, "UPDATE config_change SET state = ?2 WHERE id = ?1", error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, change->id);
	statement_bind_text(statement, 2, store_change_state_name(change->state));
	return store_step(database, statement, error);
}

/* Ids grow by one, so the newest rows are those above the bound. */
static bool
prune_audit(sqlite3 *database, int64_t bound, GError **error)
{
	g_autoptr(sqlite3_stmt) statement =
	    statement_new(database, "DELETE FROM audit WHERE id <= ?1", error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, bound);
	return store_step(database, statement, error);
}

bool
store_apply_add_audit(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreAudit *audit = write->row;
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "INSERT INTO audit (time, who, role, method, object, outcome, before, after) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	    error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, audit->time);
	statement_bind_text(statement, 2, audit->who ? audit->who : "");
	statement_bind_text(statement, 3, audit->role ? audit->role : "");
	statement_bind_text(statement, 4, audit->method ? audit->method : "");
	statement_bind_text(statement, 5, audit->object ? audit->object : "");
	statement_bind_text(statement, 6, audit->outcome ? audit->outcome : "");
	statement_bind_text(statement, 7, audit->before);
	statement_bind_text(statement, 8, audit->after);
	if (!store_step(database, statement, error))
		return false;
	write->id = sqlite3_last_insert_rowid(database);
	return audit->keep == 0 || prune_audit(database, write->id - audit->keep, error);
}
