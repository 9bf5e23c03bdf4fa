/* SPDX-License-Identifier: MIT */
#include "list_place.h"

struct ListPlace {
	GArray *selected; /* guint64 */
	guint64 cursor;   /* 0: none */
	guint64 top; /* first row that is wholly visible; 0: the list stands at its beginning */
	gboolean at_end;
};

static void
collect_id(GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, gpointer user_data)
{
	guint64 id =
	    list_model_row_id(LIST_MODEL(model), (guint)gtk_tree_path_get_indices(path)[0]);

	g_array_append_val((GArray *)user_data, id);
}

GArray *
list_place_selected_ids(GtkTreeView *view, ListModel *model)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(guint64));

	if (gtk_tree_view_get_model(view) == GTK_TREE_MODEL(model))
		gtk_tree_selection_selected_foreach(
		    gtk_tree_view_get_selection(view), collect_id, ids);
	return ids;
}

static guint64
id_at(ListModel *model, GtkTreePath *path)
{
	guint position = (guint)gtk_tree_path_get_indices(path)[0];

	return position < list_model_n_rows(model) ? list_model_row_id(model, position) : 0;
}

static void
take_scroll(ListPlace *place, GtkTreeView *view, ListModel *model)
{
	GtkAdjustment *vertical = gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view));
	double value = gtk_adjustment_get_value(vertical);
	g_autoptr(GtkTreePath) first = NULL;
	g_autoptr(GtkTreePath) last = NULL;
	GdkRectangle area;
	int y;

	if (value <= 0)
		return;
	place->at_end = value + gtk_adjustment_get_page_size(vertical) + 1 >=
			gtk_adjustment_get_upper(vertical);
	if (!gtk_tree_view_get_visible_range(view, &first, &last))
		return;
	gtk_tree_view_get_background_area(view, first, NULL, &area);
	gtk_tree_view_convert_bin_window_to_tree_coords(view, 0, area.y, NULL, &y);
	if (y < (int)value && gtk_tree_path_compare(first, last) < 0)
		gtk_tree_path_next(first);
	place->top = id_at(model, first);
}

ListPlace *
list_place_take(GtkTreeView *view, ListModel *model)
{
	ListPlace *place = g_new0(ListPlace, 1);
	g_autoptr(GtkTreePath) cursor = NULL;

	place->selected = list_place_selected_ids(view, model);
	if (gtk_tree_view_get_model(view) != GTK_TREE_MODEL(model))
		return place;
	gtk_tree_view_get_cursor(view, &cursor, NULL);
	if (cursor)
		place->cursor = id_at(model, cursor);
	take_scroll(place, view, model);
	return place;
}

static int
compare_positions(const void *a, const void *b)
{
	int left = *(const int *)a, right = *(const int *)b;

	return (left > right) - (left < right);
}

/* Neighbours are selected as one range: a selection of 100,000 rows must not be 100,000 calls. */
static void
select_ids(GtkTreeSelection *selection, ListModel *model, const GArray *ids)
{
	g_autoptr(GArray) positions = g_array_sized_new(FALSE, FALSE, sizeof(int), ids->len);

	for (guint i = 0; i < ids->len; i++) {
		int position = list_model_find(model, g_array_index(ids, guint64, i));

		if (position >= 0)
			g_array_append_val(positions, position);
	}
	g_array_sort(positions, compare_positions);
	for (guint i = 0; i < positions->len;) {
		int first = g_array_index(positions, int, i), last = first;
		g_autoptr(GtkTreePath) from = gtk_tree_path_new_from_indices(first, -1);
		g_autoptr(GtkTreePath) to = NULL;

		while (++i < positions->len && g_array_index(positions, int, i) == last + 1)
			last++;
		to = gtk_tree_path_new_from_indices(last, -1);
		gtk_tree_selection_select_range(selection, from, to);
	}
}

static GtkTreePath *
path_of(ListModel *model, guint64 id)
{
	int position = id ? list_model_find(model, id) : -1;

	return position < 0 ? NULL : gtk_tree_path_new_from_indices(position, -1);
}

void
list_place_restore(ListPlace *place, GtkTreeView *view, ListModel *model)
{
	GtkTreeSelection *selection = gtk_tree_view_get_selection(view);
	g_autoptr(GtkTreePath) cursor = path_of(model, place->cursor);
	g_autoptr(GtkTreePath) top = path_of(model, place->top);
	guint n_rows = list_model_n_rows(model);

	if (cursor) /* also selects it: the selection follows */
		gtk_tree_view_set_cursor(view, cursor, NULL, FALSE);
	gtk_tree_selection_unselect_all(selection);
	if (place->selected->len)
		select_ids(selection, model, place->selected);
	if (place->at_end && n_rows && list_model_order(model).column == LIST_INDEX_NO_SORT) {
		g_clear_pointer(&top, gtk_tree_path_free);
		top = gtk_tree_path_new_from_indices((int)n_rows - 1, -1);
	}
	if (top)
		gtk_tree_view_scroll_to_cell(view, top, NULL, TRUE, 0, 0);
	else if (cursor && n_rows)
		gtk_tree_view_scroll_to_point(view, -1, 0);
	g_array_unref(place->selected);
	g_free(place);
}
