/* SPDX-License-Identifier: MIT */
/* Nodes: order, limits, paths, and that nothing of a snap-in is called after a node's end. */
#include "scope_node.h"

#include <string.h>

static const ScopeOwner console = {NULL, NULL, 0};
static const ScopeOwner first = {"first", NULL, 1};
static const ScopeOwner second = {"second", NULL, 2};
static guint n_freed, n_shown, n_expanded;

static void
count_free(gpointer data)
{
	n_freed++;
}

static void
count_shown(SnapinNode *node, gpointer data, gboolean visible)
{
	n_shown++;
}

static void
count_expand(SnapinNode *node, gpointer data)
{
	n_expanded++;
}

static SnapinNode *
add(SnapinNode *parent, const ScopeOwner *owner, const char *id)
{
	SnapinNodeSpec spec = {.size = sizeof spec,
	    .id = id,
	    .title = id,
	    .expand = count_expand,
	    .shown = count_shown,
	    .data = &n_freed,
	    .free_data = count_free};
	g_autoptr(SnapinNode) node = scope_node_new(owner, &spec);

	return scope_node_add(parent, node) ? node : NULL;
}

static void
test_order_and_paths(void)
{
	g_autoptr(SnapinNode) root = scope_node_new(&console, NULL);
	SnapinNode *late = add(root, &second, "x");
	SnapinNode *early = add(root, &first, "x");
	SnapinNode *below = add(early, &first, "y");
	g_autofree char *path = scope_node_path(below);

	g_assert_true(scope_node_child(root, 0) == early);
	g_assert_true(scope_node_child(root, 1) == late);
	g_assert_cmpstr(path, ==, "first/x/y");
	g_assert_null(add(early, &first, "y"));
	g_assert_cmpuint(scope_node_n_children(early), ==, 1);
}

static void
test_depth(void)
{
	g_autoptr(SnapinNode) root = scope_node_new(&console, NULL);
	SnapinNode *node = root;
	guint depth = 0;

	for (SnapinNode *next; (next = add(node, &first, "x")); node = next)
		depth++;
	g_assert_cmpuint(depth, ==, SCOPE_NODE_MAX_DEPTH - 1);
}

static void
test_removed_is_dead(void)
{
	g_autoptr(SnapinNode) root = scope_node_new(&console, NULL);
	SnapinNode *node = add(root, &first, "x");
	g_autoptr(SnapinNode) below = g_object_ref(add(node, &first, "y"));
	g_autoptr(SnapinNode) kept = g_object_ref(node);

	n_freed = n_shown = n_expanded = 0;
	scope_node_expand(node);
	scope_node_expand(node);
	g_assert_cmpuint(n_expanded, ==, 1);
	scope_node_show(below, TRUE);
	scope_node_show(below, TRUE);
	g_assert_cmpuint(n_shown, ==, 1);
	scope_node_remove(node);
	g_assert_cmpuint(n_shown, ==, 2);
	g_assert_cmpuint(n_freed, ==, 2);
	g_assert_false(scope_node_is_alive(node));
	g_assert_false(scope_node_is_alive(below));
	scope_node_show(below, TRUE);
	scope_node_expand(below);
	g_assert_cmpuint(n_shown, ==, 2);
	g_assert_null(add(kept, &first, "z"));
	g_assert_cmpstr(scope_node_title(below), ==, "y");
	g_assert_cmpuint(scope_node_n_children(root), ==, 0);
}

/* A snap-in of an older minor knows fewer fields: what it lacks is not read. */
static void
test_short_spec(void)
{
	SnapinNodeSpec spec;
	g_autoptr(SnapinNode) node = NULL;

	memset(&spec, 0xff, sizeof spec);
	spec.size = G_STRUCT_OFFSET(SnapinNodeSpec, may_have_children);
	spec.id = spec.title = "x";
	spec.icon_name = NULL;
	node = scope_node_new(&first, &spec);
	scope_node_expand(node);
	scope_node_refresh(node);
	g_assert_null(scope_node_widget(node));
	g_assert_null(scope_node_spec(node)->list);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scope-node/order-and-paths", test_order_and_paths);
	g_test_add_func("/scope-node/depth", test_depth);
	g_test_add_func("/scope-node/removed-is-dead", test_removed_is_dead);
	g_test_add_func("/scope-node/short-spec", test_short_spec);
	return g_test_run();
}
