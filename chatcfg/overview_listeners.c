/* SPDX-License-Identifier: MIT */
#include "overview_listeners.h"

enum { NAME, ADDRESS, KIND, TLS, STATE, CONNECTIONS, COLUMNS };

static const char *const titles[COLUMNS] = {
    [NAME] = "Name",
    [ADDRESS] = "Address",
    [KIND] = "For",
    [TLS] = "TLS",
    [STATE] = "State",
    [CONNECTIONS] = "Connections",
};

GtkWidget *
overview_listeners_new(void)
{
	GtkListStore *store = gtk_list_store_new(COLUMNS, G_TYPE_STRING, G_TYPE_STRING,
	    G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
	GtkWidget *table = gtk_tree_view_new_with_model(GTK_TREE_MODEL(store));

	g_object_unref(store);
	for (int i = 0; i < COLUMNS; i++) {
		GtkCellRenderer *renderer = gtk_cell_renderer_text_new();
		GtkTreeViewColumn *column =
		    gtk_tree_view_column_new_with_attributes(titles[i], renderer, "text", i, NULL);

		if (i == CONNECTIONS) {
			g_object_set(renderer, "xalign", 1.0, NULL);
			gtk_tree_view_column_set_alignment(column, 1.0);
		}
		if (i == ADDRESS) {
			g_object_set(renderer, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL);
			gtk_tree_view_column_set_expand(column, TRUE);
		}
		g_object_set(renderer, "xpad", 6, NULL);
		gtk_tree_view_column_set_resizable(column, TRUE);
		gtk_tree_view_append_column(GTK_TREE_VIEW(table), column);
	}
	atk_object_set_name(gtk_widget_get_accessible(table), "Listeners");
	return table;
}

static char *
address_text(const json_t *listener)
{
	const char *address = json_string_value(json_object_get(listener, "address"));
	int port = (int)json_integer_value(json_object_get(listener, "port"));

	if (address == NULL)
		return g_strdup("");
	if (port == 0)
		return g_strdup(address);
	return g_strdup_printf(strchr(address, ':') ? "[%s]:%d" : "%s:%d", address, port);
}

static char *
state_text(const json_t *listener)
{
	const char *state = json_string_value(json_object_get(listener, "state"));
	const char *error = json_string_value(json_object_get(listener, "error"));

	if (error != NULL && *error != '\0')
		return g_strdup_printf("%s: %s", state != NULL ? state : "failed", error);
	return g_strdup(state != NULL ? state : "");
}

static void
set_row(GtkListStore *store, GtkTreeIter *row, const json_t *listener)
{
	const char *kind = json_string_value(json_object_get(listener, "kind"));
	g_autofree char *address = address_text(listener);
	g_autofree char *state = state_text(listener);
	g_autofree char *connections = g_strdup_printf(
	    "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(listener, "connections")));

	gtk_list_store_set(store, row, NAME, json_string_value(json_object_get(listener, "name")),
	    ADDRESS, address, KIND, g_strcmp0(kind, "control") == 0 ? "administration" : "clients",
	    TLS, json_is_true(json_object_get(listener, "tls")) ? "Yes" : "", STATE, state,
	    CONNECTIONS, connections, -1);
}

void
overview_listeners_set(GtkWidget *table, const json_t *listeners)
{
	GtkTreeModel *model = gtk_tree_view_get_model(GTK_TREE_VIEW(table));
	GtkListStore *store = GTK_LIST_STORE(model);
	const json_t *listener;
	size_t index;
	GtkTreeIter row;
	gboolean there = gtk_tree_model_get_iter_first(model, &row);

	json_array_foreach(listeners, index, listener)
	{
		if (!there)
			gtk_list_store_append(store, &row);
		set_row(store, &row, listener);
		there = there && gtk_tree_model_iter_next(model, &row);
	}
	while (there)
		there = gtk_list_store_remove(store, &row);
}
