/* SPDX-License-Identifier: MIT */
#include "settings_changes.h"

#include "settings_text.h"

#define VALUE_WIDTH 190 /* pixels */
#define VIEW_HEIGHT 160 /* pixels, at least */
#define LINE_CHANGES_MAX 8

enum { COLUMN_NAME, COLUMN_FROM, COLUMN_TO, N_COLUMNS };

static const char *
text_of(const json_t *change, const char *key)
{
	return json_string_value(json_object_get(change, key));
}

/* A section that comes or goes as a whole has no key; what it holds has rows of its own. */
static char *
name_of(const json_t *change)
{
	const char *section = text_of(change, "section");

	return settings_text_name(section != NULL ? section : "", text_of(change, "key"));
}

static char *
value_of(const json_t *change, const char *side)
{
	const char *text = text_of(change, side);

	if (text_of(change, "key") == NULL)
		return g_strdup(text != NULL ? "(there)" : "(not there)");
	return text != NULL ? settings_text_brief(text) : g_strdup("(default)");
}

/* A section that came or went is no news when what is in it is told. */
static gboolean
is_told_by_others(const json_t *changes, const json_t *change)
{
	const json_t *other;
	size_t index;

	if (text_of(change, "key") != NULL)
		return FALSE;
	json_array_foreach((json_t *)changes, index, other)
	{
		if (text_of(other, "key") != NULL &&
		    g_strcmp0(text_of(other, "section"), text_of(change, "section")) == 0)
			return TRUE;
	}
	return FALSE;
}

static void
add_column(GtkTreeView *view, const char *title, int column, int width)
{
	GtkCellRenderer *renderer = gtk_cell_renderer_text_new();
	GtkTreeViewColumn *added =
	    gtk_tree_view_column_new_with_attributes(title, renderer, "text", column, NULL);

	g_object_set(renderer, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
	gtk_tree_view_column_set_resizable(added, TRUE);
	gtk_tree_view_column_set_min_width(added, width);
	gtk_tree_view_column_set_expand(added, TRUE);
	gtk_tree_view_append_column(view, added);
}

GtkWidget *
settings_changes_view(const json_t *changes, const char *from, const char *to)
{
	g_autoptr(GtkListStore) store =
	    gtk_list_store_new(N_COLUMNS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
	GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
	GtkWidget *view;
	const json_t *change;
	size_t index;

	json_array_foreach((json_t *)changes, index, change)
	{
		g_autofree char *name = name_of(change);
		g_autofree char *left = value_of(change, "from");
		g_autofree char *right = value_of(change, "to");

		if (is_told_by_others(changes, change))
			continue;
		gtk_list_store_insert_with_values(
		    store, NULL, -1, COLUMN_NAME, name, COLUMN_FROM, left, COLUMN_TO, right, -1);
	}
	view = gtk_tree_view_new_with_model(GTK_TREE_MODEL(store));
	add_column(GTK_TREE_VIEW(view), "Setting", COLUMN_NAME, VALUE_WIDTH);
	add_column(GTK_TREE_VIEW(view), from, COLUMN_FROM, VALUE_WIDTH);
	add_column(GTK_TREE_VIEW(view), to, COLUMN_TO, VALUE_WIDTH);
	atk_object_set_name(gtk_widget_get_accessible(view), "Changes");
	gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(scrolled), GTK_SHADOW_IN);
	gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(scrolled), VIEW_HEIGHT);
	gtk_container_add(GTK_CONTAINER(scrolled), view);
	gtk_widget_set_vexpand(scrolled, TRUE);
	gtk_widget_show_all(scrolled);
	return scrolled;
}

char *
settings_changes_line(const json_t *changes)
{
	GString *line = g_string_new(NULL);
	guint shown = 0, all = 0;
	const json_t *change;
	size_t index;

	json_array_foreach((json_t *)changes, index, change)
	{
		g_autofree char *name = name_of(change);
		g_autofree char *left = value_of(change, "from");
		g_autofree char *right = value_of(change, "to");

		if (is_told_by_others(changes, change))
			continue;
		all++;
		if (shown == LINE_CHANGES_MAX)
			continue;
		shown++;
		g_string_append_printf(
		    line, "%s%s %s → %s", line->len > 0 ? ", " : "", name, left, right);
	}
	if (all > shown)
		g_string_append_printf(line, " and %u more", all - shown);
	return g_string_free(line, FALSE);
}
