/* SPDX-License-Identifier: MIT */
#include "action_set.h"

#include <glib/gi18n.h>

struct _ActionSet {
	GObject parent_instance;
	SnapinNode *node;
	GArray *selected;   /* guint64 */
	GPtrArray *reasons; /* char * or NULL, one per action */
	GSimpleActionGroup *group;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE(ActionSet, action_set, G_TYPE_OBJECT)

static SnapinSelection
selection_of(ActionSet *self)
{
	return (SnapinSelection){(const guint64 *)self->selected->data, self->selected->len};
}

static char *
reason_of(ActionSet *self, const SnapinAction *action)
{
	const SnapinNodeSpec *spec = scope_node_spec(self->node);
	const ScopeOwner *owner = scope_node_owner(self->node);
	SnapinSelection selection = selection_of(self);

	if (action->on == SNAPIN_ON_ONE_ROW && selection.n_rows != 1)
		return g_strdup(
		    selection.n_rows ? _("Select only one row") : _("Select a row first"));
	if (action->on == SNAPIN_ON_ROWS && selection.n_rows == 0)
		return g_strdup(_("Select one or more rows first"));
	if (!spec->may)
		return NULL;
	g_auto(SnapinCall) call = snapin_call_begin(owner->guard, owner->id, "may");
	return spec->may(self->node, spec->data, action, &selection);
}

void
action_set_update(ActionSet *self)
{
	for (guint i = 0; i < self->reasons->len; i++) {
		const SnapinAction *action = action_set_get(self, i);
		GAction *registered =
		    g_action_map_lookup_action(G_ACTION_MAP(self->group), action->name);
		char *reason = scope_node_is_alive(self->node) ? reason_of(self, action)
							       : g_strdup(_("It is gone"));

		g_free(self->reasons->pdata[i]);
		self->reasons->pdata[i] = reason;
		g_simple_action_set_enabled(G_SIMPLE_ACTION(registered), reason == NULL);
	}
	g_signal_emit(self, changed_signal, 0);
}

static void
activate(ActionSet *self, const SnapinAction *action)
{
	const SnapinNodeSpec *spec = scope_node_spec(self->node);
	const ScopeOwner *owner = scope_node_owner(self->node);
	SnapinSelection selection = selection_of(self);
	g_autoptr(SnapinNode) node = g_object_ref(self->node);
	/* The snap-in may change what is selected while it is at work. */
	g_autoptr(GArray) kept = g_array_copy(self->selected);

	selection.row_ids = (const guint64 *)kept->data;
	if (!scope_node_is_alive(node) || !spec->activate)
		return;
	g_auto(SnapinCall) call = snapin_call_begin(owner->guard, owner->id, "activate");
	spec->activate(node, spec->data, action, &selection);
}

static void
on_activate(GSimpleAction *registered, GVariant *parameter, ActionSet *self)
{
	const char *name = g_action_get_name(G_ACTION(registered));

	for (guint i = 0; i < self->reasons->len; i++)
		if (g_str_equal(action_set_get(self, i)->name, name)) {
			activate(self, action_set_get(self, i));
			return;
		}
}

static void
on_actions_changed(SnapinNode *node, ActionSet *self)
{
	action_set_update(self);
}

static void
clear(ActionSet *self)
{
	for (guint i = 0; i < self->reasons->len; i++)
		g_action_map_remove_action(
		    G_ACTION_MAP(self->group), action_set_get(self, i)->name);
	g_ptr_array_set_size(self->reasons, 0);
	g_array_set_size(self->selected, 0);
	if (self->node)
		g_signal_handlers_disconnect_by_data(self->node, self);
	g_clear_object(&self->node);
}

void
action_set_set_node(ActionSet *self, SnapinNode *node)
{
	if (node == self->node)
		return;
	clear(self);
	g_set_object(&self->node, node);
	if (node) {
		guint n = MIN(scope_node_spec(node)->n_actions, ACTION_SET_MAX_ACTIONS);

		for (guint i = 0; i < n; i++) {
			g_autoptr(GSimpleAction) action =
			    g_simple_action_new(scope_node_spec(node)->actions[i].name, NULL);

			g_signal_connect_object(
			    action, "activate", G_CALLBACK(on_activate), self, 0);
			g_action_map_add_action(G_ACTION_MAP(self->group), G_ACTION(action));
			g_ptr_array_add(self->reasons, NULL);
		}
		g_signal_connect_object(
		    node, "actions-changed", G_CALLBACK(on_actions_changed), self, 0);
	}
	action_set_update(self);
}

void
action_set_select(ActionSet *self, const GArray *ids)
{
	g_array_set_size(self->selected, 0);
	g_array_append_vals(self->selected, ids->data, ids->len);
	action_set_update(self);
}

SnapinNode *
action_set_node(ActionSet *self)
{
	return self->node;
}

const char *
action_set_prefix(ActionSet *self)
{
	return self->node ? scope_node_owner(self->node)->id : NULL;
}

GActionGroup *
action_set_group(ActionSet *self)
{
	return G_ACTION_GROUP(self->group);
}

guint
action_set_n_selected(ActionSet *self)
{
	return self->selected->len;
}

guint
action_set_count(ActionSet *self)
{
	return self->reasons->len;
}

const SnapinAction *
action_set_get(ActionSet *self, guint index)
{
	return &scope_node_spec(self->node)->actions[index];
}

const char *
action_set_reason(ActionSet *self, guint index)
{
	return self->reasons->pdata[index];
}

char *
action_set_command(ActionSet *self, guint index)
{
	const SnapinNodeSpec *spec = scope_node_spec(self->node);
	const ScopeOwner *owner = scope_node_owner(self->node);
	SnapinSelection selection = selection_of(self);

	if (!spec->command || !scope_node_is_alive(self->node))
		return NULL;
	g_auto(SnapinCall) call = snapin_call_begin(owner->guard, owner->id, "command");
	return spec->command(self->node, spec->data, action_set_get(self, index), &selection);
}

gboolean
action_set_activate_default(ActionSet *self)
{
	gboolean on_rows = self->selected->len > 0;

	for (guint i = 0; i < self->reasons->len; i++) {
		const SnapinAction *action = action_set_get(self, i);

		if (action->is_default && (action->on != SNAPIN_ON_NODE) == on_rows &&
		    !action_set_reason(self, i)) {
			activate(self, action);
			return TRUE;
		}
	}
	return FALSE;
}

static void
action_set_finalize(GObject *object)
{
	ActionSet *self = ACTION_SET(object);

	clear(self);
	g_ptr_array_unref(self->reasons);
	g_array_unref(self->selected);
	g_object_unref(self->group);
	G_OBJECT_CLASS(action_set_parent_class)->finalize(object);
}

static void
action_set_class_init(ActionSetClass *class)
{
	G_OBJECT_CLASS(class)->finalize = action_set_finalize;
	changed_signal = g_signal_new("changed", G_TYPE_FROM_CLASS(class), G_SIGNAL_RUN_LAST, 0,
	    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
action_set_init(ActionSet *self)
{
	self->selected = g_array_new(FALSE, FALSE, sizeof(guint64));
	self->reasons = g_ptr_array_new_with_free_func(g_free);
	self->group = g_simple_action_group_new();
}

ActionSet *
action_set_new(void)
{
	return g_object_new(ACTION_TYPE_SET, NULL);
}
