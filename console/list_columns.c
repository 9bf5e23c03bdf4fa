/* SPDX-License-Identifier: MIT */
#include "list_columns.h"

#define LEAST_WIDTH 24
#define MOST_WIDTH 4000
#define STATE_WIDTH 24 /* pixels: the icon of a row and some room */
#define NUMBER_KEY "list-column"

struct ListColumns {
	GtkTreeView *view;
	const SnapinList *list;
	ConsoleState *state;
	char *group;
	ListOrder order;
	ListOrderFunc func;
	gpointer user_data;
	gboolean loading;
};

static guint
column_number(GtkTreeViewColumn *column)
{
	return GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(column), NUMBER_KEY));
}

static GtkTreeViewColumn *
find_view_column(const ListColumns *columns, int number)
{
	g_autoptr(GList) all = gtk_tree_view_get_columns(columns->view);

	for (GList *l = all; l; l = l->next)
		if ((int)column_number(l->data) == number)
			return l->data;
	return NULL;
}

/* ---- remembering ---- */

static void
save(ListColumns *columns)
{
	g_autoptr(GList) all = NULL;
	g_autoptr(GPtrArray) order = NULL;
	GKeyFile *file;

	if (columns->loading || !columns->state)
		return;
	file = console_state_file(columns->state);
	order = g_ptr_array_new();
	all = gtk_tree_view_get_columns(columns->view);
	for (GList *l = all; l; l = l->next) {
		const SnapinColumn *column = &columns->list->columns[column_number(l->data)];
		g_autofree char *width = g_strdup_printf("%s.width", column->id);
		g_autofree char *hidden = g_strdup_printf("%s.hidden", column->id);

		g_ptr_array_add(order, (gpointer)column->id);
		g_key_file_set_integer(
		    file, columns->group, width, gtk_tree_view_column_get_fixed_width(l->data));
		g_key_file_set_boolean(
		    file, columns->group, hidden, !gtk_tree_view_column_get_visible(l->data));
	}
	g_key_file_set_string_list(
	    file, columns->group, "order", (const char *const *)order->pdata, order->len);
	if (columns->order.column >= 0) {
		g_autofree char *sort =
		    g_strdup_printf("%s%s", columns->order.descending ? "-" : "",
			columns->list->columns[columns->order.column].id);

		g_key_file_set_string(file, columns->group, "sort", sort);
	} else {
		g_key_file_remove_key(file, columns->group, "sort", NULL);
	}
	console_state_touch(columns->state);
}

static void
load_column(ListColumns *columns, GtkTreeViewColumn *view_column)
{
	const SnapinColumn *column = &columns->list->columns[column_number(view_column)];
	GKeyFile *file = console_state_file(columns->state);
	g_autofree char *width = g_strdup_printf("%s.width", column->id);
	g_autofree char *hidden = g_strdup_printf("%s.hidden", column->id);
	int pixels = g_key_file_get_integer(file, columns->group, width, NULL);

	if (pixels >= LEAST_WIDTH && pixels <= MOST_WIDTH)
		gtk_tree_view_column_set_fixed_width(view_column, pixels);
	if (g_key_file_has_key(file, columns->group, hidden, NULL))
		gtk_tree_view_column_set_visible(
		    view_column, !g_key_file_get_boolean(file, columns->group, hidden, NULL));
}

static void
load(ListColumns *columns)
{
	GKeyFile *file = console_state_file(columns->state);
	g_auto(GStrv) ids = g_key_file_get_string_list(file, columns->group, "order", NULL, NULL);
	g_autofree char *sort = g_key_file_get_string(file, columns->group, "sort", NULL);
	GtkTreeViewColumn *after = NULL;

	for (guint i = 0; i < columns->list->n_columns; i++)
		load_column(columns, find_view_column(columns, (int)i));
	for (guint i = 0; ids && ids[i]; i++) {
		int number = list_find_column(columns->list, ids[i]);
		GtkTreeViewColumn *column = number < 0 ? NULL : find_view_column(columns, number);

		if (column) {
			gtk_tree_view_move_column_after(columns->view, column, after);
			after = column;
		}
	}
	if (sort) {
		gboolean descending = *sort == '-';
		int number = list_find_column(columns->list, sort + (descending ? 1 : 0));

		if (number >= 0)
			columns->order = (ListOrder){number, descending};
	}
}

/* ---- making ---- */

static void
show_order(ListColumns *columns)
{
	g_autoptr(GList) all = gtk_tree_view_get_columns(columns->view);

	for (GList *l = all; l; l = l->next) {
		gboolean sorted = (int)column_number(l->data) == columns->order.column;

		gtk_tree_view_column_set_sort_indicator(l->data, sorted);
		if (sorted)
			gtk_tree_view_column_set_sort_order(l->data,
			    columns->order.descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
	}
}

/* A click sorts upwards, the next one downwards, the third as the snap-in gives the rows. */
static void
on_header_clicked(GtkTreeViewColumn *column, ListColumns *columns)
{
	int number = (int)column_number(column);

	if (columns->order.column != number)
		columns->order = (ListOrder){number, FALSE};
	else if (!columns->order.descending)
		columns->order.descending = TRUE;
	else
		columns->order = (ListOrder){LIST_INDEX_NO_SORT, FALSE};
	show_order(columns);
	save(columns);
	columns->func(columns->order, columns->user_data);
}

static void
add_renderers(
    GtkTreeViewColumn *column, const SnapinColumn *spec, guint number, const SnapinList *list)
{
	GtkCellRenderer *text;

	if (number == 0 && LIST_HAS(list, row_state)) {
		GtkCellRenderer *icon = gtk_cell_renderer_pixbuf_new();

		/* Room that came with the first icon would come too late for a list already shown.
		 */
		gtk_cell_renderer_set_fixed_size(icon, STATE_WIDTH, -1);
		gtk_tree_view_column_pack_start(column, icon, FALSE);
		gtk_tree_view_column_add_attribute(column, icon, "icon-name", (int)list->n_columns);
	}
	if (spec->kind == SNAPIN_COLUMN_ICON) {
		GtkCellRenderer *icon = gtk_cell_renderer_pixbuf_new();

		gtk_tree_view_column_pack_start(column, icon, FALSE);
		gtk_tree_view_column_add_attribute(column, icon, "icon-name", (int)number);
		return;
	}
	text = gtk_cell_renderer_text_new();
	g_object_set(text, "ellipsize", PANGO_ELLIPSIZE_END, "single-paragraph-mode", TRUE, NULL);
	gtk_cell_renderer_set_padding(text, 6, 3);
	if (spec->kind == SNAPIN_COLUMN_NUMBER)
		g_object_set(text, "xalign", 1.0, NULL);
	gtk_tree_view_column_pack_start(column, text, TRUE);
	gtk_tree_view_column_add_attribute(column, text, "text", (int)number);
}

static void
add_column(ListColumns *columns, guint number)
{
	const SnapinColumn *spec = &columns->list->columns[number];
	GtkTreeViewColumn *column = gtk_tree_view_column_new();
	GtkWidget *header;

	gtk_tree_view_column_set_title(column, spec->title);
	add_renderers(column, spec, number, columns->list);
	gtk_tree_view_column_set_sizing(column, GTK_TREE_VIEW_COLUMN_FIXED);
	gtk_tree_view_column_set_fixed_width(
	    column, CLAMP(spec->width ? spec->width : 120, LEAST_WIDTH, MOST_WIDTH));
	gtk_tree_view_column_set_min_width(column, LEAST_WIDTH);
	gtk_tree_view_column_set_resizable(column, TRUE);
	gtk_tree_view_column_set_reorderable(column, TRUE);
	gtk_tree_view_column_set_clickable(column, TRUE);
	gtk_tree_view_column_set_visible(column, !spec->hidden);
	if (spec->kind == SNAPIN_COLUMN_NUMBER)
		gtk_tree_view_column_set_alignment(column, 1.0);
	g_object_set_data(G_OBJECT(column), NUMBER_KEY, GUINT_TO_POINTER(number));
	gtk_tree_view_append_column(columns->view, column);
	header = gtk_tree_view_column_get_button(column);
	gtk_widget_set_tooltip_text(header, spec->tooltip);
	g_signal_connect(column, "clicked", G_CALLBACK(on_header_clicked), columns);
	g_signal_connect_swapped(column, "notify::fixed-width", G_CALLBACK(save), columns);
	g_signal_connect_swapped(column, "notify::visible", G_CALLBACK(save), columns);
}

ListColumns *
list_columns_new(GtkTreeView *view, const SnapinList *list, ConsoleState *state, ListOrderFunc func,
    gpointer user_data)
{
	ListColumns *columns = g_new0(ListColumns, 1);
	g_autoptr(GString) group = g_string_new("List");

	for (guint i = 0; i < list->n_columns; i++)
		g_string_append_printf(group, " %s", list->columns[i].id);
	columns->group = g_string_free(g_steal_pointer(&group), FALSE);
	columns->view = view;
	columns->list = list;
	columns->state = state;
	columns->func = func;
	columns->user_data = user_data;
	columns->order = list_order_default(list);
	columns->loading = TRUE;
	for (guint i = 0; i < list->n_columns; i++)
		add_column(columns, i);
	if (state)
		load(columns);
	show_order(columns);
	columns->loading = FALSE;
	g_signal_connect_swapped(view, "columns-changed", G_CALLBACK(save), columns);
	return columns;
}

void
list_columns_free(ListColumns *columns)
{
	g_autoptr(GList) all = NULL;

	if (!columns)
		return;
	g_signal_handlers_disconnect_by_data(columns->view, columns);
	all = gtk_tree_view_get_columns(columns->view);
	for (GList *l = all; l; l = l->next)
		g_signal_handlers_disconnect_by_data(l->data, columns);
	g_free(columns->group);
	g_free(columns);
}

ListOrder
list_columns_order(const ListColumns *columns)
{
	return columns->order;
}

GArray *
list_columns_visible(const ListColumns *columns)
{
	GArray *numbers = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autoptr(GList) all = gtk_tree_view_get_columns(columns->view);

	for (GList *l = all; l; l = l->next) {
		guint number = column_number(l->data);

		if (gtk_tree_view_column_get_visible(l->data))
			g_array_append_val(numbers, number);
	}
	return numbers;
}

/* ---- choosing ---- */

static void
on_column_toggled(GtkToggleButton *button, GtkTreeViewColumn *column)
{
	ListColumns *columns = g_object_get_data(G_OBJECT(button), "list-columns");
	gboolean active = gtk_toggle_button_get_active(button);
	g_autoptr(GArray) visible = list_columns_visible(columns);

	if (!active && visible->len <= 1) {
		gtk_toggle_button_set_active(button, TRUE);
		return;
	}
	gtk_tree_view_column_set_visible(column, active);
}

GtkWidget *
list_columns_chooser(ListColumns *columns)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);

	for (guint i = 0; i < columns->list->n_columns; i++) {
		GtkTreeViewColumn *column = find_view_column(columns, (int)i);
		GtkWidget *check = gtk_check_button_new_with_label(columns->list->columns[i].title);

		gtk_toggle_button_set_active(
		    GTK_TOGGLE_BUTTON(check), gtk_tree_view_column_get_visible(column));
		g_object_set_data(G_OBJECT(check), "list-columns", columns);
		g_signal_connect_object(check, "toggled", G_CALLBACK(on_column_toggled), column, 0);
		gtk_container_add(GTK_CONTAINER(box), check);
	}
	gtk_widget_show_all(box);
	return box;
}
