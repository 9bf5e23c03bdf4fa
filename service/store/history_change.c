/* SPDX-License-Identifier: MIT */
/* What takes rows out of the history: retention; history_message.c and history_forget.c have the
 * rest. All in slices, all through history_drop_rows(), so that counts and the index of words stay
 * true. */
#include "store/history_private.h"

#include <string.h>

#define PRUNE_TARGETS 256u /* targets one slice looks at */

static bool
run_with_id(
    HistoryWriting *writing, sqlite3 *database, HistoryStatement which, int64_t id, GError **error)
{
	sqlite3_stmt *statement = history_statement(&writing->statements, database, which, error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, id);
	return history_statement_run(database, statement, error);
}

/* ?1 id; takes it out of the index if it is in it. */
static bool
drop_row(HistoryWriting *writing, sqlite3 *database, sqlite3_stmt *rows, GError **error)
{
	int64_t id = sqlite3_column_int64(rows, 0), target = sqlite3_column_int64(rows, 1);
	bool indexed = sqlite3_column_int(rows, 2) == HISTORY_SAID &&
		       sqlite3_column_type(rows, 5) != SQLITE_NULL;
	sqlite3_stmt *statement;

	if (indexed && !history_drop_text(writing, database, id, target,
			   (const char *)sqlite3_column_text(rows, 3),
			   (const char *)sqlite3_column_text(rows, 4),
			   (const char *)sqlite3_column_text(rows, 5), error))
		return false;
	if (!run_with_id(writing, database, STATEMENT_DROP_VERSIONS, id, error) ||
	    !run_with_id(writing, database, STATEMENT_DROP_SUBJECTS, id, error) ||
	    !run_with_id(writing, database, STATEMENT_DROP_MESSAGE, id, error))
		return false;
	statement = history_statement(&writing->statements, database, STATEMENT_COUNT_DOWN, error);
	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, target);
	sqlite3_bind_int64(statement, 2, 1);
	if (writing->total >= 0)
		writing->total--;
	if (writing->touched)
		g_hash_table_add(writing->touched, g_memdup2(&target, sizeof target));
	return history_statement_run(database, statement, error);
}

bool
history_drop_rows(HistoryWriting *writing, sqlite3 *database, sqlite3_stmt *select,
    int64_t *ret_dropped, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	g_autoptr(sqlite3_stmt) row = NULL;
	int code;

	while ((code = sqlite3_step(select)) == SQLITE_ROW) {
		int64_t id = sqlite3_column_int64(select, 0);

		g_array_append_val(ids, id);
	}
	if (code != SQLITE_DONE) {
		database_set_error(database, code, "not stored", error);
		return false;
	}
	row = statement_new(database,
	    "SELECT id, target, said, source, account, text FROM message WHERE id = ?1", error);
	if (!row)
		return false;
	for (guint i = 0; i < ids->len; i++) {
		bool done;

		sqlite3_reset(row);
		sqlite3_bind_int64(row, 1, g_array_index(ids, int64_t, i));
		done = sqlite3_step(row) == SQLITE_ROW && drop_row(writing, database, row, error);
		if (!done && error && !*error)
			database_set_error(
			    database, sqlite3_errcode(database), "not stored", error);
		if (!done)
			return false;
		(*ret_dropped)++;
	}
	return true;
}

typedef struct Prune {
	HistoryWriting *writing;
	HistoryRetention retention;
	int64_t now;
} Prune;

/* The oldest rows of one target that it holds too many of, or holds for too long. */
static bool
prune_target(Prune *prune, sqlite3 *database, sqlite3_stmt *target, int64_t room,
    int64_t *ret_dropped, GError **error)
{
	const HistoryRetention *retention = &prune->retention;
	bool direct = sqlite3_column_int(target, 2) != 0;
	int64_t keep = direct ? retention->direct_messages : retention->channel_messages;
	int64_t age = retention->age, excess = 0, oldest = INT64_MIN;
	g_autoptr(sqlite3_stmt) select = NULL;

	if (sqlite3_column_type(target, 3) != SQLITE_NULL)
		keep = sqlite3_column_int64(target, 3);
	if (sqlite3_column_type(target, 4) != SQLITE_NULL)
		age = sqlite3_column_int64(target, 4);
	if (keep > 0)
		excess = MAX(0, sqlite3_column_int64(target, 1) - keep);
	if (age > 0)
		oldest = prune->now - age;
	if (excess == 0 && oldest == INT64_MIN)
		return true;
	select = statement_new(database,
	    "SELECT id FROM (SELECT id, time, row_number() OVER (ORDER BY time, id) AS position "
	    "FROM "
	    "(SELECT id, time FROM (SELECT * FROM (SELECT id, time FROM message WHERE target = ?1 "
	    "AND said = 0 ORDER BY time, id LIMIT ?4) UNION ALL SELECT * FROM (SELECT id, time "
	    "FROM message WHERE target = ?1 AND said = 1 ORDER BY time, id LIMIT ?4) UNION ALL "
	    "SELECT * FROM (SELECT id, time FROM message WHERE target = ?1 AND said = 2 "
	    "ORDER BY time, id LIMIT ?4)) ORDER BY time, id LIMIT ?4)) "
	    "WHERE position <= ?2 OR time < ?3",
	    error);
	if (!select)
		return false;
	sqlite3_bind_int64(select, 1, sqlite3_column_int64(target, 0));
	sqlite3_bind_int64(select, 2, excess);
	sqlite3_bind_int64(select, 3, oldest);
	sqlite3_bind_int64(select, 4, room);
	return history_drop_rows(prune->writing, database, select, ret_dropped, error);
}

static bool
count_all(HistoryWriting *writing, sqlite3 *database, GError **error)
{
	return writing->total >= 0 ||
	       database_number(database, "SELECT coalesce(sum(messages), 0) FROM target", 0,
		   &writing->total, error);
}

/* The file holds too much: the oldest rows go, wherever they are. */
static bool
prune_total(Prune *prune, sqlite3 *database, int64_t room, int64_t *ret_dropped, GError **error)
{
	g_autoptr(sqlite3_stmt) select = NULL;
	int64_t most = prune->retention.total;

	if (!count_all(prune->writing, database, error))
		return false;
	if (most == 0 || prune->writing->total <= most)
		return true;
	select = statement_new(database, "SELECT id FROM message ORDER BY id LIMIT ?1", error);
	if (!select)
		return false;
	sqlite3_bind_int64(select, 1, MIN(room, prune->writing->total - most));
	return history_drop_rows(prune->writing, database, select, ret_dropped, error);
}

static bool
prune_targets(Prune *prune, sqlite3 *database, int64_t *ret_dropped, bool *ret_more, GError **error)
{
	HistoryWriting *writing = prune->writing;
	g_autoptr(sqlite3_stmt) targets = statement_new(database,
	    "SELECT id, messages, second <> '', keep_messages, keep_age FROM target WHERE id > ?1 "
	    "ORDER BY id LIMIT ?2",
	    error);
	unsigned seen = 0;
	int code;

	if (!targets)
		return false;
	sqlite3_bind_int64(targets, 1, writing->prune_target);
	sqlite3_bind_int64(targets, 2, PRUNE_TARGETS);
	while ((code = sqlite3_step(targets)) == SQLITE_ROW) {
		int64_t room = HISTORY_PRUNE_SLICE - *ret_dropped;

		*ret_more = true;
		if (!prune_target(prune, database, targets, room, ret_dropped, error))
			return false;
		/* This one may have more: the next slice begins with it. */
		if (*ret_dropped >= HISTORY_PRUNE_SLICE)
			return true;
		writing->prune_target = sqlite3_column_int64(targets, 0);
		seen++;
	}
	if (code != SQLITE_DONE) {
		database_set_error(database, code, "not stored", error);
		return false;
	}
	*ret_more = seen == PRUNE_TARGETS;
	if (!*ret_more)
		writing->prune_target = 0;
	return true;
}

static bool
apply_prune(StoreWrite *write, sqlite3 *database, GError **error)
{
	Prune *prune = write->row;
	g_autoptr(GHashTable) touched =
	    g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	int64_t dropped = 0;
	bool more = false, done;

	prune->writing->touched = touched;
	done = prune_targets(prune, database, &dropped, &more, error) &&
	       (dropped >= HISTORY_PRUNE_SLICE ||
		   prune_total(prune, database, HISTORY_PRUNE_SLICE - dropped, &dropped, error));
	prune->writing->touched = NULL;
	if (!done || !history_refresh_targets(touched, database, error))
		return false;
	write->id = more || dropped >= HISTORY_PRUNE_SLICE;
	/* Talks and channels nothing is left of and that nobody set a rule for. */
	return more || database_execute(database,
			   "DELETE FROM target WHERE messages <= 0 AND keep_messages IS NULL AND "
			   "keep_age IS NULL AND NOT EXISTS (SELECT 1 FROM message WHERE "
			   "message.target = target.id)",
			   error);
}

void
history_prune(
    History *history, const HistoryRetention *retention, int64_t now, StoreDone done, void *data)
{
	Prune *prune = g_new(Prune, 1);

	*prune = (Prune){&history->writing, *retention, now};
	history_write(history, apply_prune, prune, g_free, done, data);
}

bool
history_note_scrub(HistoryWriting *writing, sqlite3 *database, GError **error)
{
	writing->fold = true;
	if (writing->secure_index)
		return true;
	if (!database_execute(database, "INSERT OR IGNORE INTO chore VALUES ('merge')", error))
		return false;
	writing->merge = true;
	writing->merge_begun = false;
	return true;
}
