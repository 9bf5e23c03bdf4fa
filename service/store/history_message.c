/* SPDX-License-Identifier: MIT */
#include "store/history_message.h"

#include "base/message_id.h"
#include "store/history_private.h"

/* A change of the message of that id in that place. */
typedef struct Change {
	HistoryWriting *writing;
	char *channel, *owner, *peer, *name;
	char *msgid;
	char *text; /* the new one; NULL: none any more */
	bool has_lines;
	int64_t when;
	bool keep_version;
} Change;

/* The message as it is; texts are the statement's. */
typedef struct Before {
	int64_t id, target;
	bool is_indexed;
	const char *source, *account, *text;
} Before;

static void
change_free(Change *change)
{
	g_free(change->channel);
	g_free(change->owner);
	g_free(change->peer);
	g_free(change->name);
	g_free(change->msgid);
	g_free(change->text);
	g_free(change);
}

static Change *
change_new(History *history, const HistoryPlace *place, const char *msgid)
{
	Change *change = g_new0(Change, 1);

	change->writing = &history->writing;
	change->channel = g_strdup(place->channel);
	change->owner = g_strdup(place->owner);
	change->peer = g_strdup(place->peer);
	change->name = g_strdup(place->name);
	change->msgid = g_strdup(msgid);
	return change;
}

static bool
blank_row(sqlite3 *database, const Before *before, GError **error)
{
	static const char *const steps[] = {
	    "DELETE FROM version WHERE message = ?1",
	    "UPDATE message SET said = 2, text = NULL, tags = NULL WHERE id = ?1",
	    "UPDATE target SET newest = coalesce((SELECT max(time) FROM message WHERE target = ?2 "
	    "AND said = 1), 0) WHERE id = ?2",
	};
	const DatabaseValue values[] = {
	    DATABASE_NUMBER(before->id), DATABASE_NUMBER(before->target)};

	for (unsigned i = 0; i < G_N_ELEMENTS(steps); i++)
		if (!database_run(database, steps[i], values, error))
			return false;
	return true;
}

static bool
keep_version(const Change *change, sqlite3 *database, const Before *before, GError **error)
{
	const DatabaseValue values[] = {DATABASE_NUMBER(before->id), DATABASE_NUMBER(change->when),
	    DATABASE_TEXT(before->text)};

	return database_run(database,
	    "INSERT INTO version (message, replaced_at, text) VALUES (?1, ?2, ?3)", values, error);
}

static bool
replace_text(const Change *change, sqlite3 *database, const Before *before, GError **error)
{
	const DatabaseValue values[] = {DATABASE_NUMBER(before->id), DATABASE_TEXT(change->text),
	    DATABASE_NUMBER(HISTORY_MARK_LINES), DATABASE_NUMBER(change->when),
	    DATABASE_NUMBER(change->has_lines ? HISTORY_MARK_LINES : 0)};

	if (change->keep_version && !keep_version(change, database, before, error))
		return false;
	return history_put_text(change->writing, database, before->id, before->target,
		   before->source, before->account, change->text, error) &&
	       database_run(database,
		   "UPDATE message SET text = ?2, marks = (marks & ~?3) | ?5, edited_at = ?4 "
		   "WHERE id = ?1",
		   values, error);
}

static bool
change_row(
    const Change *change, sqlite3 *database, const Before *before, int64_t *ret_id, GError **error)
{
	if (change->text && !before->is_indexed)
		return true; /* what has no text gets none */
	if (before->is_indexed &&
	    !history_drop_text(change->writing, database, before->id, before->target,
		before->source, before->account, before->text, error))
		return false;
	*ret_id = before->id;
	return change->text ? replace_text(change, database, before, error)
			    : blank_row(database, before, error);
}

static bool
change_in(const Change *change, sqlite3 *database, int64_t target, int64_t *ret_id, GError **error)
{
	g_autoptr(sqlite3_stmt) row = statement_new(database,
	    "SELECT id, target, said, source, account, text FROM message WHERE msgid_key = ?1 "
	    "AND msgid = ?2 AND target = ?3 AND said <> 2",
	    error);
	Before before;
	int code;

	if (!row)
		return false;
	sqlite3_bind_int64(row, 1, message_id_key(change->msgid));
	statement_bind_text(row, 2, change->msgid);
	sqlite3_bind_int64(row, 3, target);
	code = sqlite3_step(row);
	if (code == SQLITE_DONE)
		return true;
	if (code != SQLITE_ROW) {
		database_set_error(database, code, "not stored", error);
		return false;
	}
	before = (Before){
	    .id = sqlite3_column_int64(row, 0),
	    .target = target,
	    .is_indexed = sqlite3_column_int(row, 2) == HISTORY_SAID &&
			  sqlite3_column_type(row, 5) != SQLITE_NULL,
	    .source = (const char *)sqlite3_column_text(row, 3),
	    .account = (const char *)sqlite3_column_text(row, 4),
	    .text = (const char *)sqlite3_column_text(row, 5),
	};
	return change_row(change, database, &before, ret_id, error);
}

static bool
apply_change(StoreWrite *write, sqlite3 *database, GError **error)
{
	const Change *change = write->row;
	const HistoryPlace place = {change->channel, change->owner, change->peer, change->name};
	g_autoptr(GPtrArray) found = history_find_targets(database, &place, error);
	bool done = found != NULL;

	for (guint i = 0; done && i < found->len; i++) {
		const HistoryFound *one = found->pdata[i];

		done = change_in(change, database, one->target, &write->id, error);
	}
	if (done && write->id != 0)
		done = history_note_scrub(change->writing, database, error);
	return done;
}

void
history_redact(
    History *history, const HistoryPlace *place, const char *msgid, StoreDone done, void *data)
{
	history_write(history, apply_change, change_new(history, place, msgid),
	    (GDestroyNotify)change_free, done, data);
}

void
history_edit(History *history, const HistoryPlace *place, const HistoryEdit *edit, StoreDone done,
    void *data)
{
	Change *change = change_new(history, place, edit->msgid);

	change->text = g_strdup(edit->text);
	change->has_lines = edit->has_lines;
	change->when = edit->when;
	change->keep_version = edit->keep_version;
	history_write(history, apply_change, change, (GDestroyNotify)change_free, done, data);
}

GPtrArray *
history_versions(History *history, const HistoryPlace *place, const char *msgid, GError **error)
{
	g_autoptr(GPtrArray) versions = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(HistoryRow) row = history_find(history, place, msgid, error);
	Reading reading;
	sqlite3_stmt *statement;
	int code = SQLITE_ERROR;

	if (!row || !reading_begin(&reading, history->readers, error))
		return NULL;
	statement = statement_new(reading.database,
	    "SELECT replaced_at, text FROM version WHERE message = ?1 ORDER BY id", error);
	if (statement)
		sqlite3_bind_int64(statement, 1, row->id);
	while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW) {
		HistoryRow version = *row;

		version.edited_at = sqlite3_column_int64(statement, 0);
		version.text = (const char *)sqlite3_column_text(statement, 1);
		g_ptr_array_add(versions, history_row_copy(&version));
	}
	if (statement && code != SQLITE_DONE)
		database_set_error(reading.database, code, "not read", error);
	sqlite3_finalize(statement);
	reading_end(&reading, code != SQLITE_DONE);
	if (code != SQLITE_DONE)
		return NULL;
	g_ptr_array_add(versions, g_steal_pointer(&row));
	return g_steal_pointer(&versions);
}
