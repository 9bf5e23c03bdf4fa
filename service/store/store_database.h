/* SPDX-License-Identifier: MIT */
/*
 * Database: one SQLite connection as this service uses it: foreign keys on, a busy timeout, no
 * shared cache; and statements that report their failures once. Thread: one at a time.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#define DATABASE_BUSY_MILLISECONDS 5000

/* The writing connection: created if absent (0600), WAL, synchronous=FULL; what is deleted is
 * overwritten. */
sqlite3 *database_open_writer(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A connection that cannot write. */
sqlite3 *database_open_reader(const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void database_close(sqlite3 *database);
/* Is there a log that nobody folded in, because of a crash? Before the file is opened. */
bool database_has_log(const char *path);
/* What is still in the log may be read by who reads files: it is folded in and cut. A reader in its
 * way is waited for a little; *ret_left then, and true if it is to be tried again at once. */
bool database_fold_log(sqlite3 *database, bool *ret_left);
/* Runs SQL without results. */
bool database_execute(sqlite3 *database, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is bound to a statement, in order. */
typedef struct DatabaseValue {
	bool is_number;
	int64_t number;
	const char *text; /* NULL binds NULL */
} DatabaseValue;
#define DATABASE_TEXT(value) ((DatabaseValue){.text = (value)})
#define DATABASE_NUMBER(value) ((DatabaseValue){.is_number = true, .number = (value)})

/* Runs one statement that changes something, with as many of the values as it has places for. */
bool database_run(sqlite3 *database, const char *sql, const DatabaseValue *values,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One number; `fallback` if there is no row. */
bool database_number(sqlite3 *database, const char *sql, int64_t fallback, int64_t *ret_number,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Sets `error` to what the connection last complained about, in words people understand. */
void database_set_error(sqlite3 *database, int code, const char *action, GError **error);

/* Prepares a statement; NULL and `error` on failure. */
sqlite3_stmt *statement_new(
    sqlite3 *database, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Binds text; NULL binds NULL. The text must live until the statement is reset. */
void statement_bind_text(sqlite3_stmt *statement, int index, const char *text);
/* The text of a column, "" for NULL. */
char *statement_text(sqlite3_stmt *statement, int column);
/* The same, NULL for NULL. */
char *statement_text_or_null(sqlite3_stmt *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3, database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)
