/* SPDX-License-Identifier: MIT */
/* Forgetting: all of a channel, all of an account; and whose rows are that only know a name. */
#include "store/history_private.h"

#define OWNERS_SLICE 2000 /* rows one slice looks at */

typedef struct Forget {
	HistoryWriting *writing;
	char *channel;
	int64_t account;
	char *party;
} Forget;

static void
forget_free(Forget *forget)
{
	g_free(forget->channel);
	g_free(forget->party);
	g_free(forget);
}

bool
history_refresh_targets(GHashTable *targets, sqlite3 *database, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "UPDATE target SET newest = coalesce((SELECT max(time) FROM message WHERE target = ?1 "
	    "AND said = 1), 0) WHERE id = ?1",
	    error);
	GHashTableIter iterator;
	gpointer target;

	if (!statement)
		return false;
	g_hash_table_iter_init(&iterator, targets);
	while (g_hash_table_iter_next(&iterator, &target, NULL)) {
		sqlite3_bind_int64(statement, 1, *(const int64_t *)target);
		if (!history_statement_run(database, statement, error))
			return false;
	}
	return true;
}

/* What one statement finds, as far as the slice has room. */
typedef struct Search {
	const char *sql; /* ?1 what is looked for, ?2 how many */
	const char *text;
	int64_t number; /* where there is no text */
} Search;

static bool
drop_found(const Forget *forget, sqlite3 *database, const Search *search, int64_t *ret_dropped,
    GError **error)
{
	g_autoptr(sqlite3_stmt) select = statement_new(database, search->sql, error);

	if (!select)
		return false;
	if (search->text)
		statement_bind_text(select, 1, search->text);
	else
		sqlite3_bind_int64(select, 1, search->number);
	sqlite3_bind_int64(select, 2, HISTORY_FORGET_SLICE - *ret_dropped);
	return history_drop_rows(forget->writing, database, select, ret_dropped, error);
}

/* One slice of what the searches find; *ret_more if there may be more. */
static bool
drop_slice(const Forget *forget, sqlite3 *database, const Search *searches, unsigned count,
    bool *ret_more, GError **error)
{
	g_autoptr(GHashTable) touched =
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	int64_t dropped = 0;
	bool done = true;

	forget->writing->touched = touched;
	for (unsigned i = 0; done && i < count && dropped < HISTORY_FORGET_SLICE; i++)
		done = drop_found(forget, database, &searches[i], &dropped, error);
	forget->writing->touched = NULL;
	*ret_more = dropped >= HISTORY_FORGET_SLICE;
	return done && (dropped == 0 || (history_refresh_targets(touched, database, error) &&
					    history_note_scrub(forget->writing, database, error)));
}

static bool
apply_forget(StoreWrite *write, sqlite3 *database, GError **error)
{
	const Forget *forget = write->row;
	g_autofree char *folded = store_fold(forget->channel);
	const Search search = {"SELECT id FROM message WHERE target = (SELECT id FROM target WHERE "
			       "first = ?1 AND second = '') LIMIT ?2",
	    folded, 0};
	bool more;

	if (!drop_slice(forget, database, &search, 1, &more, error))
		return false;
	write->id = more;
	return true;
}

void
history_forget(History *history, const char *channel, StoreDone done, void *data)
{
	Forget *forget = g_new0(Forget, 1);

	forget->writing = &history->writing;
	forget->channel = g_strdup(channel);
	history_write(history, apply_forget, forget, (GDestroyNotify)forget_free, done, data);
}

/* No row is left: what names the account besides. */
static bool
drop_places(const Forget *forget, sqlite3 *database, GError **error)
{
	static const char *const statements[] = {
	    "DELETE FROM target WHERE first = ?1",
	    "DELETE FROM target WHERE second = ?1 AND second <> ''",
	    "DELETE FROM read_marker WHERE party = ?1",
	};

	const DatabaseValue party = DATABASE_TEXT(forget->party);

	for (unsigned i = 0; i < G_N_ELEMENTS(statements); i++)
		if (!database_run(database, statements[i], &party, error))
			return false;
	return history_note_scrub(forget->writing, database, error);
}

static bool
apply_forget_account(StoreWrite *write, sqlite3 *database, GError **error)
{
	const Forget *forget = write->row;
	const Search searches[] = {
	    {"SELECT id FROM message WHERE owner = ?1 LIMIT ?2", NULL, forget->account},
	    {"SELECT id FROM message WHERE subject = ?1 LIMIT ?2", NULL, forget->account},
	    {"SELECT message FROM subject WHERE account = ?1 LIMIT ?2", NULL, forget->account},
	    {"SELECT id FROM message WHERE target IN (SELECT id FROM target WHERE first = ?1) "
	     "LIMIT ?2",
		forget->party, 0},
	    {"SELECT id FROM message WHERE target IN (SELECT id FROM target WHERE second = ?1 AND "
	     "second <> '') LIMIT ?2",
		forget->party, 0},
	};
	bool more;

	if (!drop_slice(forget, database, searches, G_N_ELEMENTS(searches), &more, error))
		return false;
	write->id = more;
	return more || drop_places(forget, database, error);
}

void
history_forget_account(
    History *history, int64_t account, const char *party, StoreDone done, void *data)
{
	Forget *forget = g_new0(Forget, 1);

	forget->writing = &history->writing;
	forget->account = account;
	forget->party = g_strdup(party);
	history_write(
	    history, apply_forget_account, forget, (GDestroyNotify)forget_free, done, data);
}

typedef struct FindOwners {
	GHashTable *owners; /* a reference */
	int64_t after;
} FindOwners;

static void
find_owners_free(FindOwners *find)
{
	g_hash_table_unref(find->owners);
	g_free(find);
}

static int64_t
owner_of(GHashTable *owners, const char *name, int64_t time)
{
	const HistoryOwner *owner = name ? g_hash_table_lookup(owners, name) : NULL;

	return owner && time >= owner->since ? owner->account : 0;
}

static bool
apply_find_owners(StoreWrite *write, sqlite3 *database, GError **error)
{
	const FindOwners *find = write->row;
	g_autoptr(sqlite3_stmt) select = statement_new(database,
	    "SELECT id, account, time FROM message WHERE id > ?1 ORDER BY id LIMIT ?2", error);
	g_autoptr(sqlite3_stmt) update = statement_new(
	    database, "UPDATE message SET owner = ?2 WHERE id = ?1 AND owner IS NULL", error);
	int seen = 0, code;

	if (!select || !update)
		return false;
	sqlite3_bind_int64(select, 1, find->after);
	sqlite3_bind_int64(select, 2, OWNERS_SLICE);
	while ((code = sqlite3_step(select)) == SQLITE_ROW) {
		int64_t owner = owner_of(find->owners, (const char *)sqlite3_column_text(select, 1),
		    sqlite3_column_int64(select, 2));

		seen++;
		write->id = sqlite3_column_int64(select, 0);
		if (owner == 0)
			continue;
		sqlite3_bind_int64(update, 1, write->id);
		sqlite3_bind_int64(update, 2, owner);
		if (!history_statement_run(database, update, error))
			return false;
	}
	if (code != SQLITE_DONE) {
		database_set_error(database, code, "not stored", error);
		return false;
	}
	if (seen == OWNERS_SLICE)
		return true;
	write->id = 0;
	return database_execute(database, "DELETE FROM chore WHERE name = 'owners'", error);
}

void
history_find_owners(History *history, GHashTable *owners, int64_t after, StoreDone done, void *data)
{
	FindOwners *find = g_new(FindOwners, 1);

	*find = (FindOwners){g_hash_table_ref(owners), after};
	history_write(
	    history, apply_find_owners, find, (GDestroyNotify)find_owners_free, done, data);
}
