/* SPDX-License-Identifier: MIT */
#include "store/history_retention.h"

#include "store/history_private.h"

void
history_rule_free(HistoryRule *rule)
{
	if (!rule)
		return;
	g_free(rule->channel);
	g_free(rule);
}

static bool
apply_rule(StoreWrite *write, sqlite3 *database, GError **error)
{
	const HistoryRule *rule = write->row;
	g_autofree char *folded = store_fold(rule->channel);
	const DatabaseValue values[] = {DATABASE_TEXT(folded), DATABASE_TEXT(rule->channel),
	    DATABASE_NUMBER(rule->messages), DATABASE_NUMBER(rule->age)};

	return database_run(database,
	    "INSERT INTO target (first, second, first_name, second_name, newest, messages, "
	    "keep_messages, keep_age) VALUES (?1, '', ?2, '', 0, 0, nullif(?3, -1), nullif(?4, "
	    "-1)) "
	    "ON CONFLICT (first, second) DO UPDATE SET keep_messages = nullif(?3, -1), "
	    "keep_age = nullif(?4, -1)",
	    values, error);
}

void
history_set_retention(History *history, const char *channel, int64_t messages, int64_t age,
    StoreDone done, void *data)
{
	HistoryRule *rule = g_new(HistoryRule, 1);

	*rule = (HistoryRule){g_strdup(channel), messages, age};
	history_write(history, apply_rule, rule, (GDestroyNotify)history_rule_free, done, data);
}

static bool
read_rules(Reading *reading, const char *channel, GPtrArray *rules, GError **error)
{
	g_autofree char *folded = channel ? store_fold(channel) : NULL;
	g_autoptr(sqlite3_stmt) statement = statement_new(reading->database,
	    "SELECT first_name, coalesce(keep_messages, -1), coalesce(keep_age, -1) FROM target "
	    "WHERE second = '' AND (keep_messages IS NOT NULL OR keep_age IS NOT NULL) "
	    "AND (?1 IS NULL OR first = ?1) ORDER BY first",
	    error);
	int code;

	if (!statement)
		return false;
	statement_bind_text(statement, 1, folded);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		HistoryRule *rule = g_new(HistoryRule, 1);

		*rule = (HistoryRule){statement_text(statement, 0),
		    sqlite3_column_int64(statement, 1), sqlite3_column_int64(statement, 2)};
		g_ptr_array_add(rules, rule);
	}
	if (code != SQLITE_DONE)
		database_set_error(reading->database, code, "not read", error);
	return code == SQLITE_DONE;
}

GPtrArray *
history_rules(History *history, const char *channel, GError **error)
{
	g_autoptr(GPtrArray) rules =
	    g_ptr_array_new_with_free_func((GDestroyNotify)history_rule_free);
	Reading reading;
	bool done;

	if (!reading_begin(&reading, history->readers, error))
		return NULL;
	done = read_rules(&reading, channel, rules, error);
	reading_end(&reading, !done);
	return done ? g_steal_pointer(&rules) : NULL;
}
