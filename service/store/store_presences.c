/* SPDX-License-Identifier: MIT */
#include "store/store_presences.h"

#include "store/reading.h"
#include "store/store_read.h"
#include "store/store_write.h"

static void
seat_free(gpointer data)
{
	StoreSeat *seat = data;

	g_free(seat->channel);
	g_free(seat->ranks);
	g_free(seat);
}

StorePresence *
store_presence_new(void)
{
	StorePresence *presence = g_new0(StorePresence, 1);

	presence->seats = g_ptr_array_new_with_free_func(seat_free);
	return presence;
}

void
store_presence_free(StorePresence *presence)
{
	if (!presence)
		return;
	g_free(presence->nick);
	g_free(presence->username);
	g_free(presence->real_name);
	g_free(presence->host);
	g_free(presence->address);
	g_free(presence->modes);
	g_free(presence->away);
	g_ptr_array_unref(presence->seats);
	g_free(presence);
}

void
store_presence_add_seat(StorePresence *presence, const char *channel, const char *ranks)
{
	StoreSeat *seat = g_new0(StoreSeat, 1);

	seat->channel = g_strdup(channel);
	seat->ranks = g_strdup(ranks);
	g_ptr_array_add(presence->seats, seat);
}

/* ---- Writing ---- */

static void
bind(sqlite3_stmt *statement, int index, const char *text)
{
	statement_bind_text(statement, index, text ? text : "");
}

/* With its seats, by the foreign key. */
static bool
remove_row(int64_t account, sqlite3 *database, GError **error)
{
	g_autoptr(sqlite3_stmt) statement =
	    statement_new(database, "DELETE FROM presence WHERE account = ?1", error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, account);
	return store_step(database, statement, error);
}

static bool
put_row(const StorePresence *presence, sqlite3 *database, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "INSERT INTO presence VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, presence->account);
	bind(statement, 2, presence->nick);
	bind(statement, 3, presence->username);
	bind(statement, 4, presence->real_name);
	bind(statement, 5, presence->host);
	bind(statement, 6, presence->address);
	bind(statement, 7, presence->modes);
	bind(statement, 8, presence->away);
	sqlite3_bind_int64(statement, 9, presence->away_since);
	sqlite3_bind_int64(statement, 10, presence->connected_at);
	sqlite3_bind_int64(statement, 11, presence->detached_at);
	return store_step(database, statement, error);
}

static bool
put_seats(const StorePresence *presence, sqlite3 *database, GError **error)
{
	g_autoptr(sqlite3_stmt) statement =
	    statement_new(database, "INSERT INTO presence_seat VALUES (?1, ?2, ?3, ?4)", error);

	if (!statement)
		return false;
	for (guint i = 0; i < presence->seats->len; i++) {
		const StoreSeat *seat = presence->seats->pdata[i];

		sqlite3_reset(statement);
		sqlite3_bind_int64(statement, 1, presence->account);
		sqlite3_bind_int64(statement, 2, i);
		bind(statement, 3, seat->channel);
		bind(statement, 4, seat->ranks);
		if (!store_step(database, statement, error))
			return false;
	}
	return true;
}

static bool
apply_put(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StorePresence *presence = write->row;

	return remove_row(presence->account, database, error) &&
	       put_row(presence, database, error) && put_seats(presence, database, error);
}

static bool
apply_remove(StoreWrite *write, sqlite3 *database, GError **error)
{
	return remove_row(*(const int64_t *)write->row, database, error);
}

void
store_put_presence(Store *store, StorePresence *presence, StoreDone done, void *data)
{
	store_add_write(store,
	    store_write_new(apply_put, presence, (GDestroyNotify)store_presence_free, done, data));
}

void
store_remove_presence(Store *store, int64_t account, StoreDone done, void *data)
{
	store_add_write(store,
	    store_write_new(apply_remove, g_memdup2(&account, sizeof account), g_free, done, data));
}

/* ---- Reading ---- */

static void
read_presence(GPtrArray *rows, sqlite3_stmt *statement)
{
	StorePresence *presence = store_presence_new();

	presence->account = sqlite3_column_int64(statement, 0);
	presence->nick = statement_text(statement, 1);
	presence->username = statement_text(statement, 2);
	presence->real_name = statement_text(statement, 3);
	presence->host = statement_text(statement, 4);
	presence->address = statement_text(statement, 5);
	presence->modes = statement_text(statement, 6);
	presence->away = statement_text(statement, 7);
	presence->away_since = sqlite3_column_int64(statement, 8);
	presence->connected_at = sqlite3_column_int64(statement, 9);
	presence->detached_at = sqlite3_column_int64(statement, 10);
	g_ptr_array_add(rows, presence);
}

/* Seats come in the order of the accounts: theirs is the last presence met, or one behind it. */
typedef struct SeatRow {
	int64_t account;
	char *channel;
	char *ranks;
} SeatRow;

static void
seat_row_free(gpointer data)
{
	SeatRow *row = data;

	g_free(row->channel);
	g_free(row->ranks);
	g_free(row);
}

static void
read_seat(GPtrArray *rows, sqlite3_stmt *statement)
{
	SeatRow *row = g_new0(SeatRow, 1);

	row->account = sqlite3_column_int64(statement, 0);
	row->channel = statement_text(statement, 1);
	row->ranks = statement_text(statement, 2);
	g_ptr_array_add(rows, row);
}

static void
give_seats(GPtrArray *presences, const GPtrArray *seats)
{
	guint at = 0;

	for (guint i = 0; i < seats->len; i++) {
		const SeatRow *row = seats->pdata[i];

		while (at < presences->len &&
		       ((const StorePresence *)presences->pdata[at])->account < row->account)
			at++;
		/* The table's foreign key leaves none without its presence. */
		g_assert(at < presences->len);
		store_presence_add_seat(presences->pdata[at], row->channel, row->ranks);
	}
}

static bool
read_all(sqlite3 *database, GPtrArray *presences, GError **error)
{
	g_autoptr(GPtrArray) seats = g_ptr_array_new_with_free_func(seat_row_free);
	g_autoptr(sqlite3_stmt) rows = statement_new(database,
	    "SELECT account, nick, username, real_name, host, address, modes, away, away_since, "
	    "connected_at, detached_at FROM presence ORDER BY account",
	    error);
	g_autoptr(sqlite3_stmt) seat_rows = NULL;

	if (!rows || !reading_rows(database, rows, read_presence, presences, error))
		return false;
	seat_rows = statement_new(database,
	    "SELECT account, channel, ranks FROM presence_seat ORDER BY account, position", error);
	if (!seat_rows || !reading_rows(database, seat_rows, read_seat, seats, error))
		return false;
	give_seats(presences, seats);
	return true;
}

GPtrArray *
store_read_presences(Store *store, GError **error)
{
	g_autoptr(GPtrArray) presences =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_presence_free);
	Reading reading;
	bool done;

	if (!reading_begin(&reading, store_readers(store), error))
		return NULL;
	done = read_all(reading.database, presences, error);
	reading_end(&reading, !done);
	return done ? g_steal_pointer(&presences) : NULL;
}
