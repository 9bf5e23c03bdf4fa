/* SPDX-License-Identifier: MIT */
/*
 * A snap-in for the tests: uses every part of the interface, and misbehaves when told to.
 * Environment: DEMO_REFUSE (init fails with that sentence), DEMO_ROWS (rows of the big list).
 */
#include "demo_rows.h"

#include <stdlib.h>

#define N_GOODS 300
#define N_LIVE 40

typedef struct Demo {
	const SnapinHost *host;
	SnapinNode *goods;
	SnapinNode *service;
	SnapinNode *catalogue;
	guint live_source;
} Demo;

static Demo demo;

/* ---- property sheet ---- */

typedef struct GoodsPage {
	DemoRows *rows;
	guint64 id;
	GtkWidget *name;
	GtkWidget *size;
} GoodsPage;

static void
on_page_edited(GtkWidget *widget, SnapinPage *page)
{
	demo.host->page_set_dirty(demo.host, page, TRUE);
	if (GTK_IS_SPIN_BUTTON(widget))
		return;
	demo.host->page_set_problem(demo.host, page,
	    *gtk_entry_get_text(GTK_ENTRY(widget)) ? NULL : "A thing needs a name.");
}

static void
attach(GtkGrid *grid, const char *text, GtkWidget *input, int row)
{
	GtkWidget *label = gtk_label_new_with_mnemonic(text);

	gtk_label_set_mnemonic_widget(GTK_LABEL(label), input);
	gtk_label_set_xalign(GTK_LABEL(label), 1);
	gtk_widget_set_hexpand(input, TRUE);
	gtk_grid_attach(grid, label, 0, row, 1, 1);
	gtk_grid_attach(grid, input, 1, row, 1, 1);
}

static GtkWidget *
create_general(SnapinPage *page, gpointer data)
{
	GoodsPage *self = data;
	const DemoItem *item = demo_rows_find(self->rows, self->id);
	GtkWidget *grid = gtk_grid_new();

	gtk_container_set_border_width(GTK_CONTAINER(grid), 18);
	gtk_grid_set_row_spacing(GTK_GRID(grid), 6);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	self->name = gtk_entry_new();
	gtk_entry_set_text(GTK_ENTRY(self->name), item->name);
	self->size = gtk_spin_button_new_with_range(0, 99999, 1);
	gtk_spin_button_set_value(GTK_SPIN_BUTTON(self->size), item->size);
	attach(GTK_GRID(grid), "_Name", self->name, 0);
	attach(GTK_GRID(grid), "_Size", self->size, 1);
	g_signal_connect(self->name, "changed", G_CALLBACK(on_page_edited), page);
	g_signal_connect(self->size, "value-changed", G_CALLBACK(on_page_edited), page);
	gtk_widget_show_all(grid);
	return grid;
}

static GtkWidget *
create_history(SnapinPage *page, gpointer data)
{
	return gtk_label_new("Nothing happened to it yet.");
}

static gboolean
finish_apply(gpointer user_data)
{
	g_autoptr(GTask) task = user_data;
	GoodsPage *self = g_task_get_task_data(task);
	DemoItem *item = demo_rows_find(self->rows, self->id);

	if (g_task_return_error_if_cancelled(task))
		return G_SOURCE_REMOVE;
	if (gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(self->size)) > 20000) {
		g_task_return_new_error(
		    task, G_IO_ERROR, G_IO_ERROR_FAILED, "Nothing is larger than 20000.");
		return G_SOURCE_REMOVE;
	}
	g_free(item->name);
	item->name = g_strdup(gtk_entry_get_text(GTK_ENTRY(self->name)));
	item->size = (guint)gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(self->size));
	demo.host->list_reset(demo.host, demo.goods);
	g_task_return_boolean(task, TRUE);
	return G_SOURCE_REMOVE;
}

static void
apply_async(SnapinPage *page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	g_task_set_task_data(task, data, NULL);
	g_timeout_add(100, finish_apply, task);
}

static gboolean
apply_finish(SnapinPage *page, gpointer data, GAsyncResult *result, GError **error)
{
	return g_task_propagate_boolean(G_TASK(result), error);
}

static void
open_properties(SnapinNode *node, DemoRows *rows, guint64 id)
{
	GoodsPage *general = g_new0(GoodsPage, 1);
	GoodsPage *history = g_new0(GoodsPage, 1);
	SnapinPageSpec pages[] = {
	    {.size = sizeof *pages,
		.id = "general",
		.title = "General",
		.create = create_general,
		.apply_async = apply_async,
		.apply_finish = apply_finish,
		.data = general,
		.free_data = g_free},
	    {.size = sizeof *pages,
		.id = "history",
		.title = "History",
		.create = create_history,
		.apply_async = apply_async,
		.apply_finish = apply_finish,
		.data = history,
		.free_data = g_free},
	};

	general->rows = history->rows = rows;
	general->id = history->id = id;
	demo.host->sheet_open(demo.host, node, demo_rows_find(rows, id)->name, pages, 2);
}

/* ---- actions on goods ---- */

static const SnapinField scrap_fields[] = {
    {.label = "_Reason", .required = TRUE, .max_length = 40},
    {.label = "_How", .choices = (const char *const[]){"Melt", "Bury", NULL}},
};

typedef struct Scrap {
	DemoRows *rows;
	GArray *ids;
} Scrap;

static void
on_scrap_answered(GObject *source, GAsyncResult *result, gpointer user_data)
{
	Scrap *scrap = user_data;
	g_autoptr(GError) error = NULL;
	g_auto(GStrv) answers = demo.host->ask_finish(demo.host, result, &error);

	if (answers) {
		g_autofree char *sentence = g_strdup_printf(
		    "%u scrapped: %s (%s)", scrap->ids->len, answers[0], answers[1]);

		for (guint i = 0; i < scrap->ids->len; i++)
			demo_rows_remove(scrap->rows, g_array_index(scrap->ids, guint64, i));
		demo.host->list_reset(demo.host, demo.goods);
		demo.host->report(
		    demo.host, demo.goods, SNAPIN_INFO, sentence, "No way back from here.");
	}
	g_array_unref(scrap->ids);
	g_free(scrap);
}

static void
ask_scrap(DemoRows *rows, const SnapinSelection *selection)
{
	Scrap *scrap = g_new0(Scrap, 1);
	g_autofree char *text = g_strdup_printf("%u things will be gone.", selection->n_rows);
	SnapinQuestion question = {
	    .title = "Scrap these things?",
	    .text = text,
	    .accept = "_Scrap",
	    .danger = TRUE,
	    .fields = scrap_fields,
	    .n_fields = G_N_ELEMENTS(scrap_fields),
	};

	scrap->rows = rows;
	scrap->ids = g_array_new(FALSE, FALSE, sizeof(guint64));
	g_array_append_vals(scrap->ids, selection->row_ids, selection->n_rows);
	demo.host->ask_async(demo.host, &question, NULL, on_scrap_answered, scrap);
}

static const SnapinAction goods_actions[] = {
    {.name = "add",
	.label = "_Add a Thing",
	.icon_name = "list-add-symbolic",
	.accelerator = "<Primary>n",
	.tooltip = "One more thing",
	.on = SNAPIN_ON_NODE},
    {.name = "sell-all",
	.label = "Sell _Everything",
	.icon_name = "edit-clear-all-symbolic",
	.on = SNAPIN_ON_NODE,
	.danger = TRUE},
    {.name = "properties",
	.label = "_Properties…",
	.icon_name = "document-properties-symbolic",
	.accelerator = "<Alt>Return",
	.on = SNAPIN_ON_ONE_ROW,
	.is_default = TRUE},
    {.name = "paint",
	.label = "Pai_nt Red",
	.icon_name = "color-select-symbolic",
	.tooltip = "All that are selected",
	.on = SNAPIN_ON_ROWS},
    {.name = "scrap",
	.label = "_Scrap…",
	.icon_name = "user-trash-symbolic",
	.accelerator = "Delete",
	.on = SNAPIN_ON_ROWS,
	.danger = TRUE},
};

static void
activate_goods(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	DemoRows *rows = data;

	if (g_str_equal(action->name, "add")) {
		demo_rows_add(rows);
		demo.host->list_reset(demo.host, node);
	} else if (g_str_equal(action->name, "properties")) {
		open_properties(node, rows, selection->row_ids[0]);
	} else if (g_str_equal(action->name, "scrap")) {
		ask_scrap(rows, selection);
	} else if (g_str_equal(action->name, "paint")) {
		for (guint i = 0; i < selection->n_rows; i++) {
			demo_rows_find(rows, selection->row_ids[i])->colour = "red";
			demo.host->list_row_changed(demo.host, node, selection->row_ids[i]);
		}
	}
}

static char *
may_goods(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	return g_str_equal(action->name, "sell-all")
		   ? g_strdup("Only the owner of the warehouse may do that.")
		   : NULL;
}

static char *
command_of(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	return g_strdup_printf("demo %s --count %u", action->name, selection->n_rows);
}

/* ---- the service node: its own widget, and actions that misbehave ---- */

static GtkWidget *
create_overview(SnapinNode *node, gpointer data)
{
	GtkWidget *grid = gtk_grid_new();
	const char *const facts[][2] = {
	    {"Name", "Demo warehouse"}, {"Version", "1.0"}, {"Open since", "this morning"}};

	gtk_container_set_border_width(GTK_CONTAINER(grid), 18);
	gtk_grid_set_row_spacing(GTK_GRID(grid), 6);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	for (int i = 0; i < (int)G_N_ELEMENTS(facts); i++) {
		GtkWidget *label = gtk_label_new(facts[i][0]);
		GtkWidget *value = gtk_label_new(facts[i][1]);

		gtk_style_context_add_class(gtk_widget_get_style_context(label), "dim-label");
		gtk_label_set_xalign(GTK_LABEL(label), 1);
		gtk_label_set_xalign(GTK_LABEL(value), 0);
		gtk_grid_attach(GTK_GRID(grid), label, 0, i, 1, 1);
		gtk_grid_attach(GTK_GRID(grid), value, 1, i, 1, 1);
	}
	gtk_widget_show_all(grid);
	return grid;
}

static const SnapinAction service_actions[] = {
    {.name = "lose", .label = "_Lose the Connection", .icon_name = "network-offline-symbolic"},
    {.name = "find", .label = "_Find It Again", .icon_name = "network-transmit-receive-symbolic"},
    {.name = "block",
	.label = "_Block the Console",
	.icon_name = "process-stop-symbolic",
	.danger = TRUE},
    {.name = "crash",
	.label = "_Crash the Console",
	.icon_name = "dialog-error-symbolic",
	.danger = TRUE},
    {.name = "rebuild", .label = "_Rebuild the Tree", .icon_name = "view-refresh-symbolic"},
};

static void add_children(SnapinNode *service);

static void
activate_service(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	if (g_str_equal(action->name, "lose"))
		demo.host->node_set_state(demo.host, node, SNAPIN_STATE_WARNING,
		    "The warehouse does not answer. Trying again in 5 s.");
	else if (g_str_equal(action->name, "find"))
		demo.host->node_set_state(demo.host, node, SNAPIN_STATE_NORMAL, NULL);
	else if (g_str_equal(action->name, "block"))
		g_usleep(1300 * 1000);
	else if (g_str_equal(action->name, "crash"))
		abort();
	else if (g_str_equal(action->name, "rebuild")) {
		demo.host->node_remove(demo.host, demo.goods);
		add_children(node);
	}
}

/* ---- live rows ---- */

static gboolean
on_tick(gpointer user_data)
{
	SnapinNode *node = user_data;
	DemoRows *rows = g_object_get_data(G_OBJECT(node), "rows");

	if (rows->items->len >= N_LIVE)
		g_ptr_array_remove_index(rows->items, 0);
	demo_rows_add(rows);
	demo.host->list_reset(demo.host, node);
	return G_SOURCE_CONTINUE;
}

static void
show_live(SnapinNode *node, gpointer data, gboolean visible)
{
	g_clear_handle_id(&demo.live_source, g_source_remove);
	g_object_set_data(G_OBJECT(node), "rows", data);
	if (visible)
		demo.live_source = g_timeout_add(20, on_tick, node);
}

/* ---- a catalogue of which only some is loaded ---- */

static SnapinList catalogue_list;

static guint64
catalogue_total(gpointer data)
{
	return 1000000;
}

static void
search_catalogue(gpointer data, const char *text)
{
	demo_rows_search(data, 500, text);
	demo.host->list_reset(demo.host, demo.catalogue);
}

static void
add_catalogue(SnapinNode *service)
{
	SnapinNodeSpec spec = {.size = sizeof spec,
	    .id = "catalogue",
	    .title = "Catalogue",
	    .list = &catalogue_list,
	    .data = demo_rows_new(500),
	    .free_data = demo_rows_free};

	catalogue_list = demo_plain_list;
	catalogue_list.total = catalogue_total;
	catalogue_list.search = search_catalogue;
	demo.catalogue = demo.host->node_add(demo.host, service, &spec);
}

/* ---- the tree ---- */

static void
expand_shelves(SnapinNode *node, gpointer data)
{
	for (int i = 1; i <= 12; i++) {
		g_autofree char *id = g_strdup_printf("shelf-%d", i);
		g_autofree char *title = g_strdup_printf("Shelf %d", i);
		SnapinNodeSpec spec = {.size = sizeof spec,
		    .id = id,
		    .title = title,
		    .icon_name = "view-list-symbolic",
		    .list = &demo_plain_list,
		    .data = demo_rows_new((guint)i),
		    .free_data = demo_rows_free};

		demo.host->node_add(demo.host, node, &spec);
	}
}

static void
add_children(SnapinNode *service)
{
	SnapinNodeSpec goods = {.size = sizeof goods,
	    .id = "goods",
	    .title = "Goods",
	    .icon_name = "package-x-generic-symbolic",
	    .list = &demo_list,
	    .actions = goods_actions,
	    .n_actions = G_N_ELEMENTS(goods_actions),
	    .activate = activate_goods,
	    .may = may_goods,
	    .command = command_of,
	    .data = demo_rows_new(N_GOODS),
	    .free_data = demo_rows_free};

	demo.goods = demo.host->node_add(demo.host, service, &goods);
	demo.host->node_set_badge(demo.host, demo.goods, "300");
}

static void
add_other_children(SnapinNode *service)
{
	const char *rows = g_getenv("DEMO_ROWS");
	SnapinNodeSpec shelves = {.size = sizeof shelves,
	    .id = "shelves",
	    .title = "Shelves",
	    .icon_name = "folder-symbolic",
	    .may_have_children = TRUE,
	    .expand = expand_shelves};
	SnapinNodeSpec big = {.size = sizeof big,
	    .id = "big",
	    .title = "Everything",
	    .icon_name = "view-list-symbolic",
	    .list = &demo_list,
	    .data = demo_rows_new(rows ? (guint)atoi(rows) : 100000),
	    .free_data = demo_rows_free};
	SnapinNodeSpec live = {.size = sizeof live,
	    .id = "live",
	    .title = "Deliveries",
	    .icon_name = "media-record-symbolic",
	    .list = &demo_plain_list,
	    .shown = show_live,
	    .data = demo_rows_new(0),
	    .free_data = demo_rows_free};

	demo.host->node_add(demo.host, service, &shelves);
	demo.host->node_add(demo.host, service, &big);
	demo.host->node_add(demo.host, service, &live);
	add_catalogue(service);
}

static gboolean
init(const SnapinHost *host, GError **error)
{
	const char *refusal = g_getenv("DEMO_REFUSE");
	SnapinNodeSpec service = {.size = sizeof service,
	    .id = "service",
	    .title = "Demo warehouse",
	    .icon_name = "network-server-symbolic",
	    .may_have_children = TRUE,
	    .create_widget = create_overview,
	    .actions = service_actions,
	    .n_actions = G_N_ELEMENTS(service_actions),
	    .activate = activate_service,
	    .command = command_of};

	demo.host = host;
	if (refusal && *refusal) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, refusal);
		return FALSE;
	}
	demo.service = host->node_add(host, NULL, &service);
	add_children(demo.service);
	add_other_children(demo.service);
	return TRUE;
}

static gboolean
open_address(const SnapinHost *host, const char *uri, GError **error)
{
	if (!g_str_equal(uri, "demo:goods")) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no %s.", uri);
		return FALSE;
	}
	host->node_select(host, demo.goods);
	return TRUE;
}

SNAPIN_DEFINE("demo", "1.0", "0.1.0", init, open_address);
