/* SPDX-License-Identifier: MIT */
/* The node "Change History": who changed which settings, with Undo. */
#include "asking.h"
#include "history_page.h"
#include "history_records.h"
#include "settings_changes.h"
#include "settings_text.h"

#include <string.h>

typedef struct History {
	Service *service;
	const SnapinHost *host;
	SnapinNode *node;
	HistoryRecords *records;
	guint watch;
	char *cell; /* the text the console was given last */
} History;

/* ---- The list ---- */

enum { COLUMN_TIME, COLUMN_WHO, COLUMN_CHANGES, COLUMN_COMMENT, COLUMN_STATE, COLUMN_ID };

static const SnapinColumn columns[] = {
    [COLUMN_TIME] = {.id = "time", .title = "Time", .kind = SNAPIN_COLUMN_TIME, .width = 175},
    [COLUMN_WHO] = {.id = "who", .title = "Who", .width = 120},
    [COLUMN_CHANGES] = {.id = "changes", .title = "Changes", .width = 300},
    [COLUMN_COMMENT] = {.id = "comment", .title = "Comment", .width = 160},
    [COLUMN_STATE] = {.id = "state", .title = "State", .width = 90},
    [COLUMN_ID] =
	{.id = "id", .title = "Number", .kind = SNAPIN_COLUMN_NUMBER, .width = 70, .hidden = TRUE},
};

static guint
n_rows(gpointer data)
{
	return history_records_count(((History *)data)->records);
}

static guint64
row_id(gpointer data, guint row)
{
	return history_records_id(((History *)data)->records, row);
}

static guint64
total(gpointer data)
{
	return history_records_total(((History *)data)->records);
}

static char *
comment_of(const json_t *row)
{
	const char *comment = history_records_text(row, "comment");
	json_int_t undone = json_integer_value(json_object_get(row, "undo_of"));

	if (undone == 0)
		return g_strdup(comment);
	return g_strdup_printf("Undo of change %" JSON_INTEGER_FORMAT "%s%s", undone,
	    *comment != '\0' ? ": " : "", comment);
}

static char *
cell_of(const json_t *row, guint column)
{
	switch (column) {
	case COLUMN_TIME:
		return settings_text_time(history_records_text(row, "time"));
	case COLUMN_WHO:
		return g_strdup(history_records_text(row, "who"));
	case COLUMN_CHANGES:
		return settings_changes_line(json_object_get(row, "changes"));
	case COLUMN_COMMENT:
		return comment_of(row);
	case COLUMN_STATE:
		return g_strdup(history_records_text(row, "state"));
	default:
		return g_strdup_printf(
		    "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(row, "id")));
	}
}

static const char *
cell_text(gpointer data, guint row, guint column)
{
	History *history = data;

	g_free(history->cell);
	history->cell = cell_of(history_records_row(history->records, row), column);
	return history->cell;
}

static SnapinState
row_state(gpointer data, guint row)
{
	const json_t *record = history_records_row(((History *)data)->records, row);

	return strcmp(history_records_text(record, "state"), "failed") == 0 ? SNAPIN_STATE_ERROR
									    : SNAPIN_STATE_NORMAL;
}

static const SnapinList list = {.size = sizeof list,
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .empty_text = "No setting was changed over the control socket yet.",
    .n_rows = n_rows,
    .row_id = row_id,
    .cell_text = cell_text,
    .total = total,
    .row_state = row_state};

/* ---- Actions ---- */

static const SnapinAction actions[] = {
    {.name = "properties",
	.label = "_Properties…",
	.icon_name = "document-properties-symbolic",
	.accelerator = "<Alt>Return",
	.on = SNAPIN_ON_ONE_ROW,
	.is_default = TRUE},
    {.name = "undo",
	.label = "_Undo…",
	.icon_name = "edit-undo-symbolic",
	.tooltip = "Takes this change back, unless a later one touched the same settings",
	.on = SNAPIN_ON_ONE_ROW},
    {.name = "older",
	.label = "Load _Older",
	.icon_name = "go-down-symbolic",
	.tooltip = "More of the list",
	.on = SNAPIN_ON_NODE},
};

static void
open_properties(History *history, const json_t *row)
{
	HistoryPage *page = history_page_new();
	g_autofree char *id = cell_of(row, COLUMN_ID);
	g_autofree char *object = g_strdup_printf("Change %s", id);
	g_autofree char *time = cell_of(row, COLUMN_TIME);
	g_autofree char *comment = cell_of(row, COLUMN_COMMENT);

	history_page_add(page, "Time", time);
	history_page_add(page, "Who", history_records_text(row, "who"));
	history_page_add(page, "Comment", comment);
	history_page_add(page, "State", history_records_text(row, "state"));
	history_page_add_changes(page, json_object_get(row, "changes"), "From", "To");
	history_page_open(page, history->host, history->node, object, "Change");
}

typedef struct Undoing {
	History *history;
	guint64 id;
} Undoing;

static void
undo_confirmed(Service *service, char **answers, gpointer data)
{
	const Undoing *undoing = data;
	json_t *params = json_pack("{s:I}", "id", (json_int_t)undoing->id);
	g_autofree char *what =
	    g_strdup_printf("Cannot undo change %" G_GUINT64_FORMAT, undoing->id);

	if (*answers[0] != '\0')
		json_object_set_new(params, "comment", json_string(answers[0]));
	service_act(service, undoing->history->node, "config.undo", params, what);
}

static void
ask_undo(History *history, const json_t *row)
{
	g_autofree char *id = cell_of(row, COLUMN_ID);
	g_autofree char *changes = cell_of(row, COLUMN_CHANGES);
	g_autofree char *title = g_strdup_printf("Undo change %s?", id);
	g_autofree char *text = g_strdup_printf("The change was: %s. Taking it back is applied at "
						"once and becomes a change of its own.",
	    changes);
	const SnapinField field = {.label = "_Comment", .max_length = 500};
	SnapinQuestion question = {
	    .title = title,
	    .text = text,
	    .accept = "_Undo",
	    .fields = &field,
	    .n_fields = 1,
	};
	Undoing *undoing = g_new(Undoing, 1);

	*undoing = (Undoing){history, (guint64)json_integer_value(json_object_get(row, "id"))};
	asking_ask(history->service, &question, undo_confirmed, undoing, g_free);
}

static const json_t *
selected(const History *history, const SnapinSelection *selection)
{
	return selection != NULL && selection->n_rows == 1
		   ? history_records_find(history->records, selection->row_ids[0])
		   : NULL;
}

static void
activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	History *history = data;
	const json_t *row = selected(history, selection);

	if (strcmp(action->name, "older") == 0)
		history_records_load_older(history->records);
	else if (row != NULL && strcmp(action->name, "undo") == 0)
		ask_undo(history, row);
	else if (row != NULL)
		open_properties(history, row);
}

static char *
may(SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const History *history = data;
	const json_t *row = selected(history, selection);

	if (strcmp(action->name, "older") == 0)
		return history_records_may_load(history->records);
	if (strcmp(action->name, "undo") != 0)
		return NULL;
	if (row != NULL && strcmp(history_records_text(row, "state"), "done") != 0)
		return g_strdup("This change was never in force.");
	return service_may(history->service, "config.undo");
}

static char *
command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const History *history = data;
	const json_t *row = selected(history, selection);

	if (strcmp(action->name, "undo") != 0 || row == NULL)
		return service_command(history->service, "config.history", NULL);
	return service_command(
	    history->service, "config.undo", json_pack("{s:O}", "id", json_object_get(row, "id")));
}

/* ---- Kept right ---- */

static void
records_changed(HistoryRecords *records, gpointer data)
{
	History *history = data;

	history->host->list_reset(history->host, history->node);
	history->host->actions_changed(history->host, history->node);
}

static void
state_changed(Service *service, gpointer data)
{
	History *history = data;

	history_records_reload(history->records);
	history->host->actions_changed(history->host, history->node);
}

static void
event_came(Service *service, const char *method, const json_t *result, gpointer data)
{
	History *history = data;
	const char *type = history_records_text(result, "type");

	if (strcmp(method, "service.event") == 0 &&
	    (strcmp(type, "config.changed") == 0 || strcmp(type, "resync") == 0))
		history_records_reload(history->records);
}

static void
refresh(SnapinNode *node, gpointer data)
{
	history_records_reload(((History *)data)->records);
}

static void
history_free(gpointer data)
{
	History *history = data;

	service_unwatch(history->service, history->watch);
	service_want_no_more(history->service, "config");
	history_records_free(history->records);
	g_free(history->cell);
	g_free(history);
}

void
history_add(Service *service)
{
	static const ServiceWatch watch = {.state = state_changed, .event = event_came};
	History *history = g_new0(History, 1);
	SnapinNodeSpec spec = {.size = sizeof spec,
	    .id = "history",
	    .title = "Change History",
	    .icon_name = "document-open-recent-symbolic",
	    .list = &list,
	    .actions = actions,
	    .n_actions = G_N_ELEMENTS(actions),
	    .activate = activate,
	    .may = may,
	    .command = command,
	    .refresh = refresh,
	    .help = "history",
	    .data = history,
	    .free_data = history_free};

	history->service = service;
	history->host = service_host(service);
	history->records = history_records_new(service, "config.history", records_changed, history);
	history->node = history->host->node_add(history->host, service_node(service), &spec);
	history->watch = service_watch(service, &watch, history);
	service_want(service, "config");
	history_records_reload(history->records);
}
