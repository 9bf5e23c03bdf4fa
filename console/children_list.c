/* SPDX-License-Identifier: MIT */
#include "children_list.h"

#include <glib/gi18n.h>

static guint
n_rows(gpointer data)
{
	return scope_node_n_children(data);
}

static guint64
row_id(gpointer data, guint row)
{
	return (guint64)GPOINTER_TO_SIZE(scope_node_child(data, row));
}

static const char *
state_text(const SnapinNode *child)
{
	if (scope_node_sentence(child))
		return scope_node_sentence(child);
	return scope_node_badge(child) ? scope_node_badge(child) : "";
}

static const char *
cell_text(gpointer data, guint row, guint column)
{
	const SnapinNode *child = scope_node_child(data, row);

	switch (column) {
	case 0:
		return scope_node_icon_name(child);
	case 1:
		return scope_node_title(child);
	default:
		return state_text(child);
	}
}

static SnapinState
row_state(gpointer data, guint row)
{
	return scope_node_state(scope_node_child(data, row));
}

ListSource
children_list_source(SnapinNode *node)
{
	static const SnapinColumn columns[] = {
	    {.id = "icon", .title = "", .kind = SNAPIN_COLUMN_ICON, .width = 40},
	    {.id = "name", .title = N_("Name"), .width = 260},
	    {.id = "state", .title = N_("State"), .width = 420},
	};
	static const SnapinList list = {
	    .size = sizeof list,
	    .columns = columns,
	    .n_columns = G_N_ELEMENTS(columns),
	    .n_rows = n_rows,
	    .row_id = row_id,
	    .cell_text = cell_text,
	    .row_state = row_state,
	};

	return (ListSource){&list, node, NULL, NULL};
}

SnapinNode *
children_list_node(SnapinNode *node, guint64 id)
{
	for (guint i = 0; i < scope_node_n_children(node); i++)
		if (row_id(node, i) == id)
			return scope_node_child(node, i);
	return NULL;
}
