/* SPDX-License-Identifier: MIT */
/* The node "Audit": who did what to the service, newest first. */
#include "history_page.h"
#include "history_records.h"
#include "settings_text.h"

#include <string.h>

#define LOOK_SECONDS 3 /* the service tells nobody of audit records: looked while shown */

typedef struct Audit {
	Service *service;
	const SnapinHost *host;
	SnapinNode *node;
	HistoryRecords *records;
	guint watch;
	guint timer;
	guint n_shown; /* rows when the list was last told to the console */
	guint64 newest_shown;
	char *cell; /* the text the console was given last */
} Audit;

/* ---- The list ---- */

enum {
	COLUMN_TIME,
	COLUMN_WHO,
	COLUMN_METHOD,
	COLUMN_OBJECT,
	COLUMN_OUTCOME,
	COLUMN_ROLE,
	COLUMN_ID,
};

static const SnapinColumn columns[] = {
    [COLUMN_TIME] = {.id = "time", .title = "Time", .kind = SNAPIN_COLUMN_TIME, .width = 175},
    [COLUMN_WHO] = {.id = "who", .title = "Who", .width = 130},
    [COLUMN_METHOD] = {.id = "method", .title = "Did", .width = 150},
    [COLUMN_OBJECT] = {.id = "object", .title = "To", .width = 140},
    [COLUMN_OUTCOME] = {.id = "outcome", .title = "Outcome", .width = 280},
    [COLUMN_ROLE] = {.id = "role", .title = "As", .width = 110, .hidden = TRUE},
    [COLUMN_ID] =
	{.id = "id", .title = "Number", .kind = SNAPIN_COLUMN_NUMBER, .width = 70, .hidden = TRUE},
};

static guint
n_rows(gpointer data)
{
	return history_records_count(((Audit *)data)->records);
}

static guint64
row_id(gpointer data, guint row)
{
	return history_records_id(((Audit *)data)->records, row);
}

static guint64
total(gpointer data)
{
	return history_records_total(((Audit *)data)->records);
}

/* The method's label as the service describes it, "Change settings". */
static const char *
method_of(const Audit *audit, const json_t *row)
{
	const char *name = history_records_text(row, "method");
	const Description *description = service_description(audit->service);
	const DescribedMethod *method =
	    description != NULL ? description_method(description, name) : NULL;

	return method != NULL && *method->label != '\0' ? method->label : name;
}

static char *
cell_of(const Audit *audit, const json_t *row, guint column)
{
	static const char *const keys[] = {
	    [COLUMN_WHO] = "who",
	    [COLUMN_OBJECT] = "object",
	    [COLUMN_OUTCOME] = "outcome",
	    [COLUMN_ROLE] = "role",
	};

	if (column == COLUMN_TIME)
		return settings_text_time(history_records_text(row, "time"));
	if (column == COLUMN_METHOD)
		return g_strdup(method_of(audit, row));
	if (column == COLUMN_ID)
		return g_strdup_printf(
		    "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(row, "id")));
	return g_strdup(history_records_text(row, keys[column]));
}

static const char *
cell_text(gpointer data, guint row, guint column)
{
	Audit *audit = data;

	g_free(audit->cell);
	audit->cell = cell_of(audit, history_records_row(audit->records, row), column);
	return audit->cell;
}

static SnapinState
row_state(gpointer data, guint row)
{
	const json_t *record = history_records_row(((Audit *)data)->records, row);

	return strcmp(history_records_text(record, "outcome"), "done") == 0 ? SNAPIN_STATE_NORMAL
									    : SNAPIN_STATE_WARNING;
}

static const SnapinList list = {.size = sizeof list,
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .empty_text = "Nobody changed anything over the control socket yet.",
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
    {.name = "older",
	.label = "Load _Older",
	.icon_name = "go-down-symbolic",
	.tooltip = "More of the list",
	.on = SNAPIN_ON_NODE},
};

static void
open_properties(Audit *audit, const json_t *row)
{
	HistoryPage *page = history_page_new();
	g_autofree char *id = cell_of(audit, row, COLUMN_ID);
	g_autofree char *object = g_strdup_printf("Audit Record %s", id);
	g_autofree char *time = cell_of(audit, row, COLUMN_TIME);
	const json_t *after = json_object_get(row, "after");
	const json_t *changed = json_object_get(after, "changed");

	history_page_add(page, "Time", time);
	history_page_add(page, "Who", history_records_text(row, "who"));
	history_page_add(page, "As", history_records_text(row, "role"));
	history_page_add(page, "Did", method_of(audit, row));
	history_page_add(page, "Method", history_records_text(row, "method"));
	history_page_add(page, "To", history_records_text(row, "object"));
	history_page_add(page, "Outcome", history_records_text(row, "outcome"));
	history_page_add_json(page, "Before", json_object_get(row, "before"));
	if (json_array_size(changed) > 0)
		history_page_add_changes(page, changed, "From", "To");
	else
		history_page_add_json(page, "After", after);
	history_page_open(page, audit->host, audit->node, object, "Record");
}

static void
activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	Audit *audit = data;
	const json_t *row = selection != NULL && selection->n_rows == 1
				? history_records_find(audit->records, selection->row_ids[0])
				: NULL;

	if (strcmp(action->name, "older") == 0)
		history_records_load_older(audit->records);
	else if (row != NULL)
		open_properties(audit, row);
}

static char *
may(SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const Audit *audit = data;

	return strcmp(action->name, "older") == 0 ? history_records_may_load(audit->records) : NULL;
}

static char *
command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	return service_command(((Audit *)data)->service, "audit.list", NULL);
}

/* ---- Kept right ---- */

static void
show_state(Audit *audit)
{
	g_autofree char *reason = service_may(audit->service, "audit.list");
	gboolean denied = reason != NULL && service_state(audit->service) == SERVICE_CONNECTED;

	audit->host->node_set_state(audit->host, audit->node,
	    denied ? SNAPIN_STATE_WARNING : SNAPIN_STATE_NORMAL, denied ? reason : NULL);
	audit->host->actions_changed(audit->host, audit->node);
}

static void
records_changed(HistoryRecords *records, gpointer data)
{
	Audit *audit = data;
	guint count = history_records_count(records);
	guint64 newest = count > 0 ? history_records_id(records, 0) : 0;

	/* Looked again and nothing is new: the console need not ask for every cell. */
	if (count == audit->n_shown && newest == audit->newest_shown)
		return;
	audit->n_shown = count;
	audit->newest_shown = newest;
	audit->host->list_reset(audit->host, audit->node);
	audit->host->actions_changed(audit->host, audit->node);
}

static void
reload(Audit *audit)
{
	g_autofree char *reason = service_may(audit->service, "audit.list");

	if (reason == NULL)
		history_records_reload(audit->records);
}

static gboolean
look(gpointer data)
{
	reload(data);
	return G_SOURCE_CONTINUE;
}

static void
shown(SnapinNode *node, gpointer data, gboolean visible)
{
	Audit *audit = data;

	g_clear_handle_id(&audit->timer, g_source_remove);
	if (!visible)
		return;
	reload(audit);
	audit->timer = g_timeout_add_seconds(LOOK_SECONDS, look, audit);
}

static void
state_changed(Service *service, gpointer data)
{
	Audit *audit = data;

	show_state(audit);
	if (audit->timer != 0)
		reload(audit);
}

static void
refresh(SnapinNode *node, gpointer data)
{
	reload(data);
}

static void
audit_free(gpointer data)
{
	Audit *audit = data;

	g_clear_handle_id(&audit->timer, g_source_remove);
	service_unwatch(audit->service, audit->watch);
	history_records_free(audit->records);
	g_free(audit->cell);
	g_free(audit);
}

void
audit_add(Service *service)
{
	static const ServiceWatch watch = {.state = state_changed};
	Audit *audit = g_new0(Audit, 1);
	SnapinNodeSpec spec = {.size = sizeof spec,
	    .id = "audit",
	    .title = "Audit",
	    .icon_name = "security-high-symbolic",
	    .list = &list,
	    .shown = shown,
	    .actions = actions,
	    .n_actions = G_N_ELEMENTS(actions),
	    .activate = activate,
	    .may = may,
	    .command = command,
	    .refresh = refresh,
	    .help = "audit",
	    .data = audit,
	    .free_data = audit_free};

	audit->service = service;
	audit->host = service_host(service);
	audit->records = history_records_new(service, "audit.list", records_changed, audit);
	audit->node = audit->host->node_add(audit->host, service_node(service), &spec);
	audit->watch = service_watch(service, &watch, audit);
}
