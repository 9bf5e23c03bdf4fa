/* SPDX-License-Identifier: MIT */
/* Search: the conditions become one expression of the index of words: where, by whom and what are
 * all words of it, so that no row is looked at that does not match. */
#include "store/history_private.h"

#include "proto/casemap.h"

#include <string.h>

/* The words as strings of the index's language: whatever they hold is text. False if none is. */
static bool
append_words(GString *match, const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
	bool any = false;

	for (char **word = words; *word; word++) {
		if (!**word)
			continue;
		g_string_append(match, any ? " AND \"" : "text : (\"");
		for (const char *at = *word; *at; at++) {
			if (*at == '"')
				g_string_append_c(match, '"');
			g_string_append_c(match, *at);
		}
		g_string_append_c(match, '"');
		any = true;
	}
	if (any)
		g_string_append_c(match, ')');
	return any;
}

static void
append_and(GString *match)
{
	if (match->len > 0)
		g_string_append(match, " AND ");
}

static void
append_places(GString *match, const GPtrArray *targets)
{
	append_and(match);
	g_string_append(match, "place : (");
	for (guint i = 0; i < targets->len; i++) {
		const HistoryFound *found = targets->pdata[i];
		char word[HISTORY_TOKEN_SIZE];

		history_place_word(found->target, word);
		g_string_append_printf(match, "%s%s", i > 0 ? " OR " : "", word);
	}
	g_string_append_c(match, ')');
}

static char *
match_expression(const HistorySearch *search, const GPtrArray *targets)
{
	GString *match = g_string_new(NULL);

	if (search->text)
		append_words(match, search->text);
	if (search->from) {
		g_autofree char *nick = history_who_word('n', search->from);
		g_autofree char *account = history_who_word('a', search->from);

		append_and(match);
		g_string_append_printf(match, "who : (%s OR %s)", nick, account);
	}
	if (!search->everywhere)
		append_places(match, targets);
	return g_string_free(match, FALSE);
}

static bool
add_targets(
    sqlite3 *database, const HistoryPlace *place, int64_t since, GPtrArray *targets, GError **error)
{
	g_autoptr(GPtrArray) found = history_find_targets(database, place, error);

	for (guint i = 0; found && i < found->len; i++) {
		HistoryFound *one = g_steal_pointer(&found->pdata[i]);

		one->since = since;
		g_ptr_array_add(targets, one);
	}
	return found != NULL;
}

static bool
find_places(sqlite3 *database, const HistorySearch *search, GPtrArray *targets, GError **error)
{
	for (unsigned i = 0; search->channels && search->channels[i]; i++) {
		HistoryPlace place = {.channel = search->channels[i]};

		if (!add_targets(database, &place, search->since ? search->since[i] : INT64_MIN,
			targets, error))
			return false;
	}
	if (search->owner) {
		HistoryPlace place = {.owner = search->owner, .name = search->peer};

		return add_targets(database, &place, INT64_MIN, targets, error);
	}
	return true;
}

static const HistoryFound *
found_of(const GPtrArray *targets, int64_t target)
{
	for (guint i = 0; i < targets->len; i++) {
		const HistoryFound *found = targets->pdata[i];

		if (found->target == target)
			return found;
	}
	return NULL;
}

/* Rows of a target looked at to find where a time lies among the ids. Ids follow the times but
 * where the clock was set back: a step back over fewer messages than these loses nothing. */
#define BOUND_ROWS 200

/* Widens the bounds of the ids by what the target has between the moments. */
static bool
widen_bounds(sqlite3 *database, const HistoryFound *found, const HistorySearch *search,
    int64_t *first, int64_t *last, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "SELECT (SELECT min(id) FROM (SELECT id FROM message WHERE target = ?1 AND said = 1 "
	    "AND time > ?2 ORDER BY time LIMIT ?4)), "
	    "(SELECT max(id) FROM (SELECT id FROM message WHERE target = ?1 AND said = 1 "
	    "AND time < ?3 ORDER BY time DESC LIMIT ?4))",
	    error);
	/* One bound: of two the index would be entered at either, and read to the other. */
	int64_t since = found->since == INT64_MIN ? INT64_MIN : found->since - 1;
	int code;

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, found->target);
	sqlite3_bind_int64(statement, 2, MAX(search->after, since));
	sqlite3_bind_int64(statement, 3, search->before ? search->before : INT64_MAX);
	sqlite3_bind_int(statement, 4, BOUND_ROWS);
	code = sqlite3_step(statement);
	if (code != SQLITE_ROW) {
		database_set_error(database, code, "not read", error);
		return false;
	}
	if (sqlite3_column_type(statement, 0) != SQLITE_NULL &&
	    sqlite3_column_type(statement, 1) != SQLITE_NULL) {
		*first = MIN(*first, sqlite3_column_int64(statement, 0));
		*last = MAX(*last, sqlite3_column_int64(statement, 1));
	}
	return true;
}

/* The ids between which the matches lie, so that a common word is not followed through all that
 * was ever said to find what was said today; *first above *last where nothing can match. */
static bool
find_bounds(sqlite3 *database, const HistorySearch *search, const GPtrArray *targets,
    int64_t *first, int64_t *last, GError **error)
{
	*first = search->everywhere ? 0 : INT64_MAX;
	*last = search->everywhere ? INT64_MAX : 0;
	for (guint i = 0; !search->everywhere && i < targets->len; i++) {
		if (!widen_bounds(database, targets->pdata[i], search, first, last, error))
			return false;
	}
	return true;
}

/* Steps of a statement between two looks at the clock. */
#define STEPS_A_LOOK 1000

static int
is_too_late(void *data)
{
	const HistorySearch *search = data;

	return g_get_monotonic_time() > search->deadline;
}

static bool
read_matches(sqlite3 *database, const HistorySearch *search, const GPtrArray *targets,
    GPtrArray *rows, GError **error)
{
	g_autofree char *match = match_expression(search, targets);
	int64_t first, last;
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    *match ? "SELECT " HISTORY_COLUMNS
		     ", target, first_name, second = '' FROM message_text "
		     "CROSS JOIN message ON message.id = message_text.rowid "
		     "JOIN target ON target.id = target WHERE message_text MATCH ?1 AND said = 1 "
		     "AND time > ?2 AND time < ?3 AND message_text.rowid BETWEEN ?4 AND ?5 "
		     "ORDER BY message_text.rowid DESC"
		   : "SELECT " HISTORY_COLUMNS ", target, first_name, second = '' FROM message "
		     "JOIN target ON target.id = target WHERE ?1 = '' AND said = 1 AND time > ?2 "
		     "AND time < ?3 AND message.id BETWEEN ?4 AND ?5 ORDER BY message.id DESC",
	    error);
	int code = SQLITE_DONE;
	size_t bytes = 0;

	if (!statement || !find_bounds(database, search, targets, &first, &last, error))
		return false;
	if (first > last)
		return true;
	statement_bind_text(statement, 1, match);
	sqlite3_bind_int64(statement, 2, search->after);
	sqlite3_bind_int64(statement, 3, search->before ? search->before : INT64_MAX);
	sqlite3_bind_int64(statement, 4, first);
	sqlite3_bind_int64(statement, 5, last);
	while (rows->len < search->limit && (code = sqlite3_step(statement)) == SQLITE_ROW) {
		const HistoryFound *found =
		    found_of(targets, sqlite3_column_int64(statement, HISTORY_ROW_COLUMNS));
		bool channel = sqlite3_column_int(statement, HISTORY_ROW_COLUMNS + 2) != 0;
		const char *name =
		    (const char *)sqlite3_column_text(statement, HISTORY_ROW_COLUMNS + 1);

		if (search->everywhere
			? search->channels_only && !channel
			: !found || sqlite3_column_int64(statement, 1) < found->since)
			continue;
		g_ptr_array_add(rows, history_row_from(statement, channel ? name : NULL));
		bytes += history_row_weight(rows->pdata[rows->len - 1]);
		if (search->bytes_max == 0 || bytes <= search->bytes_max || rows->len == 1)
			continue;
		g_ptr_array_remove_index(rows, rows->len - 1);
		return true;
	}
	if (code == SQLITE_DONE || code == SQLITE_ROW)
		return true;
	database_set_error(database, code, "not read", error);
	return false;
}

static void
reverse(GPtrArray *rows)
{
	for (guint i = 0; i < rows->len / 2; i++) {
		gpointer other = rows->pdata[rows->len - 1 - i];

		rows->pdata[rows->len - 1 - i] = rows->pdata[i];
		rows->pdata[i] = other;
	}
}

GPtrArray *
history_search(History *history, const HistorySearch *search, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) targets =
	    g_ptr_array_new_with_free_func((GDestroyNotify)history_found_free);
	Reading reading;
	bool done;

	g_assert(search->limit <= HISTORY_LIMIT_MAX);
	if (!reading_begin(&reading, history->readers, error))
		return NULL;
	if (search->deadline)
		sqlite3_progress_handler(
		    reading.database, STEPS_A_LOOK, is_too_late, (void *)search);
	done = find_places(reading.database, search, targets, error) &&
	       ((targets->len == 0 && !search->everywhere) ||
		   read_matches(reading.database, search, targets, rows, error));
	sqlite3_progress_handler(reading.database, 0, NULL, NULL);
	reading_end(&reading, !done);
	if (!done)
		return NULL;
	reverse(rows);
	return g_steal_pointer(&rows);
}
