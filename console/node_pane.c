/* SPDX-License-Identifier: MIT */
#include "node_pane.h"

#include "children_list.h"

struct _NodePane {
	GtkBox parent_instance;
	GtkInfoBar *bar;
	GtkLabel *bar_text;
	GtkImage *bar_image;
	SnapinNode *node;
	ResultList *list;
	gboolean shows_children;
	gboolean shown;
};

enum { SELECTION_CHANGED, ACTIVATED, POPUP, UPDATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE(NodePane, node_pane, GTK_TYPE_BOX)

static void
show_state(NodePane *self)
{
	static const struct {
		GtkMessageType type;
		const char *icon_name;
	} looks[] = {
	    [SNAPIN_STATE_NORMAL] = {GTK_MESSAGE_INFO, NULL},
	    [SNAPIN_STATE_BUSY] = {GTK_MESSAGE_INFO, "content-loading-symbolic"},
	    [SNAPIN_STATE_WARNING] = {GTK_MESSAGE_WARNING, "dialog-warning-symbolic"},
	    [SNAPIN_STATE_ERROR] = {GTK_MESSAGE_ERROR, "dialog-error-symbolic"},
	};
	SnapinState state = scope_node_state(self->node);
	const char *sentence = scope_node_sentence(self->node);
	gboolean visible = state != SNAPIN_STATE_NORMAL && sentence;

	/* The console's own page of a snap-in that failed says it already. */
	if (scope_node_spec(self->node)->create_widget && !scope_node_spec(self->node)->list &&
	    g_str_equal(scope_node_spec(self->node)->id, "@snapin"))
		visible = FALSE;
	gtk_info_bar_set_message_type(self->bar, looks[state].type);
	gtk_image_set_from_icon_name(self->bar_image, looks[state].icon_name, GTK_ICON_SIZE_BUTTON);
	gtk_label_set_text(self->bar_text, sentence ? sentence : "");
	gtk_widget_set_visible(GTK_WIDGET(self->bar), visible);
}

static void
on_node_changed(SnapinNode *node, NodePane *self)
{
	if (scope_node_is_alive(node))
		show_state(self);
}

static void
on_list_reset(SnapinNode *node, NodePane *self)
{
	if (self->list && !self->shows_children && self->shown)
		result_list_reset(self->list, FALSE);
}

static void
on_row_changed(SnapinNode *node, guint64 row_id, NodePane *self)
{
	if (self->list && !self->shows_children && self->shown)
		result_list_row_changed(self->list, row_id);
}

static void
on_children_changed(NodePane *self)
{
	if (self->shows_children && self->shown)
		result_list_reset(self->list, FALSE);
}

static void
on_died(SnapinNode *node, NodePane *self)
{
	if (self->list && !self->shows_children)
		result_list_forget(self->list);
}

static void
emit_selection_changed(NodePane *self)
{
	g_signal_emit(self, signals[SELECTION_CHANGED], 0);
}

static void
emit_updated(NodePane *self)
{
	g_signal_emit(self, signals[UPDATED], 0);
}

static void
emit_popup(NodePane *self, GdkEvent *event)
{
	g_signal_emit(self, signals[POPUP], 0, event);
}

static void
on_activated(NodePane *self)
{
	g_autoptr(GArray) ids = NULL;
	SnapinNode *child;

	if (!self->shows_children) {
		g_signal_emit(self, signals[ACTIVATED], 0);
		return;
	}
	ids = result_list_selected(self->list);
	child =
	    ids->len == 1 ? children_list_node(self->node, g_array_index(ids, guint64, 0)) : NULL;
	if (child)
		scope_node_announce_select(child);
}

static void
add_list(NodePane *self, const ListSource *source, ConsoleState *state)
{
	GtkWidget *list = result_list_new(source, scope_node_title(self->node), state);

	self->list = RESULT_LIST(list);
	gtk_widget_set_vexpand(list, TRUE);
	gtk_container_add(GTK_CONTAINER(self), list);
	g_signal_connect_object(
	    list, "selection-changed", G_CALLBACK(emit_selection_changed), self, G_CONNECT_SWAPPED);
	g_signal_connect_object(
	    list, "activated", G_CALLBACK(on_activated), self, G_CONNECT_SWAPPED);
	g_signal_connect_object(list, "updated", G_CALLBACK(emit_updated), self, G_CONNECT_SWAPPED);
	g_signal_connect_object(list, "popup", G_CALLBACK(emit_popup), self, G_CONNECT_SWAPPED);
}

static void
fill(NodePane *self, ConsoleState *state)
{
	const SnapinNodeSpec *spec = scope_node_spec(self->node);
	const ScopeOwner *owner = scope_node_owner(self->node);
	GtkWidget *widget = scope_node_widget(self->node);
	ListSource source = {spec->list, spec->data, owner->guard, owner->id};

	if (widget) {
		gtk_widget_set_vexpand(widget, spec->list == NULL);
		gtk_container_add(GTK_CONTAINER(self), widget);
	}
	if (!spec->list && !widget) {
		self->shows_children = TRUE;
		scope_node_expand(self->node);
		source = children_list_source(self->node);
	}
	if (source.list)
		add_list(self, &source, state);
}

void
node_pane_set_shown(NodePane *self, gboolean shown)
{
	if (self->shown == shown)
		return;
	self->shown = shown;
	scope_node_show(self->node, shown);
	if (shown && self->list && scope_node_is_alive(self->node))
		result_list_reset(self->list, TRUE);
}

SnapinNode *
node_pane_node(NodePane *self)
{
	return self->node;
}

ResultList *
node_pane_list(NodePane *self)
{
	return self->list;
}

gboolean
node_pane_shows_children(NodePane *self)
{
	return self->shows_children;
}

void
node_pane_focus(NodePane *self)
{
	if (self->list)
		result_list_focus(self->list);
	else
		gtk_widget_child_focus(GTK_WIDGET(self), GTK_DIR_TAB_FORWARD);
}

static void
node_pane_dispose(GObject *object)
{
	NodePane *self = NODE_PANE(object);
	GtkWidget *widget = self->node ? scope_node_widget_if_made(self->node) : NULL;

	if (self->node) {
		g_signal_handlers_disconnect_by_data(self->node, self);
		node_pane_set_shown(self, FALSE);
	}
	/* The widget is the node's and outlives the pane. */
	if (widget && gtk_widget_get_parent(widget) == GTK_WIDGET(self))
		gtk_container_remove(GTK_CONTAINER(self), widget);
	if (self->list) {
		result_list_forget(self->list);
		self->list = NULL;
	}
	g_clear_object(&self->node);
	G_OBJECT_CLASS(node_pane_parent_class)->dispose(object);
}

static void
node_pane_class_init(NodePaneClass *class)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);
	GType type = G_TYPE_FROM_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = node_pane_dispose;
	gtk_widget_class_set_template_from_resource(
	    widget_class, "/org/chatd/Console/ui/node-pane.ui");
	gtk_widget_class_bind_template_child(widget_class, NodePane, bar);
	gtk_widget_class_bind_template_child(widget_class, NodePane, bar_text);
	gtk_widget_class_bind_template_child(widget_class, NodePane, bar_image);
	signals[SELECTION_CHANGED] = g_signal_new(
	    "selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[ACTIVATED] =
	    g_signal_new("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[UPDATED] =
	    g_signal_new("updated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
	signals[POPUP] = g_signal_new(
	    "popup", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
node_pane_init(NodePane *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
node_pane_new(SnapinNode *node, ConsoleState *state)
{
	NodePane *self = g_object_new(NODE_TYPE_PANE, NULL);

	self->node = g_object_ref(node);
	g_signal_connect_object(node, "changed", G_CALLBACK(on_node_changed), self, 0);
	g_signal_connect_object(node, "list-reset", G_CALLBACK(on_list_reset), self, 0);
	g_signal_connect_object(node, "row-changed", G_CALLBACK(on_row_changed), self, 0);
	g_signal_connect_object(
	    node, "child-added", G_CALLBACK(on_children_changed), self, G_CONNECT_SWAPPED);
	g_signal_connect_object(
	    node, "child-removed", G_CALLBACK(on_children_changed), self, G_CONNECT_SWAPPED);
	g_signal_connect_object(node, "died", G_CALLBACK(on_died), self, 0);
	fill(self, state);
	show_state(self);
	return GTK_WIDGET(self);
}
