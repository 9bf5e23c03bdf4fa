/* SPDX-License-Identifier: MIT */
/* A small snap-in: one place in the tree, with the console's environment as a list. */
#include <snapin.h>

static const SnapinColumn columns[] = {
    {.id = "name", .title = "Name", .width = 200},
    {.id = "value", .title = "Value", .width = 400},
};

static guint
n_rows(gpointer data)
{
	return g_strv_length(data);
}

static guint64
row_id(gpointer data, guint row)
{
	char **names = data;

	return g_str_hash(names[row]) + G_GUINT64_CONSTANT(1);
}

static const char *
cell_text(gpointer data, guint row, guint column)
{
	char **names = data;
	const char *value = column == 0 ? names[row] : g_getenv(names[row]);

	return value ? value : "";
}

static const SnapinList list = {
    .size = sizeof list,
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .default_sort = "name",
    .empty_text = "The environment is empty.",
    .n_rows = n_rows,
    .row_id = row_id,
    .cell_text = cell_text,
};

static void
free_names(gpointer data)
{
	g_strfreev(data);
}

static gboolean
init(const SnapinHost *host, GError **error)
{
	const SnapinNodeSpec spec = {
	    .size = sizeof spec,
	    .id = "environment",
	    .title = "Environment",
	    .icon_name = "utilities-terminal",
	    .list = &list,
	    .data = g_listenv(),
	    .free_data = free_names,
	};

	if (host->node_add(host, NULL, &spec) != NULL)
		return TRUE;
	g_set_error_literal(
	    error, G_IO_ERROR, G_IO_ERROR_FAILED, "The console has no room in its tree.");
	return FALSE;
}

SNAPIN_DEFINE("example", EXAMPLE_VERSION, "", init, NULL);
