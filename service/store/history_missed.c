/* SPDX-License-Identifier: MIT */
/* What a client missed, of all its places in one reading: each place costs two look-ups and the
 * rows it gives. */
#include "store/history_private.h"

/* Adds the targets of the place in which something was said after the moment. */
static bool
add_news(sqlite3 *database, const HistoryPlace *place, int64_t since, const HistoryMissed *missed,
    GPtrArray *targets, GError **error)
{
	g_autoptr(GPtrArray) found = history_find_targets(database, place, error);

	for (guint i = 0; found && i < found->len; i++) {
		HistoryFound *one = found->pdata[i];

		if (one->newest <= missed->after || one->newest < since)
			continue;
		one->since = since;
		one->last_id = missed->last_id;
		g_ptr_array_add(targets, one);
		found->pdata[i] = NULL;
	}
	return found != NULL;
}

static bool
find_news(sqlite3 *database, const HistoryMissed *missed, GPtrArray *targets, GError **error)
{
	HistoryPlace talks = {.owner = missed->owner};

	for (unsigned i = 0; missed->channels && missed->channels[i]; i++) {
		HistoryPlace channel = {.channel = missed->channels[i]};

		if (!add_news(database, &channel, missed->since[i], missed, targets, error))
			return false;
	}
	return !missed->owner || add_news(database, &talks, INT64_MIN, missed, targets, error);
}

static bool
read_one(sqlite3 *database, HistoryFound *found, const HistoryQuery *query, GPtrArray *rows,
    GError **error)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_autoptr(GPtrArray) news = NULL;
	bool unknown = false;

	g_ptr_array_add(one, found);
	news = history_read_targets(database, one, query, &unknown, error);
	if (!news)
		return false;
	g_ptr_array_extend_and_steal(rows, g_steal_pointer(&news));
	return true;
}

static bool
read_news(sqlite3 *database, const HistoryMissed *missed, GPtrArray *rows, GError **error)
{
	g_autoptr(GPtrArray) targets =
	    g_ptr_array_new_with_free_func((GDestroyNotify)history_found_free);
	HistoryQuery query = {
	    .selector = HISTORY_LATEST,
	    .has_first = true,
	    .first = {.time = missed->after},
	    .limit = missed->limit,
	};
	bool done = find_news(database, missed, targets, error);

	query.bytes_max = missed->bytes_max / MAX(1, targets->len);
	for (guint i = 0; done && i < targets->len; i++)
		done = read_one(database, targets->pdata[i], &query, rows, error);
	return done;
}

GPtrArray *
history_missed(History *history, const HistoryMissed *missed, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
	Reading reading;
	bool done;

	if (!reading_begin(&reading, history->readers, error))
		return NULL;
	done = read_news(reading.database, missed, rows, error);
	reading_end(&reading, !done);
	return done ? g_steal_pointer(&rows) : NULL;
}
