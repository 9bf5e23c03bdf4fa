/* SPDX-License-Identifier: MIT */
/* The node "Log": the service's log, live. */
#include "history_page.h"
#include "log_bar.h"
#include "service.h"
#include "settings_text.h"

#include <string.h>

#define REPAINT_MS 80 /* rows that come close together are shown together */

typedef struct Log {
	Service *service;
	const SnapinHost *host;
	SnapinNode *node;
	LogRing *ring;
	LogBar *bar; /* NULL until first shown; freed with its widget before this */
	guint watch;
	guint repaint;
	GCancellable *cancellable; /* of a log.list under way */
	GPtrArray *early;          /* json_t: pushes that came before its answer; NULL: none is */
	gboolean wanted;
	char *cell; /* the text the console was given last */
} Log;

/* ---- The list ---- */

enum { COLUMN_TIME, COLUMN_LEVEL, COLUMN_SUBSYSTEM, COLUMN_MESSAGE, COLUMN_EVENT, COLUMN_SOURCE };

static const SnapinColumn columns[] = {
    [COLUMN_TIME] = {.id = "time", .title = "Time", .kind = SNAPIN_COLUMN_TIME, .width = 175},
    [COLUMN_LEVEL] = {.id = "level", .title = "Level", .width = 70},
    [COLUMN_SUBSYSTEM] = {.id = "subsystem", .title = "Subsystem", .width = 100},
    [COLUMN_MESSAGE] = {.id = "message", .title = "Message", .width = 420},
    [COLUMN_EVENT] = {.id = "event", .title = "Event", .width = 170},
    [COLUMN_SOURCE] = {.id = "source", .title = "Server", .width = 130, .hidden = TRUE},
};

static guint
n_rows(gpointer data)
{
	return log_ring_count(((Log *)data)->ring);
}

static guint64
row_id(gpointer data, guint row)
{
	return log_ring_row(((Log *)data)->ring, row)->id;
}

static const char *
cell_text(gpointer data, guint row, guint column)
{
	static const char *const keys[] = {
	    [COLUMN_TIME] = "timestamp",
	    [COLUMN_LEVEL] = "level",
	    [COLUMN_SUBSYSTEM] = "subsystem",
	    [COLUMN_MESSAGE] = "msg",
	    [COLUMN_EVENT] = "event_id",
	    [COLUMN_SOURCE] = "log_source",
	};
	Log *log = data;
	const char *text = log_row_text(log_ring_row(log->ring, row), keys[column]);

	if (column != COLUMN_TIME)
		return text;
	g_free(log->cell);
	return log->cell = settings_text_time(text);
}

/* Rows come in the order of time; their texts have less precision than that. */
static int
compare(gpointer data, guint row_a, guint row_b, guint column)
{
	const LogRow *a = log_ring_row(((Log *)data)->ring, row_a);
	const LogRow *b = log_ring_row(((Log *)data)->ring, row_b);
	int order = 0;

	if (column == COLUMN_LEVEL)
		order = (int)a->level - (int)b->level;
	else if (column == COLUMN_SUBSYSTEM)
		order = strcmp(log_row_text(a, "subsystem"), log_row_text(b, "subsystem"));
	else if (column == COLUMN_MESSAGE)
		order = strcmp(log_row_text(a, "msg"), log_row_text(b, "msg"));
	else if (column == COLUMN_EVENT)
		order = strcmp(log_row_text(a, "event_id"), log_row_text(b, "event_id"));
	return order != 0 ? order : (a->id > b->id) - (a->id < b->id);
}

static guint64
total(gpointer data)
{
	return log_ring_total(((Log *)data)->ring);
}

static SnapinState
row_state(gpointer data, guint row)
{
	static const SnapinState states[] = {
	    [LOG_LEVEL_DEBUG] = SNAPIN_STATE_NORMAL,
	    [LOG_LEVEL_INFO] = SNAPIN_STATE_NORMAL,
	    [LOG_LEVEL_WARN] = SNAPIN_STATE_WARNING,
	    [LOG_LEVEL_ERROR] = SNAPIN_STATE_ERROR,
	    [LOG_LEVEL_FATAL] = SNAPIN_STATE_ERROR,
	};

	return states[log_ring_row(((Log *)data)->ring, row)->level];
}

static void
rows_changed(gpointer data)
{
	Log *log = data;

	log->host->list_reset(log->host, log->node);
	log->host->actions_changed(log->host, log->node);
	if (log->bar != NULL)
		log_bar_update(log->bar);
}

static void
search(gpointer data, const char *text)
{
	Log *log = data;

	log_ring_set_text(log->ring, text);
	rows_changed(log);
}

static const SnapinList list = {.size = sizeof list,
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .empty_text = "The log has nothing that fits.",
    .n_rows = n_rows,
    .row_id = row_id,
    .cell_text = cell_text,
    .compare = compare,
    .total = total,
    .search = search,
    .row_state = row_state};

/* ---- Rows come ---- */

static gboolean
repaint(gpointer data)
{
	Log *log = data;

	log->repaint = 0;
	rows_changed(log);
	return G_SOURCE_REMOVE;
}

static void
repaint_soon(Log *log)
{
	if (log->repaint == 0)
		log->repaint = g_timeout_add(REPAINT_MS, repaint, log);
}

static void
listed(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);
	g_autoptr(GPtrArray) early = NULL;
	Log *log;
	json_t *entry;
	size_t index;

	/* Cancelled: another one is under way, or `data` is gone. */
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	log = data;
	early = g_steal_pointer(&log->early);
	json_array_foreach(json_object_get(answer, "list"), index, entry)
	    log_ring_add_new(log->ring, entry);
	for (guint i = 0; early != NULL && i < early->len; i++)
		log_ring_add_new(log->ring, early->pdata[i]);
	repaint_soon(log);
}

static void
list_again(Log *log)
{
	if (!log->wanted || service_state(log->service) != SERVICE_CONNECTED)
		return;
	g_cancellable_cancel(log->cancellable);
	g_clear_object(&log->cancellable);
	g_clear_pointer(&log->early, g_ptr_array_unref);
	log->cancellable = g_cancellable_new();
	log->early = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
	service_call_async(log->service, "log.list", NULL, log->cancellable, listed, log);
}

static void
event_came(Service *service, const char *method, const json_t *result, gpointer data)
{
	Log *log = data;

	if (!log->wanted || strcmp(method, "log.event") != 0 || !json_is_object(result))
		return;
	if (log->early != NULL) {
		g_ptr_array_add(log->early, json_incref((json_t *)result));
		return;
	}
	log_ring_add(log->ring, (json_t *)result);
	repaint_soon(log);
}

static void
state_changed(Service *service, gpointer data)
{
	list_again(data);
}

/* ---- Actions ---- */

static const SnapinAction actions[] = {
    {.name = "properties",
	.label = "_Properties…",
	.icon_name = "document-properties-symbolic",
	.accelerator = "<Alt>Return",
	.tooltip = "All that the service says about this event",
	.on = SNAPIN_ON_ONE_ROW,
	.is_default = TRUE},
    {.name = "pause",
	.label = "Pause or _Resume",
	.icon_name = "media-playback-pause-symbolic",
	.on = SNAPIN_ON_NODE},
    {.name = "clear",
	.label = "_Clear",
	.icon_name = "edit-clear-all-symbolic",
	.tooltip = "Empties this view; the service's log is not touched",
	.on = SNAPIN_ON_NODE},
};

static void
add_field(HistoryPage *page, const char *key, const json_t *value)
{
	g_autofree char *label = g_strdelimit(g_strdup(key), "_", ' ');
	g_autofree char *text = described_value_text(value);

	*label = g_ascii_toupper(*label);
	if (json_is_object(value) || json_is_array(value))
		history_page_add_json(page, label, value);
	else
		history_page_add(page, label, text);
}

static void
open_properties(Log *log, const LogRow *row)
{
	static const char *const known[] = {
	    "timestamp", "level", "subsystem", "event_id", "log_source", "msg", NULL};
	HistoryPage *page = history_page_new();
	g_autofree char *time = settings_text_time(log_row_text(row, "timestamp"));
	const char *key;
	json_t *value;

	history_page_add(page, "Time", time);
	history_page_add(page, "Exactly", log_row_text(row, "timestamp"));
	history_page_add(page, "Level", log_row_text(row, "level"));
	history_page_add(page, "Subsystem", log_row_text(row, "subsystem"));
	history_page_add(page, "Event", log_row_text(row, "event_id"));
	history_page_add(page, "Server", log_row_text(row, "log_source"));
	history_page_add(page, "Message", log_row_text(row, "msg"));
	json_object_foreach(row->entry, key, value)
	{
		if (!g_strv_contains(known, key))
			add_field(page, key, value);
	}
	history_page_open(page, log->host, log->node, log_row_text(row, "event_id"), "Event");
}

static void
activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	Log *log = data;
	const LogRow *row = action->on == SNAPIN_ON_ONE_ROW
				? log_ring_find(log->ring, selection->row_ids[0])
				: NULL;

	if (row != NULL) {
		open_properties(log, row);
	} else if (strcmp(action->name, "clear") == 0) {
		log_ring_clear(log->ring);
		rows_changed(log);
	} else if (strcmp(action->name, "pause") == 0 && log->bar != NULL) {
		log_bar_toggle_pause(log->bar);
	}
}

static char *
may(SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const Log *log = data;

	return strcmp(action->name, "clear") == 0 && log_ring_total(log->ring) == 0
		   ? g_strdup("There is nothing to clear.")
		   : NULL;
}

static char *
command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	if (strcmp(action->name, "clear") == 0)
		return NULL;
	return service_command(((Log *)data)->service, "log.list", NULL);
}

/* ---- The node ---- */

static GtkWidget *
create_widget(SnapinNode *node, gpointer data)
{
	Log *log = data;

	log->bar = log_bar_new(log->ring, rows_changed, log);
	return log_bar_widget(log->bar);
}

/* Wanted from the first look on: what came while another node was shown is there too. */
static void
shown(SnapinNode *node, gpointer data, gboolean visible)
{
	Log *log = data;

	if (!visible || log->wanted)
		return;
	log->wanted = TRUE;
	service_want_log(log->service);
	list_again(log);
}

static void
refresh(SnapinNode *node, gpointer data)
{
	list_again(data);
}

static void
log_free(gpointer data)
{
	Log *log = data;

	g_clear_handle_id(&log->repaint, g_source_remove);
	g_cancellable_cancel(log->cancellable);
	g_clear_object(&log->cancellable);
	g_clear_pointer(&log->early, g_ptr_array_unref);
	service_unwatch(log->service, log->watch);
	if (log->wanted)
		service_want_log_no_more(log->service);
	log_ring_free(log->ring);
	g_free(log->cell);
	g_free(log);
}

void
log_add(Service *service)
{
	static const ServiceWatch watch = {.state = state_changed, .event = event_came};
	Log *log = g_new0(Log, 1);
	SnapinNodeSpec spec = {.size = sizeof spec,
	    .id = "log",
	    .title = "Log",
	    .icon_name = "accessories-text-editor-symbolic",
	    .list = &list,
	    .create_widget = create_widget,
	    .shown = shown,
	    .actions = actions,
	    .n_actions = G_N_ELEMENTS(actions),
	    .activate = activate,
	    .may = may,
	    .command = command,
	    .refresh = refresh,
	    .help = "log",
	    .data = log,
	    .free_data = log_free};

	log->service = service;
	log->host = service_host(service);
	log->ring = log_ring_new();
	log->node = log->host->node_add(log->host, service_node(service), &spec);
	log->watch = service_watch(service, &watch, log);
}
