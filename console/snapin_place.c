/* SPDX-License-Identifier: MIT */
#include "snapin_place.h"

#include "failure_page.h"
#include "snapin_loader.h"

static GtkWidget *
create_failure_page(SnapinNode *node, gpointer data)
{
	return failure_page_new(data);
}

void
snapin_place_remove(SnapinInstance *instance)
{
	g_autoptr(SnapinNode) placeholder = g_steal_pointer(&instance->placeholder);

	if (placeholder)
		scope_node_remove(placeholder);
}

void
snapin_place_set(SnapinInstance *instance, SnapinState state, const char *sentence)
{
	SnapinNodeSpec spec = {
	    .size = sizeof spec,
	    .id = "@snapin",
	    .title = snapin_instance_title(instance),
	    .icon_name = "application-x-addon-symbolic",
	    .create_widget = create_failure_page,
	    .data = instance,
	};

	if (!instance->placeholder) {
		instance->placeholder = scope_node_new(&instance->owner, &spec);
		scope_node_set_state(instance->placeholder, state, sentence);
		scope_node_add(snapin_loader_root(instance->loader), instance->placeholder);
	}
	scope_node_set_state(instance->placeholder, state, sentence);
}

void
snapin_place_remove_roots(SnapinInstance *instance)
{
	SnapinNode *root = snapin_loader_root(instance->loader);

	for (guint i = scope_node_n_children(root); i > 0; i--) {
		SnapinNode *child = scope_node_child(root, i - 1);

		if (scope_node_owner(child) == &instance->owner && child != instance->placeholder)
			scope_node_remove(child);
	}
}
