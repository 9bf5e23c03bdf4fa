/* SPDX-License-Identifier: MIT */
#include "scope_node.h"

#include <string.h>

typedef struct SnapinNodeClass {
	GObjectClass parent_class;
} SnapinNodeClass;

struct SnapinNode {
	GObject parent_instance;
	const ScopeOwner *owner;
	SnapinNodeSpec spec;
	SnapinNode *parent;
	GPtrArray *children;
	char *id;
	char *title;
	char *icon_name;
	char *badge;
	char *sentence;
	SnapinState state;
	GtkWidget *widget;
	gboolean alive;
	gboolean expanded;
	gboolean visible;
};

enum {
	CHANGED,
	CHILD_ADDED,
	CHILD_REMOVED,
	LIST_RESET,
	ROW_CHANGED,
	ACTIONS_CHANGED,
	SELECT,
	DIED,
	N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE(SnapinNode, snapin_node, G_TYPE_OBJECT)

/* Gives up everything of the snap-in's; the strings stay readable. */
static void
release(SnapinNode *node)
{
	if (!node->alive)
		return;
	node->alive = FALSE;
	g_signal_emit(node, signals[DIED], 0);
	if (node->widget) {
		gtk_widget_destroy(node->widget);
		g_clear_object(&node->widget);
	}
	if (node->spec.free_data && node->spec.data) {
		g_auto(SnapinCall) call =
		    snapin_call_begin(node->owner->guard, node->owner->id, "free_data");
		node->spec.free_data(g_steal_pointer(&node->spec.data));
	}
}

static void
snapin_node_dispose(GObject *object)
{
	SnapinNode *node = (SnapinNode *)object;

	release(node);
	g_ptr_array_set_size(node->children, 0);
	G_OBJECT_CLASS(snapin_node_parent_class)->dispose(object);
}

static void
snapin_node_finalize(GObject *object)
{
	SnapinNode *node = (SnapinNode *)object;

	g_ptr_array_unref(node->children);
	g_free(node->id);
	g_free(node->title);
	g_free(node->icon_name);
	g_free(node->badge);
	g_free(node->sentence);
	G_OBJECT_CLASS(snapin_node_parent_class)->finalize(object);
}

static void
snapin_node_class_init(SnapinNodeClass *class)
{
	GObjectClass *object_class = G_OBJECT_CLASS(class);
	GType type = G_TYPE_FROM_CLASS(class);

	object_class->dispose = snapin_node_dispose;
	object_class->finalize = snapin_node_finalize;
	signals[CHANGED] =
	    g_signal_new("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[CHILD_ADDED] = g_signal_new("child-added", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
	    NULL, G_TYPE_NONE, 2, type, G_TYPE_UINT);
	signals[CHILD_REMOVED] = g_signal_new(
	    "child-removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, type);
	signals[LIST_RESET] = g_signal_new(
	    "list-reset", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[ROW_CHANGED] = g_signal_new("row-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
	    NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
	signals[ACTIONS_CHANGED] = g_signal_new(
	    "actions-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[DIED] =
	    g_signal_new("died", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[SELECT] =
	    g_signal_new("select", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
snapin_node_init(SnapinNode *node)
{
	node->children = g_ptr_array_new_with_free_func(g_object_unref);
	node->alive = TRUE;
}

SnapinNode *
scope_node_new(const ScopeOwner *owner, const SnapinNodeSpec *spec)
{
	SnapinNode *node = g_object_new(SCOPE_TYPE_NODE, NULL);

	node->owner = owner;
	if (spec) {
		/* A snap-in of an older minor has a shorter spec: what it lacks is zero. */
		memcpy(&node->spec, spec, MIN(spec->size, sizeof node->spec));
		node->id = g_strdup(spec->id);
		node->title = g_strdup(spec->title);
		node->icon_name = g_strdup(spec->icon_name);
		/* Nobody reads the snap-in's own, which it may have freed. */
		node->spec.id = node->id;
		node->spec.title = NULL;
		node->spec.icon_name = NULL;
	}
	return node;
}

static gboolean
has_room_for(const SnapinNode *parent, const SnapinNode *child)
{
	guint depth = 1;

	for (const SnapinNode *above = parent; above->parent; above = above->parent)
		depth++;
	if (depth >= SCOPE_NODE_MAX_DEPTH || parent->children->len >= SCOPE_NODE_MAX_CHILDREN)
		return FALSE;
	for (guint i = 0; i < parent->children->len; i++) {
		const SnapinNode *other = parent->children->pdata[i];

		if (other->owner == child->owner && g_strcmp0(other->id, child->id) == 0)
			return FALSE;
	}
	return TRUE;
}

gboolean
scope_node_add(SnapinNode *parent, SnapinNode *child)
{
	guint index = parent->children->len;

	if (!parent->alive || child->parent || !child->id || !has_room_for(parent, child))
		return FALSE;
	/* Roots keep the order of their owners, whoever is ready first. */
	while (index > 0 && !parent->parent) {
		const SnapinNode *before = parent->children->pdata[index - 1];

		if (before->owner->order <= child->owner->order)
			break;
		index--;
	}
	child->parent = parent;
	g_ptr_array_insert(parent->children, (int)index, g_object_ref(child));
	g_signal_emit(parent, signals[CHILD_ADDED], 0, child, index);
	return TRUE;
}

static void
release_all_below(SnapinNode *node)
{
	for (guint i = node->children->len; i > 0; i--)
		release_all_below(node->children->pdata[i - 1]);
	scope_node_show(node, FALSE);
	release(node);
}

void
scope_node_remove(SnapinNode *node)
{
	SnapinNode *parent = node->parent;
	g_autoptr(SnapinNode) kept = g_object_ref(node);

	if (!parent)
		return;
	g_ptr_array_remove(parent->children, node);
	g_signal_emit(parent, signals[CHILD_REMOVED], 0, node);
	node->parent = NULL;
	release_all_below(node);
}

const ScopeOwner *
scope_node_owner(const SnapinNode *node)
{
	return node->owner;
}

const SnapinNodeSpec *
scope_node_spec(const SnapinNode *node)
{
	return &node->spec;
}

SnapinNode *
scope_node_parent(const SnapinNode *node)
{
	return node->parent;
}

guint
scope_node_n_children(const SnapinNode *node)
{
	return node->children->len;
}

SnapinNode *
scope_node_child(const SnapinNode *node, guint index)
{
	return node->children->pdata[index];
}

gboolean
scope_node_is_alive(const SnapinNode *node)
{
	return node->alive;
}

char *
scope_node_path(const SnapinNode *node)
{
	g_autofree char *above = NULL;

	if (!node->parent)
		return g_strdup("");
	above = scope_node_path(node->parent);
	if (*above == '\0')
		return g_strdup_printf("%s/%s", node->owner->id ? node->owner->id : "", node->id);
	return g_strdup_printf("%s/%s", above, node->id);
}

const char *
scope_node_title(const SnapinNode *node)
{
	return node->title ? node->title : "";
}

const char *
scope_node_icon_name(const SnapinNode *node)
{
	return node->icon_name ? node->icon_name : "folder-symbolic";
}

const char *
scope_node_badge(const SnapinNode *node)
{
	return node->badge;
}

SnapinState
scope_node_state(const SnapinNode *node)
{
	return node->state;
}

const char *
scope_node_sentence(const SnapinNode *node)
{
	return node->sentence;
}

static void
set_string(SnapinNode *node, char **field, const char *value)
{
	if (g_strcmp0(*field, value) == 0)
		return;
	g_free(*field);
	*field = g_strdup(value);
	g_signal_emit(node, signals[CHANGED], 0);
}

void
scope_node_set_title(SnapinNode *node, const char *title)
{
	set_string(node, &node->title, title);
}

void
scope_node_set_icon_name(SnapinNode *node, const char *icon_name)
{
	set_string(node, &node->icon_name, icon_name);
}

void
scope_node_set_badge(SnapinNode *node, const char *badge)
{
	set_string(node, &node->badge, badge);
}

void
scope_node_set_state(SnapinNode *node, SnapinState state, const char *sentence)
{
	if (node->state == state && g_strcmp0(node->sentence, sentence) == 0)
		return;
	node->state = state;
	g_free(node->sentence);
	node->sentence = g_strdup(sentence);
	g_signal_emit(node, signals[CHANGED], 0);
}

void
scope_node_announce_reset(SnapinNode *node)
{
	g_signal_emit(node, signals[LIST_RESET], 0);
}

void
scope_node_announce_row(SnapinNode *node, guint64 row_id)
{
	g_signal_emit(node, signals[ROW_CHANGED], 0, row_id);
}

void
scope_node_announce_actions(SnapinNode *node)
{
	g_signal_emit(node, signals[ACTIONS_CHANGED], 0);
}

void
scope_node_announce_select(SnapinNode *node)
{
	g_signal_emit(node, signals[SELECT], 0);
}

void
scope_node_expand(SnapinNode *node)
{
	if (!node->alive || node->expanded || !node->spec.expand)
		return;
	node->expanded = TRUE;
	g_auto(SnapinCall) call = snapin_call_begin(node->owner->guard, node->owner->id, "expand");
	node->spec.expand(node, node->spec.data);
}

void
scope_node_show(SnapinNode *node, gboolean visible)
{
	if (!node->alive || node->visible == visible)
		return;
	node->visible = visible;
	if (!node->spec.shown)
		return;
	g_auto(SnapinCall) call = snapin_call_begin(node->owner->guard, node->owner->id, "shown");
	node->spec.shown(node, node->spec.data, visible);
}

gboolean
scope_node_can_refresh(const SnapinNode *node)
{
	return node->alive && node->spec.refresh != NULL;
}

void
scope_node_refresh(SnapinNode *node)
{
	if (!scope_node_can_refresh(node))
		return;
	g_auto(SnapinCall) call = snapin_call_begin(node->owner->guard, node->owner->id, "refresh");
	node->spec.refresh(node, node->spec.data);
}

GtkWidget *
scope_node_widget(SnapinNode *node)
{
	if (!node->widget && node->alive && node->spec.create_widget) {
		g_auto(SnapinCall) call =
		    snapin_call_begin(node->owner->guard, node->owner->id, "create_widget");
		GtkWidget *widget = node->spec.create_widget(node, node->spec.data);

		if (widget) {
			node->widget = g_object_ref_sink(widget);
			gtk_widget_show(widget);
		}
	}
	return node->widget;
}

GtkWidget *
scope_node_widget_if_made(const SnapinNode *node)
{
	return node->widget;
}
