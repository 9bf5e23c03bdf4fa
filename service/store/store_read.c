/* SPDX-License-Identifier: MIT */
#include "store/store_read.h"

#include "store/reading.h"

static void
read_channel_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreChannel *channel = g_new0(StoreChannel, 1);

	channel->name = statement_text(statement, 0);
	channel->created = sqlite3_column_int64(statement, 1);
	channel->topic = statement_text(statement, 2);
	channel->topic_set_by = statement_text(statement, 3);
	channel->topic_set_at = sqlite3_column_int64(statement, 4);
	channel->modes = statement_text(statement, 5);
	channel->key = statement_text(statement, 6);
	channel->limit = (uint32_t)sqlite3_column_int64(statement, 7);
	channel->registered_by = statement_text(statement, 8);
	channel->registered_at = sqlite3_column_int64(statement, 9);
	channel->founder = statement_text(statement, 10);
	channel->settings = statement_text(statement, 11);
	channel->used_at = sqlite3_column_int64(statement, 12);
	channel->entries = g_ptr_array_new_with_free_func((GDestroyNotify)store_list_entry_free);
	channel->properties = g_ptr_array_new_with_free_func((GDestroyNotify)store_property_free);
	g_ptr_array_add(rows, channel);
}

/* An entry comes with its channel's position among the channels, which are sorted alike. */
static void
read_entry_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreChannel *channel = rows->pdata[sqlite3_column_int64(statement, 0)];
	StoreListEntry *entry = g_new0(StoreListEntry, 1);
	g_autofree char *kind = statement_text(statement, 1);

	entry->kind = kind[0];
	entry->mask = statement_text(statement, 2);
	entry->set_by = statement_text(statement, 3);
	entry->set_at = sqlite3_column_int64(statement, 4);
	entry->expires_at = sqlite3_column_int64(statement, 5);
	entry->reason = statement_text(statement, 6);
	g_ptr_array_add(channel->entries, entry);
}

static void
read_property_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreChannel *channel = rows->pdata[sqlite3_column_int64(statement, 0)];
	StoreProperty *property = g_new0(StoreProperty, 1);

	property->key = statement_text(statement, 1);
	property->value = statement_text(statement, 2);
	g_ptr_array_add(channel->properties, property);
}

static bool
read_properties(sqlite3 *database, GPtrArray *channels, GError **error)
{
	g_autoptr(sqlite3_stmt) rows = statement_new(database,
	    "SELECT c.position, p.key, p.value FROM channel_property AS p "
	    "JOIN (SELECT name_folded, row_number() OVER (ORDER BY name_folded) - 1 AS position "
	    "FROM registered_channel) AS c ON c.name_folded = p.channel "
	    "ORDER BY c.position, p.key",
	    error);

	return rows && reading_rows(database, rows, read_property_row, channels, error);
}

static bool
read_channels(sqlite3 *database, GPtrArray *channels, GError **error)
{
	g_autoptr(sqlite3_stmt) rows = statement_new(database,
	    "SELECT name, created, topic, topic_set_by, topic_set_at, modes, key, member_limit, "
	    "registered_by, registered_at, founder, settings, used_at "
	    "FROM registered_channel ORDER BY name_folded",
	    error);
	g_autoptr(sqlite3_stmt) entries = NULL;

	if (!rows || !reading_rows(database, rows, read_channel_row, channels, error))
		return false;
	entries = statement_new(database,
	    "SELECT c.position, e.kind, e.mask, e.set_by, e.set_at, e.expires, e.reason "
	    "FROM channel_list_entry AS e "
	    "JOIN (SELECT name_folded, row_number() OVER (ORDER BY name_folded) - 1 AS position "
	    "FROM registered_channel) AS c ON c.name_folded = e.channel "
	    "ORDER BY c.position, e.kind, e.set_at, e.mask_folded",
	    error);
	return entries && reading_rows(database, entries, read_entry_row, channels, error) &&
	       read_properties(database, channels, error);
}

GPtrArray *
store_read_channels(Store *store, GError **error)
{
	g_autoptr(GPtrArray) channels =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_channel_free);
	Reading reading;
	bool done;

	if (!reading_begin(&reading, store_readers(store), error))
		return NULL;
	done = read_channels(reading.database, channels, error);
	reading_end(&reading, !done);
	return done ? g_steal_pointer(&channels) : NULL;
}

static StoreChangeState
parse_state(sqlite3_stmt *statement, int column)
{
	g_autofree char *name = statement_text(statement, column);

	for (StoreChangeState state = 0; state < STORE_CHANGE_STATES; state++)
		if (g_str_equal(name, store_change_state_name(state)))
			return state;
	/* The table's CHECK leaves no other. */
	g_assert_not_reached();
}

static void
read_change_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreConfigChange *change = g_new0(StoreConfigChange, 1);

	change->id = sqlite3_column_int64(statement, 0);
	change->time = sqlite3_column_int64(statement, 1);
	change->who = statement_text(statement, 2);
	change->comment = statement_text(statement, 3);
	change->state = parse_state(statement, 4);
	change->undo_of = sqlite3_column_int64(statement, 5);
	change->items = g_ptr_array_new_with_free_func((GDestroyNotify)store_change_item_free);
	g_ptr_array_add(rows, change);
}

static void
read_item_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreChangeItem *item = g_new0(StoreChangeItem, 1);

	item->section = statement_text(statement, 0);
	item->key = statement_text_or_null(statement, 1);
	item->from = statement_text_or_null(statement, 2);
	item->to = statement_text_or_null(statement, 3);
	item->secret = sqlite3_column_int(statement, 4) != 0;
	g_ptr_array_add(rows, item);
}

static bool
read_items(sqlite3 *database, GPtrArray *changes, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "SELECT section, key, old, new, secret FROM config_change_item WHERE change = ?1 "
	    "ORDER BY position",
	    error);

	if (!statement)
		return false;
	for (unsigned i = 0; i < changes->len; i++) {
		StoreConfigChange *change = changes->pdata[i];

		sqlite3_reset(statement);
		sqlite3_bind_int64(statement, 1, change->id);
		if (!reading_rows(database, statement, read_item_row, change->items, error))
			return false;
	}
	return true;
}

/* `sql` selects whole rows of config_change with ?1 = before or id, ?2 = limit. */
static bool
read_changes(sqlite3 *database, const char *sql, int64_t number, unsigned limit, GPtrArray *changes,
    GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database, sql, error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, number);
	if (sqlite3_bind_parameter_count(statement) > 1)
		sqlite3_bind_int64(statement, 2, limit);
	return reading_rows(database, statement, read_change_row, changes, error) &&
	       read_items(database, changes, error);
}

#define CHANGE_COLUMNS "SELECT id, time, who, comment, state, undo_of FROM config_change "

GPtrArray *
store_read_config_changes(
    Store *store, int64_t before, unsigned limit, uint64_t *ret_total, GError **error)
{
	g_autoptr(GPtrArray) changes =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_config_change_free);
	int64_t total = 0;
	Reading reading;
	bool done;

	g_assert(limit <= STORE_PAGE_MAX);
	if (!reading_begin(&reading, store_readers(store), error))
		return NULL;
	done = read_changes(reading.database,
		   CHANGE_COLUMNS "WHERE ?1 = 0 OR id < ?1 ORDER BY id DESC LIMIT ?2", before,
		   limit, changes, error) &&
	       database_number(
		   reading.database, "SELECT count(*) FROM config_change", 0, &total, error);
	reading_end(&reading, !done);
	if (!done)
		return NULL;
	if (ret_total)
		*ret_total = (uint64_t)total;
	return g_steal_pointer(&changes);
}

GPtrArray *
store_read_pending_changes(Store *store, GError **error)
{
	g_autoptr(GPtrArray) changes =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_config_change_free);
	Reading reading;
	bool done;

	if (!reading_begin(&reading, store_readers(store), error))
		return NULL;
	done = read_changes(reading.database,
	    CHANGE_COLUMNS "WHERE ?1 = 0 AND state = 'pending' ORDER BY id LIMIT ?2", 0,
	    STORE_PAGE_MAX, changes, error);
	reading_end(&reading, !done);
	return done ? g_steal_pointer(&changes) : NULL;
}

/* A later change is in the way if it touched the same key, or the whole section from either side.
 */
static bool
read_later(sqlite3 *database, int64_t id, int64_t *ret_later, GError **error)
{
	g_autofree char *sql = g_strdup_printf(
	    "SELECT max(c.id) FROM config_change AS c JOIN config_change_item AS i "
	    "ON i.change = c.id JOIN config_change_item AS o ON o.section = i.section "
	    "AND (o.key IS i.key OR o.key IS NULL OR (i.key IS NULL AND i.new IS NULL)) "
	    "WHERE o.change = %" G_GINT64_FORMAT " AND c.id > %" G_GINT64_FORMAT
	    " AND c.state = 'done'",
	    (gint64)id, (gint64)id);

	return database_number(database, sql, 0, ret_later, error);
}

bool
store_read_config_change(
    Store *store, int64_t id, StoreConfigChange **ret_change, int64_t *ret_later, GError **error)
{
	g_autoptr(GPtrArray) changes =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_config_change_free);
	int64_t later = 0;
	Reading reading;
	bool done;

	if (!reading_begin(&reading, store_readers(store), error))
		return false;
	done =
	    read_changes(reading.database, CHANGE_COLUMNS "WHERE id = ?1", id, 1, changes, error) &&
	    read_later(reading.database, id, &later, error);
	reading_end(&reading, !done);
	if (!done)
		return false;
	*ret_change = changes->len > 0 ? g_ptr_array_steal_index(changes, 0) : NULL;
	*ret_later = later;
	return true;
}

static void
read_audit_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreAudit *audit = g_new0(StoreAudit, 1);

	audit->id = sqlite3_column_int64(statement, 0);
	audit->time = sqlite3_column_int64(statement, 1);
	audit->who = statement_text(statement, 2);
	audit->role = statement_text(statement, 3);
	audit->method = statement_text(statement, 4);
	audit->object = statement_text(statement, 5);
	audit->outcome = statement_text(statement, 6);
	audit->before = statement_text_or_null(statement, 7);
	audit->after = statement_text_or_null(statement, 8);
	g_ptr_array_add(rows, audit);
}

static bool
read_audit(sqlite3 *database, int64_t before, unsigned limit, GPtrArray *rows, int64_t *ret_total,
    GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "SELECT id, time, who, role, method, object, outcome, before, after FROM audit "
	    "WHERE ?1 = 0 OR id < ?1 ORDER BY id DESC LIMIT ?2",
	    error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, before);
	sqlite3_bind_int64(statement, 2, limit);
	/* Ids grow without gaps as long as nothing is deleted; count(*) would read the table. */
	return reading_rows(database, statement, read_audit_row, rows, error) &&
	       database_number(
		   database, "SELECT max(id) - min(id) + 1 FROM audit", 0, ret_total, error);
}

GPtrArray *
store_read_audit(Store *store, int64_t before, unsigned limit, uint64_t *ret_total, GError **error)
{
	g_autoptr(GPtrArray) rows =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_audit_free);
	int64_t total = 0;
	Reading reading;
	bool done;

	g_assert(limit <= STORE_PAGE_MAX);
	if (!reading_begin(&reading, store_readers(store), error))
		return NULL;
	done = read_audit(reading.database, before, limit, rows, &total, error);
	reading_end(&reading, !done);
	if (!done)
		return NULL;
	if (ret_total)
		*ret_total = (uint64_t)total;
	return g_steal_pointer(&rows);
}
