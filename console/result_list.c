/* SPDX-License-Identifier: MIT */
#include "result_list.h"

#include "list_columns.h"
#include "list_place.h"
#include "list_save.h"

#include <glib/gi18n.h>
#include <string.h>

#define UPDATE_INTERVAL_MS 250
#define UPDATE_SHARE 8 /* updating takes at most 1/8 of the time */

struct _ResultList {
	GtkBox parent_instance;
	GtkTreeView *view;
	GtkTreeSelection *selection;
	GtkEntry *search;
	GtkLabel *summary;
	GtkLabel *empty;
	GtkPopover *columns_popover;
	GtkWidget *export_button;

	ListModel *model;
	ListColumns *columns;
	GHashTable *changed_rows; /* guint64 * */
	guint update_source;
	gboolean reset_due;
	gint64 next_update; /* monotonic, microseconds */
};

enum { SELECTION_CHANGED, ACTIVATED, POPUP, UPDATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE(ResultList, result_list, GTK_TYPE_BOX)

/* ---- bringing the view up to date ---- */

char *
result_list_summary(ResultList *self)
{
	const ListIndex *counts = list_model_counts(self->model);
	guint shown = list_model_n_rows(self->model);
	guint64 all = MAX(counts->total, counts->n_rows);

	if (counts->n_matching > LIST_INDEX_MAX_ROWS)
		return g_strdup_printf(
		    _("showing %'u of %'u — narrow the filter"), shown, counts->n_matching);
	if (shown < all) {
		g_autofree char *whole = g_strdup_printf("%'" G_GUINT64_FORMAT, all);

		return g_strdup_printf(_("%'u of %s rows"), shown, whole);
	}
	return g_strdup_printf(g_dngettext(NULL, "%'u row", "%'u rows", shown), shown);
}

static void
show_counts(ResultList *self)
{
	const char *nothing = list_model_source(self->model)->list->empty_text;
	g_autofree char *summary = result_list_summary(self);
	gboolean filtered = *gtk_entry_get_text(self->search) != '\0';
	gboolean is_empty = list_model_n_rows(self->model) == 0;

	gtk_label_set_text(self->summary, summary);
	gtk_label_set_text(self->empty, filtered  ? _("No row contains these words.")
					: nothing ? nothing
						  : _("Nothing here."));
	gtk_widget_set_visible(GTK_WIDGET(self->empty), is_empty);
	gtk_widget_set_sensitive(self->export_button, !is_empty);
	g_signal_emit(self, signals[UPDATED], 0);
}

static gboolean
same_ids(const GArray *a, const GArray *b)
{
	return a->len == b->len &&
	       (a->len == 0 || memcmp(a->data, b->data, a->len * sizeof(guint64)) == 0);
}

static void on_selection_changed(ResultList *self);

/* The view gets a new order all at once: single signals would take a second per 10,000 rows. */
static void
swap_model(ResultList *self)
{
	ListPlace *place = list_place_take(self->view, self->model);
	g_autoptr(GArray) before = list_place_selected_ids(self->view, self->model);
	g_autoptr(GArray) after = NULL;

	g_signal_handlers_block_by_func(self->selection, on_selection_changed, self);
	gtk_tree_view_set_model(self->view, NULL);
	list_model_adopt(self->model);
	gtk_tree_view_set_model(self->view, GTK_TREE_MODEL(self->model));
	list_place_restore(place, self->view, self->model);
	g_signal_handlers_unblock_by_func(self->selection, on_selection_changed, self);
	after = list_place_selected_ids(self->view, self->model);
	if (!same_ids(before, after))
		on_selection_changed(self);
}

/* Rows in sight with one of these ids (NULL: all) are shown anew; told row by row, because what
 * reads the screen aloud keeps the texts of rows that nobody said were changed. */
static void
repaint_visible(ResultList *self, GHashTable *ids)
{
	g_autoptr(GtkTreePath) first = NULL;
	g_autoptr(GtkTreePath) last = NULL;
	guint end;

	if (!gtk_tree_view_get_visible_range(self->view, &first, &last))
		return;
	end = (guint)gtk_tree_path_get_indices(last)[0];
	for (guint i = (guint)gtk_tree_path_get_indices(first)[0];
	     i <= end && i < list_model_n_rows(self->model); i++) {
		guint64 id = list_model_row_id(self->model, i);

		if (ids == NULL || g_hash_table_contains(ids, &id))
			list_model_row_changed(self->model, i);
	}
}

static void
rebuild(ResultList *self)
{
	gint64 start = g_get_monotonic_time(), took;

	self->reset_due = FALSE;
	g_hash_table_remove_all(self->changed_rows);
	if (list_model_rebuild(self->model))
		repaint_visible(self, NULL);
	else
		swap_model(self);
	show_counts(self);
	took = g_get_monotonic_time() - start;
	self->next_update =
	    g_get_monotonic_time() + MAX(UPDATE_INTERVAL_MS * 1000, took * UPDATE_SHARE);
}

static void
repaint_changed(ResultList *self)
{
	repaint_visible(self, self->changed_rows);
	g_hash_table_remove_all(self->changed_rows);
	self->next_update = g_get_monotonic_time() + UPDATE_INTERVAL_MS * 1000;
}

static gboolean
on_update_due(gpointer user_data)
{
	ResultList *self = user_data;

	self->update_source = 0;
	if (self->reset_due)
		rebuild(self);
	else
		repaint_changed(self);
	return G_SOURCE_REMOVE;
}

static void
plan_update(ResultList *self)
{
	gint64 wait = (self->next_update - g_get_monotonic_time()) / 1000;

	if (!self->update_source)
		self->update_source = g_timeout_add((guint)MAX(wait, 0), on_update_due, self);
}

void
result_list_reset(ResultList *self, gboolean now)
{
	if (!list_model_is_reading(self->model) &&
	    (now || g_get_monotonic_time() >= self->next_update)) {
		g_clear_handle_id(&self->update_source, g_source_remove);
		rebuild(self);
		return;
	}
	self->reset_due = TRUE;
	list_model_set_stale(self->model);
	plan_update(self);
}

void
result_list_row_changed(ResultList *self, guint64 row_id)
{
	if (g_hash_table_size(self->changed_rows) < LIST_INDEX_MAX_ROWS)
		g_hash_table_add(self->changed_rows, g_memdup2(&row_id, sizeof row_id));
	plan_update(self);
}

void
result_list_forget(ResultList *self)
{
	g_clear_handle_id(&self->update_source, g_source_remove);
	list_model_forget(self->model);
}

/* ---- what the user does ---- */

static void
on_selection_changed(ResultList *self)
{
	g_signal_emit(self, signals[SELECTION_CHANGED], 0);
}

static void
on_order(ListOrder order, gpointer user_data)
{
	ResultList *self = user_data;

	list_model_set_order(self->model, order);
	result_list_reset(self, TRUE);
}

static void
on_search_changed(ResultList *self)
{
	const ListSource *source = list_model_source(self->model);
	const char *text = gtk_entry_get_text(self->search);

	list_model_set_filter(self->model, text);
	if (LIST_HAS(source->list, search)) {
		g_auto(SnapinCall) call =
		    snapin_call_begin(source->guard, source->owner_id, "search");

		source->list->search(source->data, text);
	}
	result_list_reset(self, TRUE);
}

static void
on_stop_search(ResultList *self)
{
	gtk_entry_set_text(self->search, "");
	result_list_focus(self);
}

static gboolean
emit_activated(gpointer self)
{
	g_signal_emit(self, signals[ACTIVATED], 0);
	return G_SOURCE_REMOVE;
}

/* Not from within the view: what follows may give it another model. */
static void
on_row_activated(ResultList *self)
{
	g_idle_add_full(G_PRIORITY_HIGH_IDLE, emit_activated, g_object_ref(self), g_object_unref);
}

/* A right click on a row that is not selected selects it, on empty space selects nothing. */
static gboolean
on_button_press(GtkTreeView *view, GdkEventButton *event, ResultList *self)
{
	g_autoptr(GtkTreePath) path = NULL;

	if (!gdk_event_triggers_context_menu((GdkEvent *)event) ||
	    event->window != gtk_tree_view_get_bin_window(view))
		return GDK_EVENT_PROPAGATE;
	gtk_widget_grab_focus(GTK_WIDGET(view));
	if (!gtk_tree_view_get_path_at_pos(
		view, (int)event->x, (int)event->y, &path, NULL, NULL, NULL))
		gtk_tree_selection_unselect_all(self->selection);
	else if (!gtk_tree_selection_path_is_selected(self->selection, path))
		gtk_tree_view_set_cursor(view, path, NULL, FALSE);
	g_signal_emit(self, signals[POPUP], 0, event);
	return GDK_EVENT_STOP;
}

static gboolean
on_key_press(GtkTreeView *view, GdkEventKey *event, ResultList *self)
{
	guint modifiers = event->state & gtk_accelerator_get_default_mod_mask();

	if (event->keyval == GDK_KEY_c && modifiers == GDK_CONTROL_MASK) {
		result_list_copy(self);
		return GDK_EVENT_STOP;
	}
	if (event->keyval == GDK_KEY_Escape && modifiers == 0 &&
	    gtk_tree_selection_count_selected_rows(self->selection) > 0) {
		gtk_tree_selection_unselect_all(self->selection);
		return GDK_EVENT_STOP;
	}
	return GDK_EVENT_PROPAGATE;
}

static gboolean
on_popup_menu(GtkTreeView *view, ResultList *self)
{
	g_signal_emit(self, signals[POPUP], 0, NULL);
	return GDK_EVENT_STOP;
}

static void
on_columns_toggled(ResultList *self, GtkToggleButton *button)
{
	GtkWidget *old = gtk_bin_get_child(GTK_BIN(self->columns_popover));

	if (!gtk_toggle_button_get_active(button))
		return;
	if (old)
		gtk_widget_destroy(old);
	gtk_container_add(
	    GTK_CONTAINER(self->columns_popover), list_columns_chooser(self->columns));
}

GArray *
result_list_selected(ResultList *self)
{
	return list_place_selected_ids(self->view, self->model);
}

ListModel *
result_list_model(ResultList *self)
{
	return self->model;
}

void
result_list_focus(ResultList *self)
{
	gtk_widget_grab_focus(GTK_WIDGET(self->view));
}

void
result_list_focus_search(ResultList *self)
{
	gtk_widget_grab_focus(GTK_WIDGET(self->search));
}

void
result_list_select_all(ResultList *self)
{
	gtk_tree_selection_select_all(self->selection);
}

void
result_list_copy(ResultList *self)
{
	g_autoptr(GArray) ids = result_list_selected(self);
	g_autoptr(GArray) columns = list_columns_visible(self->columns);
	ListExport export = {LIST_FORMAT_TSV, (const guint *)columns->data, columns->len,
	    (const guint64 *)ids->data, ids->len, FALSE};
	g_autoptr(GString) text = NULL;

	if (ids->len == 0)
		return;
	text = list_export(self->model, &export);
	gtk_clipboard_set_text(gtk_widget_get_clipboard(GTK_WIDGET(self), GDK_SELECTION_CLIPBOARD),
	    text->str, (int)text->len);
}

void
result_list_export(ResultList *self)
{
	g_autoptr(GArray) ids = result_list_selected(self);
	g_autoptr(GArray) columns = list_columns_visible(self->columns);

	list_save_ask(GTK_WIDGET(self), self->model, columns, ids);
}

/* ---- the object ---- */

static void
result_list_dispose(GObject *object)
{
	ResultList *self = RESULT_LIST(object);

	g_clear_handle_id(&self->update_source, g_source_remove);
	g_clear_pointer(&self->changed_rows, g_hash_table_unref);
	if (self->view && self->columns) {
		g_signal_handlers_disconnect_by_data(self->selection, self);
		g_clear_pointer(&self->columns, list_columns_free);
	}
	g_clear_object(&self->model);
	G_OBJECT_CLASS(result_list_parent_class)->dispose(object);
}

static void
bind_template(GtkWidgetClass *class)
{
	gtk_widget_class_set_template_from_resource(class, "/org/chatd/Console/ui/result-list.ui");
	gtk_widget_class_bind_template_child(class, ResultList, view);
	gtk_widget_class_bind_template_child(class, ResultList, selection);
	gtk_widget_class_bind_template_child(class, ResultList, search);
	gtk_widget_class_bind_template_child(class, ResultList, summary);
	gtk_widget_class_bind_template_child(class, ResultList, empty);
	gtk_widget_class_bind_template_child(class, ResultList, columns_popover);
	gtk_widget_class_bind_template_child(class, ResultList, export_button);
	gtk_widget_class_bind_template_callback(class, on_search_changed);
	gtk_widget_class_bind_template_callback(class, on_stop_search);
	gtk_widget_class_bind_template_callback(class, on_row_activated);
	gtk_widget_class_bind_template_callback(class, on_button_press);
	gtk_widget_class_bind_template_callback(class, on_key_press);
	gtk_widget_class_bind_template_callback(class, on_popup_menu);
	gtk_widget_class_bind_template_callback(class, on_selection_changed);
	gtk_widget_class_bind_template_callback(class, on_columns_toggled);
	gtk_widget_class_bind_template_callback(class, result_list_focus);
	gtk_widget_class_bind_template_callback(class, result_list_export);
}

static void
result_list_class_init(ResultListClass *class)
{
	GType type = G_TYPE_FROM_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = result_list_dispose;
	bind_template(GTK_WIDGET_CLASS(class));
	signals[SELECTION_CHANGED] = g_signal_new(
	    "selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[ACTIVATED] =
	    g_signal_new("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[UPDATED] =
	    g_signal_new("updated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[POPUP] = g_signal_new(
	    "popup", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
result_list_init(ResultList *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	self->changed_rows = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

GtkWidget *
result_list_new(const ListSource *source, const char *title, ConsoleState *state)
{
	ResultList *self = g_object_new(RESULT_TYPE_LIST, NULL);
	AtkObject *accessible = gtk_widget_get_accessible(GTK_WIDGET(self->view));

	atk_object_set_name(accessible, title);
	atk_object_set_accessible_id(accessible, "result-list");
	atk_object_set_accessible_id(
	    gtk_widget_get_accessible(GTK_WIDGET(self->search)), "result-search");
	atk_object_set_accessible_id(
	    gtk_widget_get_accessible(GTK_WIDGET(self->summary)), "result-summary");
	self->model = list_model_new(source);
	self->columns = list_columns_new(self->view, source->list, state, on_order, self);
	list_model_set_order(self->model, list_columns_order(self->columns));
	gtk_tree_view_set_fixed_height_mode(self->view, TRUE);
	rebuild(self);
	return GTK_WIDGET(self);
}
