/* SPDX-License-Identifier: MIT */
#include "store/history_statements.h"

static const char *const sources[HISTORY_STATEMENTS] = {
    /* No RETURNING, no ON CONFLICT: either makes SQLite open a savepoint for the statement, and
       FTS5 writes its index out at each of them. */
    [STATEMENT_FIND_TARGET] = "SELECT id FROM target WHERE first = ?1 AND second = ?2",
    [STATEMENT_ADD_TARGET] =
	"INSERT INTO target (first, second, first_name, second_name, newest, messages) "
	"VALUES (?1, ?2, ?3, ?4, ?5, 1)",
    [STATEMENT_RAISE_TARGET] =
	"UPDATE target SET first_name = ?2, second_name = ?3, newest = max(newest, ?4), "
	"messages = messages + 1 WHERE id = ?1",
    [STATEMENT_ADD_MESSAGE] =
	"INSERT INTO message (target, said, time, msgid_key, msgid, kind, verb, source, account, "
	"printed, whom, real_name, text, tags, marks, owner, subject, relayed_by) "
	"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, nullif(?16, 0), "
	"nullif(?17, 0), ?18)",
    [STATEMENT_ADD_SUBJECT] = "INSERT INTO subject (message, account) VALUES (?1, ?2)",
    [STATEMENT_ADD_TEXT] =
	"INSERT INTO message_text (rowid, place, who, text) VALUES (?1, ?2, ?3, ?4)",
    [STATEMENT_DROP_TEXT] = "INSERT INTO message_text (message_text, rowid, place, who, text) "
			    "VALUES ('delete', ?1, ?2, ?3, ?4)",
    [STATEMENT_DROP_VERSIONS] = "DELETE FROM version WHERE message = ?1",
    [STATEMENT_DROP_SUBJECTS] = "DELETE FROM subject WHERE message = ?1",
    [STATEMENT_DROP_MESSAGE] = "DELETE FROM message WHERE id = ?1",
    [STATEMENT_COUNT_DOWN] = "UPDATE target SET messages = messages - ?2 WHERE id = ?1",
};

void
history_statements_clear(HistoryStatements *statements)
{
	for (unsigned i = 0; i < HISTORY_STATEMENTS; i++)
		g_clear_pointer(&statements->prepared[i], sqlite3_finalize);
}

sqlite3_stmt *
history_statement(
    HistoryStatements *statements, sqlite3 *database, HistoryStatement which, GError **error)
{
	sqlite3_stmt **statement = &statements->prepared[which];

	if (!*statement)
		*statement = statement_new(database, sources[which], error);
	return *statement;
}

bool
history_statement_run(sqlite3 *database, sqlite3_stmt *statement, GError **error)
{
	int code = sqlite3_step(statement);

	if (code != SQLITE_DONE)
		database_set_error(database, code, "not stored", error);
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return code == SQLITE_DONE;
}
