/* SPDX-License-Identifier: MIT */
/* What was said, read: a query becomes one statement per target and kind of row, each bounded by
 * the limit and answered by one index; what they give is merged here. */
#include "store/history_private.h"

#include "base/message_id.h"
#include "proto/casemap.h"

#include <string.h>

static const char *
column(sqlite3_stmt *statement, int index)
{
	return (const char *)sqlite3_column_text(statement, index);
}

HistoryRow *
history_row_from(sqlite3_stmt *statement, const char *channel)
{
	HistoryRow row = {
	    .id = sqlite3_column_int64(statement, 0),
	    .time = sqlite3_column_int64(statement, 1),
	    .said = (HistorySaid)sqlite3_column_int(statement, 2),
	    .marks = (unsigned)sqlite3_column_int64(statement, 3),
	    .channel = channel,
	    .msgid = column(statement, 4),
	    .kind = column(statement, 5),
	    .verb = column(statement, 6),
	    .source = column(statement, 7),
	    .account = column(statement, 8),
	    .printed = column(statement, 9),
	    .whom = column(statement, 10),
	    .real_name = column(statement, 11),
	    .text = column(statement, 12),
	    .tags = column(statement, 13),
	    .owner = sqlite3_column_int64(statement, 14),
	    .relayed_by = column(statement, 15),
	    .edited_at = sqlite3_column_int64(statement, 16),
	};

	return history_row_copy(&row);
}

/* A point in the order of a target's rows. */
typedef struct Point {
	int64_t time;
	int64_t id;
} Point;

static const Point beginning = {INT64_MIN, INT64_MIN};
static const Point end_of_time = {INT64_MAX, INT64_MAX};

/* One index range: between the two points, both excluded. */
typedef struct Range {
	Point low;
	Point high;
	bool descending;
	unsigned limit;
} Range;

/* Of the range and of what may be seen, the later. One bound: of two the index would be entered at
 * either, and all between them read, which is everything where somebody has just joined. */
static Point
low_end(const Range *range, const HistoryFound *found)
{
	if (found->since == INT64_MIN || found->since <= range->low.time)
		return range->low;
	return (Point){found->since - 1, INT64_MAX};
}

static bool
read_range(sqlite3 *database, const HistoryFound *found, HistorySaid said, const Range *range,
    GPtrArray *rows, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    range->descending
		? "SELECT " HISTORY_COLUMNS "FROM message WHERE target = ?1 AND said = ?2 "
		  "AND (time, id) > (?3, ?4) AND (time, id) < (?5, ?6) AND id <= ?8 "
		  "ORDER BY time DESC, id DESC LIMIT ?7"
		: "SELECT " HISTORY_COLUMNS "FROM message WHERE target = ?1 AND said = ?2 "
		  "AND (time, id) > (?3, ?4) AND (time, id) < (?5, ?6) AND id <= ?8 "
		  "ORDER BY time, id LIMIT ?7",
	    error);
	const char *channel = found->channel ? found->name : NULL;
	Point low = low_end(range, found);
	int code;

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, found->target);
	sqlite3_bind_int(statement, 2, said);
	sqlite3_bind_int64(statement, 3, low.time);
	sqlite3_bind_int64(statement, 4, low.id);
	sqlite3_bind_int64(statement, 5, range->high.time);
	sqlite3_bind_int64(statement, 6, range->high.id);
	sqlite3_bind_int64(statement, 7, range->limit);
	sqlite3_bind_int64(statement, 8, found->last_id != 0 ? found->last_id : INT64_MAX);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW)
		g_ptr_array_add(rows, history_row_from(statement, channel));
	if (code == SQLITE_DONE)
		return true;
	database_set_error(database, code, "not read", error);
	return false;
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
	const HistoryRow *left = *(const HistoryRow *const *)a;
	const HistoryRow *right = *(const HistoryRow *const *)b;

	if (left->time != right->time)
		return left->time < right->time ? -1 : 1;
	return left->id < right->id ? -1 : left->id > right->id;
}

/* Ascending rows of the range in all targets, at most its limit, from the end it is counted from.
 */
static bool
read_merged(sqlite3 *database, const GPtrArray *targets, const HistoryQuery *query,
    const Range *range, GPtrArray *rows, GError **error)
{
	guint begin = rows->len, count;

	if (range->limit == 0)
		return true;
	for (guint i = 0; i < targets->len; i++) {
		const HistoryFound *found = targets->pdata[i];

		if (!read_range(database, found, HISTORY_SAID, range, rows, error) ||
		    (query->events &&
			!read_range(database, found, HISTORY_HAPPENED, range, rows, error)))
			return false;
	}
	count = rows->len - begin;
	if (count > 1)
		qsort(rows->pdata + begin, count, sizeof *rows->pdata, compare_rows);
	if (count > range->limit)
		g_ptr_array_remove_range(
		    rows, range->descending ? begin : begin + range->limit, count - range->limit);
	return true;
}

/* Where the message stands; false with *ret_unknown or `error`. */
static bool
find_point(sqlite3 *database, const GPtrArray *targets, const char *msgid, Point *ret_point,
    bool *ret_unknown, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "SELECT target, time, id FROM message WHERE msgid_key = ?1 AND msgid = ?2", error);
	int code;

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, message_id_key(msgid));
	statement_bind_text(statement, 2, msgid);
	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		for (guint i = 0; i < targets->len; i++) {
			const HistoryFound *found = targets->pdata[i];

			if (found->target != sqlite3_column_int64(statement, 0))
				continue;
			ret_point->time = sqlite3_column_int64(statement, 1);
			ret_point->id = sqlite3_column_int64(statement, 2);
			if (ret_point->time >= found->since)
				return true;
		}
	}
	if (code == SQLITE_DONE)
		*ret_unknown = true;
	else
		database_set_error(database, code, "not read", error);
	return false;
}

/* A reference as two points: what is before it is below the one, what is after it above the other.
 */
typedef struct Reference {
	Point below;
	Point above;
} Reference;

static bool
resolve(sqlite3 *database, const GPtrArray *targets, const HistoryReference *reference,
    Reference *ret, bool *ret_unknown, GError **error)
{
	if (!reference->msgid) {
		ret->below = (Point){reference->time, INT64_MIN};
		ret->above = (Point){reference->time, INT64_MAX};
		return true;
	}
	if (!find_point(database, targets, reference->msgid, &ret->below, ret_unknown, error))
		return false;
	ret->above = ret->below;
	return true;
}

/* Half before, the rest from the message itself on; one side takes what the other has not. */
static bool
read_around(sqlite3 *database, const GPtrArray *targets, const HistoryQuery *query,
    const Reference *first, GPtrArray *rows, GError **error)
{
	g_autoptr(GPtrArray) after = g_ptr_array_new_with_free_func(g_free);
	Point from = first->below;
	Range before_range = {beginning, first->below, true, query->limit};
	Range after_range = {from, end_of_time, false, query->limit};
	guint n_before, n_after;

	/* The bound is excluded: one row less includes the message itself. */
	after_range.low.id = from.id == INT64_MIN ? INT64_MIN : from.id - 1;
	if (!read_merged(database, targets, query, &before_range, rows, error) ||
	    !read_merged(database, targets, query, &after_range, after, error))
		return false;
	n_before = MIN(rows->len, query->limit / 2);
	n_after = MIN(after->len, query->limit - n_before);
	n_before = MIN(rows->len, query->limit - n_after);
	if (rows->len > n_before)
		g_ptr_array_remove_range(rows, 0, rows->len - n_before);
	for (guint i = 0; i < n_after; i++)
		g_ptr_array_add(rows, g_steal_pointer(&after->pdata[i]));
	return true;
}

static bool
is_before(const Point *a, const Point *b)
{
	return a->time != b->time ? a->time < b->time : a->id < b->id;
}

/* The range each selector stands for; around is two of them. */
static Range
range_latest(const Reference *first, const Reference *second)
{
	return (Range){first->above, end_of_time, true, 0};
}

static Range
range_before(const Reference *first, const Reference *second)
{
	return (Range){beginning, first->below, true, 0};
}

static Range
range_after(const Reference *first, const Reference *second)
{
	return (Range){first->above, end_of_time, false, 0};
}

static Range
range_between(const Reference *first, const Reference *second)
{
	if (is_before(&second->above, &first->below))
		return (Range){second->above, first->below, true, 0};
	return (Range){first->above, second->below, false, 0};
}

static Range (*const ranges[HISTORY_SELECTORS])(const Reference *, const Reference *) = {
    [HISTORY_LATEST] = range_latest,
    [HISTORY_BEFORE] = range_before,
    [HISTORY_AFTER] = range_after,
    [HISTORY_BETWEEN] = range_between,
};

static bool
read_selected(sqlite3 *database, const GPtrArray *targets, const HistoryQuery *query,
    GPtrArray *rows, bool *ret_unknown, bool *ret_from_end, GError **error)
{
	Reference first = {end_of_time, beginning}, second = {end_of_time, beginning};
	Range range;

	if (query->has_first &&
	    !resolve(database, targets, &query->first, &first, ret_unknown, error))
		return false;
	if (query->selector == HISTORY_BETWEEN &&
	    !resolve(database, targets, &query->second, &second, ret_unknown, error))
		return false;
	if (!ranges[query->selector])
		return read_around(database, targets, query, &first, rows, error);
	range = ranges[query->selector](&first, &second);
	range.limit = query->limit;
	*ret_from_end = range.descending;
	return read_merged(database, targets, query, &range, rows, error);
}

/* Leaves out what makes the answer too long, from the end that was not counted from. */
static void
cut_rows(GPtrArray *rows, size_t bytes_max, bool from_end)
{
	size_t bytes = 0;

	for (guint i = 0; i < rows->len; i++) {
		bytes += history_row_weight(rows->pdata[from_end ? rows->len - 1 - i : i]);
		if (bytes <= bytes_max || i == 0)
			continue;
		g_ptr_array_remove_range(rows, from_end ? 0 : i, rows->len - i);
		return;
	}
}

GPtrArray *
history_read_targets(sqlite3 *database, const GPtrArray *targets, const HistoryQuery *query,
    bool *ret_unknown, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
	bool from_end = false;

	g_assert(query->limit <= HISTORY_LIMIT_MAX);
	if (!read_selected(database, targets, query, rows, ret_unknown, &from_end, error))
		return NULL;
	cut_rows(rows, query->bytes_max, from_end);
	return g_steal_pointer(&rows);
}

static void
limit_targets(GPtrArray *targets, const HistoryQuery *query)
{
	for (guint i = 0; i < targets->len; i++) {
		HistoryFound *found = targets->pdata[i];

		found->since = query->since;
		found->last_id = query->last_id;
	}
}

bool
history_read(History *history, const HistoryQuery *query, GPtrArray **ret_rows, bool *ret_unknown,
    GError **error)
{
	g_autoptr(GPtrArray) targets = NULL;
	GPtrArray *rows = NULL;
	Reading reading;

	*ret_unknown = false;
	if (!reading_begin(&reading, history->readers, error))
		return false;
	targets = history_find_targets(reading.database, &query->place, error);
	if (targets) {
		limit_targets(targets, query);
		rows = history_read_targets(reading.database, targets, query, ret_unknown, error);
	}
	reading_end(&reading, !rows && !*ret_unknown);
	if (*ret_unknown)
		rows = g_ptr_array_new_with_free_func(g_free);
	*ret_rows = rows;
	return rows != NULL;
}
