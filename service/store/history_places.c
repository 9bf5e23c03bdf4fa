/* SPDX-License-Identifier: MIT */
/* Which targets a name stands for, and what is new in them. */
#include "store/history_private.h"

#include "proto/casemap.h"

#include <string.h>

void
history_found_free(HistoryFound *found)
{
	if (!found)
		return;
	g_free(found->name);
	g_free(found);
}

static bool
find_channel(sqlite3 *database, const char *channel, GPtrArray *found, GError **error)
{
	g_autofree char *folded = store_fold(channel);
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "SELECT id, newest, first_name FROM target WHERE first = ?1 AND second = ''", error);
	int code;

	if (!statement)
		return false;
	statement_bind_text(statement, 1, folded);
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW) {
		HistoryFound *one = g_new0(HistoryFound, 1);

		one->target = sqlite3_column_int64(statement, 0);
		one->newest = sqlite3_column_int64(statement, 1);
		one->name = g_strdup(channel);
		one->channel = true;
		g_ptr_array_add(found, one);
	}
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return true;
	database_set_error(database, code, "not read", error);
	return false;
}

/* Is it the talk with that name? An identity decides before a name that may have had others. */
static bool
is_with(const HistoryPlace *place, const char *identity, const char *name)
{
	if (!place->name)
		return true;
	if (place->peer && strcmp(identity, place->peer) == 0)
		return true;
	return casemap_compare(name, place->name) == 0;
}

static bool
find_talks(sqlite3 *database, const HistoryPlace *place, GPtrArray *found, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "SELECT id, newest, second, second_name FROM target WHERE first = ?1 AND second <> '' "
	    "UNION SELECT id, newest, first, first_name FROM target WHERE second = ?1 "
	    "AND second <> '' ORDER BY newest DESC",
	    error);
	guint most = place->name ? HISTORY_TALKS_MAX : HISTORY_LIMIT_MAX;
	int code;

	if (!statement)
		return false;
	statement_bind_text(statement, 1, place->owner);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW && found->len < most) {
		g_autofree char *identity = statement_text(statement, 2);
		g_autofree char *name = statement_text(statement, 3);
		HistoryFound *one;

		if (!is_with(place, identity, name))
			continue;
		one = g_new0(HistoryFound, 1);
		one->target = sqlite3_column_int64(statement, 0);
		one->newest = sqlite3_column_int64(statement, 1);
		one->name = g_steal_pointer(&name);
		g_ptr_array_add(found, one);
	}
	if (code == SQLITE_DONE || code == SQLITE_ROW)
		return true;
	database_set_error(database, code, "not read", error);
	return false;
}

GPtrArray *
history_find_targets(sqlite3 *database, const HistoryPlace *place, GError **error)
{
	g_autoptr(GPtrArray) found =
	    g_ptr_array_new_with_free_func((GDestroyNotify)history_found_free);
	bool done = place->channel ? find_channel(database, place->channel, found, error)
				   : find_talks(database, place, found, error);

	return done ? g_steal_pointer(&found) : NULL;
}

/* Two parties of one name, whom the client cannot tell apart: the newer stands for both. */
static void
join_namesakes(GPtrArray *found)
{
	g_autoptr(GHashTable) names = g_hash_table_new(casemap_hash, casemap_equal);

	for (guint i = 0; i < found->len;) {
		HistoryFound *one = found->pdata[i];
		HistoryFound *other = g_hash_table_lookup(names, one->name);

		if (!other) {
			g_hash_table_insert(names, one->name, one);
			i++;
			continue;
		}
		other->newest = MAX(other->newest, one->newest);
		g_ptr_array_remove_index(found, i);
	}
}

/* Moves what lies between the two moments over, as targets. */
static void
pick_targets(const GPtrArray *found, int64_t from, int64_t to, GPtrArray *targets)
{
	int64_t low = MIN(from, to), high = MAX(from, to);

	for (guint i = 0; i < found->len; i++) {
		const HistoryFound *one = found->pdata[i];
		HistoryTarget *target;

		if (one->newest <= low || one->newest >= high)
			continue;
		target = g_new0(HistoryTarget, 1);
		target->name = g_strdup(one->name);
		target->newest = one->newest;
		g_ptr_array_add(targets, target);
	}
}

static int
compare_targets(gconstpointer a, gconstpointer b)
{
	const HistoryTarget *left = *(const HistoryTarget *const *)a;
	const HistoryTarget *right = *(const HistoryTarget *const *)b;

	if (left->newest != right->newest)
		return left->newest < right->newest ? -1 : 1;
	return strcmp(left->name, right->name);
}

GPtrArray *
history_targets(History *history, const char *const *channels, const int64_t *since,
    const char *owner, int64_t from, int64_t to, unsigned limit, GError **error)
{
	g_autoptr(GPtrArray) targets =
	    g_ptr_array_new_with_free_func((GDestroyNotify)history_target_free);
	g_autoptr(GPtrArray) found = NULL;
	HistoryPlace talks = {.owner = owner};
	Reading reading;
	bool done;

	if (!reading_begin(&reading, history->readers, error))
		return NULL;
	found = history_find_targets(reading.database, &talks, error);
	done = found != NULL;
	for (unsigned i = 0; done && channels[i]; i++) {
		guint before = found->len;

		done = find_channel(reading.database, channels[i], found, error);
		if (found->len > before && since &&
		    ((const HistoryFound *)found->pdata[before])->newest < since[i])
			g_ptr_array_set_size(found, (int)before);
	}
	reading_end(&reading, !done);
	if (!done)
		return NULL;
	join_namesakes(found);
	pick_targets(found, from, to, targets);
	g_ptr_array_sort(targets, compare_targets);
	if (targets->len > limit)
		g_ptr_array_remove_range(targets, from <= to ? limit : 0, targets->len - limit);
	return g_steal_pointer(&targets);
}

HistoryRow *
history_find(History *history, const HistoryPlace *place, const char *msgid, GError **error)
{
	g_autoptr(GPtrArray) rows = NULL;
	HistoryQuery query = {
	    .place = *place,
	    .selector = HISTORY_AROUND,
	    .has_first = true,
	    .first = {.msgid = msgid},
	    .limit = 1,
	    .events = true,
	    .bytes_max = SIZE_MAX,
	};
	bool unknown;

	if (!history_read(history, &query, &rows, &unknown, error) || rows->len == 0)
		return NULL;
	/* A message that was redacted is not shown: its neighbour is another. */
	if (strcmp(((const HistoryRow *)rows->pdata[0])->msgid, msgid) != 0)
		return NULL;
	return g_ptr_array_steal_index(rows, 0);
}
