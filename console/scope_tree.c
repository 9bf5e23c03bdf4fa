/* SPDX-License-Identifier: MIT */
#include "scope_tree.h"

#include <glib/gi18n.h>

#define GROUP "Tree"
#define MAX_REMEMBERED 1000

enum {
	COLUMN_NODE,
	COLUMN_ICON,
	COLUMN_TITLE,
	COLUMN_BADGE,
	COLUMN_STATE_ICON,
	COLUMN_SENTENCE,
	COLUMN_LAZY, /* a row that only makes the expander appear */
	N_COLUMNS
};

struct _ScopeTree {
	GtkTreeView parent_instance;
	GtkTreeStore *store;
	GHashTable *rows;     /* SnapinNode * -> GtkTreeIter * */
	GHashTable *expanded; /* path of ids */
	char *wanted;         /* path of ids of what is to be selected */
	ConsoleState *state;
	SnapinNode *shown;  /* the latest that was selected; NULL: none, or it is gone */
	gboolean restoring; /* what happens now is not the user's doing */
};

enum { NODE_SELECTED, POPUP, ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE(ScopeTree, scope_tree, GTK_TYPE_TREE_VIEW)

static const char *
state_icon(SnapinState state)
{
	static const char *const icons[] = {
	    [SNAPIN_STATE_NORMAL] = NULL,
	    [SNAPIN_STATE_BUSY] = "content-loading-symbolic",
	    [SNAPIN_STATE_WARNING] = "dialog-warning-symbolic",
	    [SNAPIN_STATE_ERROR] = "dialog-error-symbolic",
	};

	return state < G_N_ELEMENTS(icons) ? icons[state] : NULL;
}

/* ---- remembering ---- */

static void
remember_all(ScopeTree *self)
{
	GHashTableIter iter;
	gpointer path;
	g_autoptr(GPtrArray) paths = g_ptr_array_new();
	GKeyFile *file;

	if (!self->state)
		return;
	file = console_state_file(self->state);
	g_hash_table_iter_init(&iter, self->expanded);
	while (g_hash_table_iter_next(&iter, &path, NULL))
		g_ptr_array_add(paths, path);
	g_key_file_set_string_list(
	    file, GROUP, "expanded", (const char *const *)paths->pdata, paths->len);
	if (self->wanted)
		g_key_file_set_string(file, GROUP, "selected", self->wanted);
	console_state_touch(self->state);
}

static void
recall(ScopeTree *self)
{
	GKeyFile *file = console_state_file(self->state);
	g_auto(GStrv) paths = g_key_file_get_string_list(file, GROUP, "expanded", NULL, NULL);

	for (guint i = 0; paths && paths[i] && i < MAX_REMEMBERED; i++)
		g_hash_table_add(self->expanded, g_strdup(paths[i]));
	self->wanted = g_key_file_get_string(file, GROUP, "selected", NULL);
}

/* ---- rows ---- */

static SnapinNode *
node_at(ScopeTree *self, GtkTreeIter *iter)
{
	SnapinNode *node = NULL;

	gtk_tree_model_get(GTK_TREE_MODEL(self->store), iter, COLUMN_NODE, &node, -1);
	if (node)
		g_object_unref(node); /* the store keeps it */
	return node;
}

static void
show_node(ScopeTree *self, SnapinNode *node, GtkTreeIter *iter)
{
	g_autofree char *badge =
	    scope_node_badge(node) ? g_strdup_printf("  %s", scope_node_badge(node)) : NULL;
	g_autofree char *tip =
	    scope_node_sentence(node) ? g_markup_escape_text(scope_node_sentence(node), -1) : NULL;

	gtk_tree_store_set(self->store, iter, COLUMN_NODE, node, COLUMN_ICON,
	    scope_node_icon_name(node), COLUMN_TITLE, scope_node_title(node), COLUMN_BADGE, badge,
	    COLUMN_STATE_ICON, state_icon(scope_node_state(node)), COLUMN_SENTENCE, tip, -1);
}

static void
on_changed(SnapinNode *node, ScopeTree *self)
{
	GtkTreeIter *iter = g_hash_table_lookup(self->rows, node);

	if (iter)
		show_node(self, node, iter);
}

/* It stands behind all others. */
static void
remove_lazy_row(ScopeTree *self, GtkTreeIter *parent)
{
	GtkTreeModel *model = GTK_TREE_MODEL(self->store);
	int n = gtk_tree_model_iter_n_children(model, parent);
	GtkTreeIter child;
	gboolean lazy;

	if (n == 0 || !gtk_tree_model_iter_nth_child(model, &child, parent, n - 1))
		return;
	gtk_tree_model_get(model, &child, COLUMN_LAZY, &lazy, -1);
	if (lazy)
		gtk_tree_store_remove(self->store, &child);
}

static void
expand_row(ScopeTree *self, GtkTreeIter *iter)
{
	g_autoptr(GtkTreePath) path = gtk_tree_model_get_path(GTK_TREE_MODEL(self->store), iter);

	gtk_tree_view_expand_row(GTK_TREE_VIEW(self), path, FALSE);
}

static void
select_row(ScopeTree *self, GtkTreeIter *iter)
{
	g_autoptr(GtkTreePath) path = gtk_tree_model_get_path(GTK_TREE_MODEL(self->store), iter);

	gtk_tree_view_expand_to_path(GTK_TREE_VIEW(self), path);
	gtk_tree_view_set_cursor(GTK_TREE_VIEW(self), path, NULL, FALSE);
}

static void
take_up(ScopeTree *self, SnapinNode *node, GtkTreeIter *iter)
{
	g_autofree char *path = scope_node_path(node);
	gboolean was_restoring = self->restoring;

	self->restoring = TRUE;
	if (g_hash_table_contains(self->expanded, path))
		expand_row(self, iter);
	if (g_strcmp0(path, self->wanted) == 0 || !scope_tree_selected(self))
		select_row(self, iter);
	self->restoring = was_restoring;
}

static void watch(ScopeTree *self, SnapinNode *node);

static void
on_child_added(SnapinNode *parent, SnapinNode *child, guint index, ScopeTree *self)
{
	GtkTreeIter *parent_iter = g_hash_table_lookup(self->rows, parent);
	GtkTreeIter *iter = g_new0(GtkTreeIter, 1);
	g_autofree char *parent_path = scope_node_path(parent);

	gtk_tree_store_insert(self->store, iter, parent_iter, (int)index);
	g_hash_table_insert(self->rows, child, iter);
	show_node(self, child, iter);
	if (scope_node_spec(child)->may_have_children) {
		GtkTreeIter lazy;

		gtk_tree_store_append(self->store, &lazy, iter);
		gtk_tree_store_set(
		    self->store, &lazy, COLUMN_LAZY, TRUE, COLUMN_TITLE, _("Loading…"), -1);
	}
	watch(self, child);
	if (parent_iter) {
		remove_lazy_row(self, parent_iter);
		if (g_hash_table_contains(self->expanded, parent_path)) {
			gboolean was_restoring = self->restoring;

			self->restoring = TRUE;
			expand_row(self, parent_iter);
			self->restoring = was_restoring;
		}
	}
	take_up(self, child, iter);
}

static void
forget(ScopeTree *self, SnapinNode *node)
{
	for (guint i = 0; i < scope_node_n_children(node); i++)
		forget(self, scope_node_child(node, i));
	g_signal_handlers_disconnect_by_data(node, self);
	g_hash_table_remove(self->rows, node);
	if (self->shown == node)
		self->shown = NULL;
}

static void
on_child_removed(SnapinNode *parent, SnapinNode *child, ScopeTree *self)
{
	GtkTreeIter *iter = g_hash_table_lookup(self->rows, child);
	SnapinNode *selected = scope_tree_selected(self);
	GtkTreeIter row;

	if (!iter)
		return;
	row = *iter;
	self->restoring = TRUE;
	for (SnapinNode *node = selected; node; node = scope_node_parent(node)) {
		GtkTreeIter *above = g_hash_table_lookup(self->rows, parent);

		if (node != child)
			continue;
		/* Its place is wanted still: should it come back, it is selected again. */
		if (above)
			select_row(self, above);
		break;
	}
	forget(self, child);
	gtk_tree_store_remove(self->store, &row);
	if (!scope_tree_selected(self) &&
	    gtk_tree_model_get_iter_first(GTK_TREE_MODEL(self->store), &row))
		select_row(self, &row);
	self->restoring = FALSE;
}

static void
on_select(SnapinNode *node, ScopeTree *self)
{
	scope_tree_select(self, node);
}

static void
watch(ScopeTree *self, SnapinNode *node)
{
	g_signal_connect_object(node, "changed", G_CALLBACK(on_changed), self, 0);
	g_signal_connect_object(node, "child-added", G_CALLBACK(on_child_added), self, 0);
	g_signal_connect_object(node, "child-removed", G_CALLBACK(on_child_removed), self, 0);
	g_signal_connect_object(node, "select", G_CALLBACK(on_select), self, 0);
	for (guint i = 0; i < scope_node_n_children(node); i++)
		on_child_added(node, scope_node_child(node, i), i, self);
}

/* ---- what the user does ---- */

static void
on_row_expanded(GtkTreeView *view, GtkTreeIter *iter, GtkTreePath *tree_path)
{
	ScopeTree *self = SCOPE_TREE(view);
	SnapinNode *node = node_at(self, iter);
	g_autofree char *path = NULL;

	if (!node)
		return;
	path = scope_node_path(node);
	if (!self->restoring && g_hash_table_size(self->expanded) < MAX_REMEMBERED &&
	    g_hash_table_add(self->expanded, g_steal_pointer(&path)))
		remember_all(self);
	scope_node_expand(node);
	for (guint i = 0; i < scope_node_n_children(node); i++) {
		SnapinNode *child = scope_node_child(node, i);
		GtkTreeIter *row = g_hash_table_lookup(self->rows, child);

		if (row)
			take_up(self, child, row);
	}
}

static void
on_row_collapsed(GtkTreeView *view, GtkTreeIter *iter, GtkTreePath *tree_path)
{
	ScopeTree *self = SCOPE_TREE(view);
	SnapinNode *node = node_at(self, iter);
	g_autofree char *path = node ? scope_node_path(node) : NULL;

	if (path && !self->restoring && g_hash_table_remove(self->expanded, path))
		remember_all(self);
}

SnapinNode *
scope_tree_selected(ScopeTree *self)
{
	GtkTreeIter iter;

	if (!gtk_tree_selection_get_selected(
		gtk_tree_view_get_selection(GTK_TREE_VIEW(self)), NULL, &iter))
		return NULL;
	return node_at(self, &iter);
}

static void
on_selection_changed(GtkTreeSelection *selection, ScopeTree *self)
{
	SnapinNode *node = scope_tree_selected(self);

	/* A search that finds nothing would leave nothing selected. */
	if (!node && !self->restoring && self->shown) {
		gtk_tree_selection_select_iter(
		    selection, g_hash_table_lookup(self->rows, self->shown));
		return;
	}
	self->shown = node;
	if (node && !self->restoring) {
		g_free(self->wanted);
		self->wanted = scope_node_path(node);
		remember_all(self);
	}
	g_signal_emit(self, signals[NODE_SELECTED], 0, node);
}

void
scope_tree_select(ScopeTree *self, SnapinNode *node)
{
	GtkTreeIter *iter;
	SnapinNode *parent = scope_node_parent(node);

	if (parent && !g_hash_table_contains(self->rows, node))
		scope_tree_select(self, parent);
	iter = g_hash_table_lookup(self->rows, node);
	if (iter)
		select_row(self, iter);
}

static void
on_row_activated(GtkTreeView *view, GtkTreePath *path, GtkTreeViewColumn *column)
{
	GtkTreeIter iter;
	ScopeTree *self = SCOPE_TREE(view);

	if (gtk_tree_view_row_expanded(view, path))
		gtk_tree_view_collapse_row(view, path);
	else if (gtk_tree_model_get_iter(GTK_TREE_MODEL(self->store), &iter, path) &&
		 gtk_tree_model_iter_has_child(GTK_TREE_MODEL(self->store), &iter))
		gtk_tree_view_expand_row(view, path, FALSE);
	else
		g_signal_emit(self, signals[ACTIVATED], 0);
}

static gboolean
scope_tree_button_press_event(GtkWidget *widget, GdkEventButton *event)
{
	GtkTreeView *view = GTK_TREE_VIEW(widget);
	g_autoptr(GtkTreePath) path = NULL;

	if (!gdk_event_triggers_context_menu((GdkEvent *)event) ||
	    event->window != gtk_tree_view_get_bin_window(view))
		return GTK_WIDGET_CLASS(scope_tree_parent_class)->button_press_event(widget, event);
	gtk_widget_grab_focus(widget);
	if (gtk_tree_view_get_path_at_pos(
		view, (int)event->x, (int)event->y, &path, NULL, NULL, NULL)) {
		gtk_tree_view_set_cursor(view, path, NULL, FALSE);
		g_signal_emit(widget, signals[POPUP], 0, event);
	}
	return GDK_EVENT_STOP;
}

static gboolean
scope_tree_popup_menu(GtkWidget *widget)
{
	g_signal_emit(widget, signals[POPUP], 0, NULL);
	return GDK_EVENT_STOP;
}

/* Left and right close and open, as in every tree of files. */
static gboolean
scope_tree_key_press_event(GtkWidget *widget, GdkEventKey *event)
{
	GtkTreeView *view = GTK_TREE_VIEW(widget);
	g_autoptr(GtkTreePath) path = NULL;

	gtk_tree_view_get_cursor(view, &path, NULL);
	if (path && event->keyval == GDK_KEY_Right && !gtk_tree_view_row_expanded(view, path) &&
	    gtk_tree_view_expand_row(view, path, FALSE))
		return GDK_EVENT_STOP;
	if (path && event->keyval == GDK_KEY_Left) {
		if (!gtk_tree_view_collapse_row(view, path) && gtk_tree_path_get_depth(path) > 1 &&
		    gtk_tree_path_up(path))
			gtk_tree_view_set_cursor(view, path, NULL, FALSE);
		return GDK_EVENT_STOP;
	}
	return GTK_WIDGET_CLASS(scope_tree_parent_class)->key_press_event(widget, event);
}

/* ---- the object ---- */

static void
scope_tree_dispose(GObject *object)
{
	ScopeTree *self = SCOPE_TREE(object);

	self->restoring = TRUE;
	self->state = NULL;
	G_OBJECT_CLASS(scope_tree_parent_class)->dispose(object);
}

static void
scope_tree_finalize(GObject *object)
{
	ScopeTree *self = SCOPE_TREE(object);

	g_object_unref(self->store);
	g_hash_table_unref(self->rows);
	g_hash_table_unref(self->expanded);
	g_free(self->wanted);
	G_OBJECT_CLASS(scope_tree_parent_class)->finalize(object);
}

static void
scope_tree_class_init(ScopeTreeClass *class)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);
	GtkTreeViewClass *view_class = GTK_TREE_VIEW_CLASS(class);
	GType type = G_TYPE_FROM_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = scope_tree_dispose;
	G_OBJECT_CLASS(class)->finalize = scope_tree_finalize;
	widget_class->button_press_event = scope_tree_button_press_event;
	widget_class->key_press_event = scope_tree_key_press_event;
	widget_class->popup_menu = scope_tree_popup_menu;
	view_class->row_expanded = on_row_expanded;
	view_class->row_collapsed = on_row_collapsed;
	view_class->row_activated = on_row_activated;
	signals[NODE_SELECTED] = g_signal_new("node-selected", type, G_SIGNAL_RUN_LAST, 0, NULL,
	    NULL, NULL, G_TYPE_NONE, 1, SCOPE_TYPE_NODE);
	signals[POPUP] = g_signal_new(
	    "popup", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
	signals[ACTIVATED] =
	    g_signal_new("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkCellRenderer *
pack(GtkTreeViewColumn *column, GtkCellRenderer *cell, gboolean expand, const char *attribute,
    int number)
{
	gtk_tree_view_column_pack_start(column, cell, expand);
	gtk_tree_view_column_add_attribute(column, cell, attribute, number);
	return cell;
}

static void
scope_tree_init(ScopeTree *self)
{
	GtkTreeView *view = GTK_TREE_VIEW(self);
	GtkTreeViewColumn *column = gtk_tree_view_column_new();
	GtkCellRenderer *cell;
	AtkObject *accessible = gtk_widget_get_accessible(GTK_WIDGET(self));

	self->rows = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	self->expanded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	self->store = gtk_tree_store_new(N_COLUMNS, SCOPE_TYPE_NODE, G_TYPE_STRING, G_TYPE_STRING,
	    G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
	pack(column, gtk_cell_renderer_pixbuf_new(), FALSE, "icon-name", COLUMN_ICON);
	/* A long title gives way in the middle, for siblings differ at the end: state and badge
	 * stay in sight. */
	cell = pack(column, gtk_cell_renderer_text_new(), TRUE, "text", COLUMN_TITLE);
	gtk_cell_renderer_set_padding(cell, 6, 4);
	g_object_set(cell, "ellipsize", PANGO_ELLIPSIZE_MIDDLE, NULL);
	cell = pack(column, gtk_cell_renderer_pixbuf_new(), FALSE, "icon-name", COLUMN_STATE_ICON);
	cell = pack(column, gtk_cell_renderer_text_new(), FALSE, "text", COLUMN_BADGE);
	g_object_set(cell, "scale", PANGO_SCALE_SMALL, "sensitive", FALSE, "xpad", 6, NULL);
	gtk_tree_view_append_column(view, column);
	gtk_tree_view_set_headers_visible(view, FALSE);
	gtk_tree_view_set_tooltip_column(view, COLUMN_SENTENCE);
	gtk_tree_view_set_search_column(view, COLUMN_TITLE);
	gtk_tree_view_set_model(view, GTK_TREE_MODEL(self->store));
	gtk_tree_selection_set_mode(gtk_tree_view_get_selection(view), GTK_SELECTION_BROWSE);
	g_signal_connect(
	    gtk_tree_view_get_selection(view), "changed", G_CALLBACK(on_selection_changed), self);
	atk_object_set_name(accessible, _("What is managed"));
	atk_object_set_accessible_id(accessible, "scope-tree");
}

void
scope_tree_set_root(ScopeTree *self, SnapinNode *root, ConsoleState *state)
{
	self->state = state;
	recall(self);
	watch(self, root);
}
