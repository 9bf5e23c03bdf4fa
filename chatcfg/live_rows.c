/* SPDX-License-Identifier: MIT */
#include "live_rows.h"

#include "control.h"

#include <string.h>

#define TELL_INTERVAL 250 /* milliseconds */

struct LiveRows {
	Service *service;
	LiveTable *table;
	char *parent;
	const LiveKind *kind;
	LiveRowsFunc moved;
	LiveRowsFunc changed;
	gpointer data;
	guint started;
	guint watch;
	GCancellable *listing; /* NULL: no page is awaited */
	gboolean is_whole;
	char *problem;
	guint tell_source;
	gint64 told_at;
};

static void list_from(LiveRows *rows, const char *cursor);

/* ---- Telling ---- */

static gboolean
tell(gpointer data)
{
	LiveRows *rows = data;

	rows->tell_source = 0;
	rows->told_at = g_get_monotonic_time();
	rows->changed(rows, rows->data);
	return G_SOURCE_REMOVE;
}

static void
tell_change(LiveRows *rows)
{
	gint64 since = (g_get_monotonic_time() - rows->told_at) / 1000;

	rows->moved(rows, rows->data);
	if (rows->changed != NULL && rows->tell_source == 0)
		rows->tell_source = g_timeout_add(
		    since >= TELL_INTERVAL ? 0 : (guint)(TELL_INTERVAL - since), tell, rows);
}

/* ---- Listing ---- */

static void
stop_listing(LiveRows *rows)
{
	if (rows->listing != NULL)
		g_cancellable_cancel(rows->listing);
	g_clear_object(&rows->listing);
}

static void
set_problem(LiveRows *rows, const GError *error)
{
	g_clear_pointer(&rows->problem, g_free);
	if (error != NULL)
		rows->problem = control_error_sentence(error);
}

static void
got_page(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) page = service_call_finish(result, &error);
	LiveRows *rows = data;
	const char *cursor;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	set_problem(rows, error);
	if (error == NULL) {
		live_table_add_page(rows->table, json_object_get(page, "list"));
		cursor = json_string_value(json_object_get(page, "next_cursor"));
		if (cursor != NULL && live_table_count(rows->table) < LIVE_TABLE_ROWS_MAX) {
			list_from(rows, cursor);
			tell_change(rows);
			return;
		}
	}
	/* A channel that is not there has no members. */
	if (error == NULL || g_error_matches(error, CONTROL_ERROR, CONTROL_ERROR_NOT_FOUND)) {
		live_table_sweep(rows->table);
		rows->is_whole = TRUE;
	}
	g_clear_object(&rows->listing);
	tell_change(rows);
}

static void
list_from(LiveRows *rows, const char *cursor)
{
	json_t *params = json_pack("{s:i}", "limit", CONTROL_PAGE_MAX);

	if (cursor != NULL)
		json_object_set_new(params, "cursor", json_string(cursor));
	if (rows->parent != NULL)
		json_object_set_new(params, rows->kind->parent, json_string(rows->parent));
	service_call_async(
	    rows->service, rows->kind->method, params, rows->listing, got_page, rows);
}

void
live_rows_refresh(LiveRows *rows)
{
	stop_listing(rows);
	if (rows->started == 0 || service_state(rows->service) != SERVICE_CONNECTED)
		return;
	rows->listing = g_cancellable_new();
	live_table_begin(rows->table);
	list_from(rows, NULL);
}

/* ---- The connection ---- */

static void
on_state(Service *service, gpointer data)
{
	live_rows_refresh(data);
}

static void
on_event(Service *service, const char *method, const json_t *result, gpointer data)
{
	LiveRows *rows = data;
	LiveChange change;

	if (strcmp(method, "service.event") != 0)
		return;
	change = live_table_event(rows->table, result, NULL);
	if (change == LIVE_LOST)
		live_rows_refresh(rows);
	else if (change != LIVE_NOTHING)
		tell_change(rows);
}

static const ServiceWatch watch = {.state = on_state, .event = on_event};

void
live_rows_start(LiveRows *rows)
{
	if (rows->started++ > 0)
		return;
	rows->is_whole = FALSE;
	rows->watch = service_watch(rows->service, &watch, rows);
	service_want(rows->service, rows->kind->topic);
	live_rows_refresh(rows);
}

void
live_rows_stop(LiveRows *rows)
{
	g_assert(rows->started > 0);
	if (--rows->started > 0)
		return;
	stop_listing(rows);
	service_want_no_more(rows->service, rows->kind->topic);
	service_unwatch(rows->service, rows->watch);
	g_clear_handle_id(&rows->tell_source, g_source_remove);
}

LiveRows *
live_rows_new(Service *service, const LiveKind *kind, const char *parent, LiveRowsFunc moved,
    LiveRowsFunc changed, gpointer data)
{
	LiveRows *rows = g_new0(LiveRows, 1);

	rows->service = service;
	rows->kind = kind;
	rows->parent = g_strdup(parent);
	rows->table = live_table_new(kind, parent);
	rows->moved = moved;
	rows->changed = changed;
	rows->data = data;
	return rows;
}

void
live_rows_free(LiveRows *rows)
{
	if (rows == NULL)
		return;
	while (rows->started > 0)
		live_rows_stop(rows);
	live_table_free(rows->table);
	g_free(rows->problem);
	g_free(rows->parent);
	g_free(rows);
}

const LiveTable *
live_rows_table(const LiveRows *rows)
{
	return rows->table;
}

gboolean
live_rows_is_whole(const LiveRows *rows)
{
	return rows->is_whole;
}

const char *
live_rows_problem(const LiveRows *rows)
{
	return rows->problem;
}
