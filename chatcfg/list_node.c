/* SPDX-License-Identifier: MIT */
#include "list_node.h"

#include "method_act.h"

static void
on_moved(LiveRows *rows, gpointer data)
{
	const ListNode *node = data;
	const SnapinHost *host = service_host(node->service);

	host->list_reset(host, node->node);
}

/* What can be done to the selected rows may be something else now. */
static void
on_changed(LiveRows *rows, gpointer data)
{
	const ListNode *node = data;
	const SnapinHost *host = service_host(node->service);

	host->actions_changed(host, node->node);
	if (node->changed != NULL)
		node->changed(rows, data);
}

static void
on_state(Service *service, gpointer data)
{
	ListNode *node = data;

	if (node->state == NULL || !node->state(node))
		service_mark(service, node->node);
}

static void
on_status(Service *service, const json_t *status, gpointer data)
{
	const ListNode *node = data;
	const SnapinHost *host = service_host(service);
	g_autofree char *badge = NULL;

	if (node->counted == NULL)
		return;
	badge = g_strdup_printf(
	    "%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(status, node->counted)));
	host->node_set_badge(host, node->node, badge);
}

static const ServiceWatch watch = {.state = on_state, .status = on_status};

void
list_node_shown(SnapinNode *node, gpointer data, gboolean visible)
{
	const ListNode *list = data;

	if (visible)
		live_rows_start(list->list.rows);
	else
		live_rows_stop(list->list.rows);
}

void
list_node_refresh(SnapinNode *node, gpointer data)
{
	live_rows_refresh(((ListNode *)data)->list.rows);
}

char *
list_node_may(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	return service_may(((ListNode *)data)->service, action->permission);
}

const char *
list_node_selected(const ListNode *node, const SnapinSelection *selection, guint field)
{
	return live_list_field(
	    &node->list, selection->n_rows > 0 ? selection->row_ids[0] : 0, field);
}

char *
list_node_command(const ListNode *node, const SnapinAction *action,
    const SnapinSelection *selection, const char *object, guint field)
{
	json_t *known;

	if (action->on != SNAPIN_ON_NODE && selection->n_rows == 0)
		return NULL;
	known = json_object();
	if (action->on != SNAPIN_ON_NODE)
		json_object_set_new(
		    known, object, json_string(list_node_selected(node, selection, field)));
	return method_command(node->service, action->permission, known);
}

gboolean
list_node_add(ListNode *node, Service *service, SnapinNode *parent, const LiveKind *kind,
    const char *of, const LiveColumn *columns, SnapinNodeSpec *spec)
{
	const SnapinHost *host = service_host(service);
	SnapinNode *added;

	node->service = service;
	live_list_init(
	    &node->list, live_rows_new(service, kind, of, on_moved, on_changed, node), columns);
	spec->shown = spec->shown != NULL ? spec->shown : list_node_shown;
	spec->refresh = spec->refresh != NULL ? spec->refresh : list_node_refresh;
	spec->may = spec->may != NULL ? spec->may : list_node_may;
	spec->data = node;
	node->watch = service_watch(service, &watch, node);
	added = host->node_add(host, parent, spec);
	if (added == NULL)
		return FALSE; /* the console freed it */
	node->node = added;
	return TRUE;
}

void
list_node_clear(ListNode *node)
{
	service_unwatch(node->service, node->watch);
	live_list_clear(&node->list);
}
