/* SPDX-License-Identifier: MIT */
/*
 * HistoryStatements: the statements of the history's writing connection, prepared once for as long
 * as that connection lives. Invariant: all are of one connection; cleared before it is closed.
 * Thread: the writer's.
 */
#pragma once

#include "store/store_database.h"

typedef enum HistoryStatement {
	STATEMENT_FIND_TARGET,
	STATEMENT_ADD_TARGET,
	STATEMENT_RAISE_TARGET,
	STATEMENT_ADD_MESSAGE,
	STATEMENT_ADD_SUBJECT,
	STATEMENT_ADD_TEXT,
	STATEMENT_DROP_TEXT,
	STATEMENT_DROP_MESSAGE,
	STATEMENT_DROP_VERSIONS,
	STATEMENT_DROP_SUBJECTS,
	STATEMENT_COUNT_DOWN,
	HISTORY_STATEMENTS
} HistoryStatement;

typedef struct HistoryStatements {
	sqlite3_stmt *prepared[HISTORY_STATEMENTS];
} HistoryStatements;

void history_statements_clear(HistoryStatements *statements);
/* Reset and without bindings; the cache's. NULL with `error` if it cannot be prepared. */
sqlite3_stmt *history_statement(HistoryStatements *statements, sqlite3 *database,
    HistoryStatement which, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Runs it to its end and resets it. */
bool history_statement_run(sqlite3 *database, sqlite3_stmt *statement, GError **error);
