/* SPDX-License-Identifier: MIT */
#include "console_window.h"

#include "action_menu.h"
#include "action_pane.h"
#include "error_bar.h"
#include "status_page.h"
#include "window_actions.h"
#include "window_failures.h"
#include "window_layout.h"

#include <glib/gi18n.h>

#define MAX_PANES 24

struct _ConsoleWindow {
	GtkApplicationWindow parent_instance;
	GtkHeaderBar *header;
	ErrorBar *errors;
	GtkPaned *left_paned;
	GtkPaned *right_paned;
	ScopeTree *tree;
	GtkStack *panes;
	StatusPage *empty_page;
	GtkWidget *action_scroll;
	ActionPane *action_pane;
	GtkWidget *actions_button;
	GtkWidget *menu_button;
	GtkLabel *status;
	GMenuModel *context_menu;

	SnapinLoader *loader;
	ConsoleState *state;
	ActionSet *actions;
	NodePane *pane; /* the shown one */
	GQueue recent;  /* NodePane *, the shown one first */
	GPtrArray *accelerators;
	char *prefix; /* under which the actions are inserted */
	guint selection_source;
	gboolean laid_out;
};

G_DEFINE_FINAL_TYPE(ConsoleWindow, console_window, GTK_TYPE_APPLICATION_WINDOW)

/* ---- status line and title ---- */

static void
show_status(ConsoleWindow *self)
{
	SnapinNode *node = self->pane ? node_pane_node(self->pane) : NULL;
	ResultList *list = self->pane ? node_pane_list(self->pane) : NULL;
	guint selected = action_set_n_selected(self->actions);
	g_autoptr(GString) text = g_string_new(NULL);

	if (list) {
		g_autofree char *rows = result_list_summary(list);

		g_string_append(text, rows);
	}
	if (selected > 0)
		g_string_append_printf(text,
		    g_dngettext(NULL, "  ·  %'u selected", "  ·  %'u selected", selected),
		    selected);
	if (node && scope_node_state(node) == SNAPIN_STATE_NORMAL && scope_node_sentence(node))
		g_string_append_printf(
		    text, "%s%s", text->len ? "  ·  " : "", scope_node_sentence(node));
	gtk_label_set_text(self->status, text->len ? text->str : _("Ready"));
}

static void
show_title(ConsoleWindow *self)
{
	SnapinNode *node = self->pane ? node_pane_node(self->pane) : NULL;
	g_autoptr(GString) path = g_string_new(NULL);

	for (SnapinNode *n = node; n && scope_node_parent(n); n = scope_node_parent(n)) {
		if (path->len)
			g_string_prepend(path, "  ›  ");
		g_string_prepend(path, scope_node_title(n));
	}
	gtk_header_bar_set_subtitle(self->header, path->len ? path->str : NULL);
}

static void
show_empty_page(ConsoleWindow *self)
{
	const SnapinPath *path = snapin_loader_path(self->loader);
	g_autoptr(GString) text = g_string_new(NULL);

	if (snapin_loader_is_safe_mode(self->loader)) {
		status_page_set(self->empty_page, "security-high-symbolic", _("Safe mode"),
		    _("The console was started without its snap-ins."));
		return;
	}
	g_string_append(
	    text, _("The console shows what snap-ins bring. Install one, then choose Snap-ins.\n\n"
		    "Looked in:"));
	for (guint i = 0; i < path->folders->len; i++)
		g_string_append_printf(text, "\n%s", (const char *)path->folders->pdata[i]);
	status_page_set(
	    self->empty_page, "application-x-addon-symbolic", _("No snap-ins"), text->str);
}

static void
drop_pane(ConsoleWindow *self, NodePane *pane)
{
	g_queue_remove(&self->recent, pane);
	if (pane == self->pane)
		self->pane = NULL;
	gtk_widget_destroy(GTK_WIDGET(pane));
}

static NodePane *
find_pane(ConsoleWindow *self, SnapinNode *node)
{
	for (GList *l = self->recent.head; l; l = l->next)
		if (node_pane_node(l->data) == node)
			return l->data;
	return NULL;
}

static gboolean
on_selection_due(gpointer user_data)
{
	ConsoleWindow *self = user_data;
	ResultList *list = self->pane ? node_pane_list(self->pane) : NULL;
	g_autoptr(GArray) ids = NULL;

	self->selection_source = 0;
	if (list && !node_pane_shows_children(self->pane)) {
		ids = result_list_selected(list);
		action_set_select(self->actions, ids);
	}
	show_status(self);
	return G_SOURCE_REMOVE;
}

/* Holding Shift and Down must not ask the snap-in at every row. */
static void
on_selection_changed(ConsoleWindow *self)
{
	if (!self->selection_source)
		self->selection_source =
		    g_idle_add_full(G_PRIORITY_HIGH_IDLE, on_selection_due, self, NULL);
}

static void
on_pane_activated(ConsoleWindow *self)
{
	on_selection_due(self);
	action_set_activate_default(self->actions);
}

static void
on_pane_popup(ConsoleWindow *self, GdkEvent *event, NodePane *pane)
{
	on_selection_due(self);
	console_window_popup(self, GTK_WIDGET(node_pane_list(pane)), event);
}

static void
on_pane_died(ConsoleWindow *self, SnapinNode *node)
{
	NodePane *pane = find_pane(self, node);

	if (pane && pane != self->pane)
		drop_pane(self, pane);
}

static void
on_node_changed(ConsoleWindow *self)
{
	show_status(self);
	show_title(self);
	action_pane_renamed(self->action_pane);
}

static NodePane *
make_pane(ConsoleWindow *self, SnapinNode *node)
{
	GtkWidget *pane = node_pane_new(node, self->state);

	gtk_container_add(GTK_CONTAINER(self->panes), pane);
	g_signal_connect_object(
	    pane, "selection-changed", G_CALLBACK(on_selection_changed), self, G_CONNECT_SWAPPED);
	g_signal_connect_object(pane, "updated", G_CALLBACK(show_status), self, G_CONNECT_SWAPPED);
	g_signal_connect_object(
	    pane, "activated", G_CALLBACK(on_pane_activated), self, G_CONNECT_SWAPPED);
	g_signal_connect_object(pane, "popup", G_CALLBACK(on_pane_popup), self, G_CONNECT_SWAPPED);
	g_signal_connect_object(
	    node, "died", G_CALLBACK(on_pane_died), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
	g_signal_connect_object(
	    node, "changed", G_CALLBACK(on_node_changed), self, G_CONNECT_SWAPPED);
	return NODE_PANE(pane);
}

static void
use_actions_of(ConsoleWindow *self, SnapinNode *node)
{
	if (self->prefix)
		gtk_widget_insert_action_group(GTK_WIDGET(self), self->prefix, NULL);
	g_clear_pointer(&self->prefix, g_free);
	action_set_set_node(self->actions, node);
	self->prefix = g_strdup(action_set_prefix(self->actions));
	if (self->prefix)
		gtk_widget_insert_action_group(
		    GTK_WIDGET(self), self->prefix, action_set_group(self->actions));
	if (gtk_window_get_application(GTK_WINDOW(self))) {
		GPtrArray *before = self->accelerators;

		self->accelerators = action_menu_set_accelerators(
		    gtk_window_get_application(GTK_WINDOW(self)), self->actions, before);
		g_clear_pointer(&before, g_ptr_array_unref);
	}
}

static void
show_pane(ConsoleWindow *self, SnapinNode *node)
{
	NodePane *old = self->pane;
	NodePane *pane = node ? find_pane(self, node) : NULL;

	if (node && !pane)
		pane = make_pane(self, node);
	self->pane = pane;
	use_actions_of(self, node);
	if (pane) {
		g_queue_remove(&self->recent, pane);
		g_queue_push_head(&self->recent, pane);
		gtk_stack_set_visible_child(self->panes, GTK_WIDGET(pane));
		node_pane_set_shown(pane, TRUE);
	} else {
		show_empty_page(self);
		gtk_stack_set_visible_child(self->panes, GTK_WIDGET(self->empty_page));
	}
	if (old && old != pane) {
		node_pane_set_shown(old, FALSE);
		if (!scope_node_is_alive(node_pane_node(old)))
			drop_pane(self, old);
	}
	if (self->recent.length > MAX_PANES)
		drop_pane(self, g_queue_peek_tail(&self->recent));
	on_selection_due(self);
	show_title(self);
	window_actions_update(self);
}

static void
on_node_selected(ConsoleWindow *self, SnapinNode *node)
{
	if (self->loader && (!self->pane || node_pane_node(self->pane) != node))
		show_pane(self, node);
}

static void
on_tree_activated(ConsoleWindow *self)
{
	if (!action_set_activate_default(self->actions) && self->pane)
		node_pane_focus(self->pane);
}

void
console_window_popup(ConsoleWindow *self, GtkWidget *widget, const GdkEvent *event)
{
	GtkWidget *menu = action_menu_new(self->actions, self->context_menu);

	action_menu_popup(menu, widget, event);
}

static void
on_tree_popup(ConsoleWindow *self, GdkEvent *event)
{
	console_window_popup(self, GTK_WIDGET(self->tree), event);
}

void
console_window_open_menu(ConsoleWindow *self)
{
	gtk_button_clicked(GTK_BUTTON(self->menu_button));
}

static void
on_actions_clicked(ConsoleWindow *self)
{
	console_window_popup(self, self->actions_button, NULL);
}

/* ---- failures ---- */

void
console_window_report(ConsoleWindow *self, const char *key, SnapinSeverity severity,
    const char *sentence, const char *detail)
{
	error_bar_show(self->errors, key, severity, sentence, detail, NULL, 0);
}

/* ---- property sheets ---- */

void
console_window_open_sheet(ConsoleWindow *self, SnapinNode *node, const char *object,
    const SnapinPageSpec *pages, guint n_pages)
{
	PropertySheet *open = property_sheet_find(node, object);

	if (open)
		property_sheet_discard(node, pages, n_pages);
	else
		open = PROPERTY_SHEET(
		    property_sheet_new(GTK_WINDOW(self), node, object, pages, n_pages));
	gtk_window_present(GTK_WINDOW(open));
}

/* ---- layout ---- */

static WindowLayout
layout_of(ConsoleWindow *self)
{
	return (WindowLayout){GTK_WINDOW(self), self->left_paned, self->right_paned,
	    self->action_scroll, self->state};
}

void
console_window_set_action_pane_visible(ConsoleWindow *self, gboolean visible)
{
	gtk_widget_set_visible(self->action_scroll, visible);
	console_state_set_int(self->state, WINDOW_LAYOUT_GROUP, "action-pane", visible);
}

void
console_window_reset_layout(ConsoleWindow *self)
{
	WindowLayout layout = layout_of(self);

	window_layout_reset(&layout);
	g_action_group_change_action_state(
	    G_ACTION_GROUP(self), "show-action-pane", g_variant_new_boolean(TRUE));
}

static void
save_layout(ConsoleWindow *self)
{
	WindowLayout layout = layout_of(self);

	if (self->laid_out)
		window_layout_save(&layout);
}

static gboolean
console_window_configure_event(GtkWidget *widget, GdkEventConfigure *event)
{
	gboolean handled =
	    GTK_WIDGET_CLASS(console_window_parent_class)->configure_event(widget, event);

	CONSOLE_WINDOW(widget)->laid_out = TRUE;
	save_layout(CONSOLE_WINDOW(widget));
	return handled;
}

/* What is typed into a field belongs to the field: no accelerator takes it away. An accelerator
 * acts on what is selected now, however fast the keys come. */
static gboolean
console_window_key_press_event(GtkWidget *widget, GdkEventKey *event)
{
	ConsoleWindow *self = CONSOLE_WINDOW(widget);
	GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(widget));

	if (self->selection_source) {
		g_source_remove(self->selection_source);
		on_selection_due(self);
	}
	if ((GTK_IS_EDITABLE(focus) || GTK_IS_TEXT_VIEW(focus)) &&
	    gtk_window_propagate_key_event(GTK_WINDOW(widget), event))
		return GDK_EVENT_STOP;
	return GTK_WIDGET_CLASS(console_window_parent_class)->key_press_event(widget, event);
}

/* ---- the object ---- */

static void
console_window_dispose(GObject *object)
{
	ConsoleWindow *self = CONSOLE_WINDOW(object);

	if (self->loader) {
		save_layout(self);
		g_clear_handle_id(&self->selection_source, g_source_remove);
		property_sheet_close_all();
		show_pane(self, NULL);
		g_clear_handle_id(&self->selection_source, g_source_remove);
		while (self->recent.head)
			drop_pane(self, self->recent.head->data);
		window_failures_stop(self->loader);
		snapin_loader_close(self->loader);
		g_signal_handlers_disconnect_by_data(self->loader, self);
		g_clear_object(&self->loader);
	}
	g_clear_object(&self->actions);
	g_clear_pointer(&self->accelerators, g_ptr_array_unref);
	g_clear_pointer(&self->prefix, g_free);
	G_OBJECT_CLASS(console_window_parent_class)->dispose(object);
}

static void
console_window_class_init(ConsoleWindowClass *class)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

	g_type_ensure(ERROR_TYPE_BAR);
	g_type_ensure(SCOPE_TYPE_TREE);
	g_type_ensure(STATUS_TYPE_PAGE);
	g_type_ensure(ACTION_TYPE_PANE);
	G_OBJECT_CLASS(class)->dispose = console_window_dispose;
	widget_class->configure_event = console_window_configure_event;
	widget_class->key_press_event = console_window_key_press_event;
	gtk_widget_class_set_template_from_resource(
	    widget_class, "/org/chatd/Console/ui/console-window.ui");
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, header);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, errors);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, left_paned);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, right_paned);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, tree);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, panes);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, empty_page);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, action_scroll);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, action_pane);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, actions_button);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, menu_button);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, status);
	gtk_widget_class_bind_template_child(widget_class, ConsoleWindow, context_menu);
	gtk_widget_class_bind_template_callback(widget_class, on_node_selected);
	gtk_widget_class_bind_template_callback(widget_class, on_tree_activated);
	gtk_widget_class_bind_template_callback(widget_class, on_tree_popup);
	gtk_widget_class_bind_template_callback(widget_class, on_actions_clicked);
}

static void
console_window_init(ConsoleWindow *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	g_queue_init(&self->recent);
	self->actions = action_set_new();
	action_pane_set_actions(self->action_pane, self->actions);
	atk_object_set_accessible_id(
	    gtk_widget_get_accessible(GTK_WIDGET(self->status)), "status-line");
	window_actions_add(self);
}

ConsoleWindow *
console_window_new(GtkApplication *application, SnapinLoader *loader, ConsoleState *state)
{
	ConsoleWindow *self = g_object_new(CONSOLE_TYPE_WINDOW, "application", application, NULL);
	WindowLayout layout;

	self->loader = g_object_ref(loader);
	self->state = state;
	layout = layout_of(self);
	g_action_group_change_action_state(G_ACTION_GROUP(self), "show-action-pane",
	    g_variant_new_boolean(window_layout_restore(&layout)));
	status_page_add_button(self->empty_page, _("_Snap-ins…"), "win.snapins", FALSE);
	if (snapin_loader_is_safe_mode(loader))
		status_page_add_button(
		    self->empty_page, _("_Load the Snap-ins"), "win.leave-safe-mode", TRUE);
	window_failures_watch(self, loader);
	snapin_loader_set_window(loader, self);
	show_pane(self, NULL);
	scope_tree_set_root(self->tree, snapin_loader_root(loader), state);
	gtk_widget_grab_focus(GTK_WIDGET(self->tree));
	return self;
}

SnapinLoader *
console_window_loader(ConsoleWindow *self)
{
	return self->loader;
}

ScopeTree *
console_window_tree(ConsoleWindow *self)
{
	return self->tree;
}

ActionSet *
console_window_actions(ConsoleWindow *self)
{
	return self->actions;
}

NodePane *
console_window_pane(ConsoleWindow *self)
{
	return self->pane;
}

ErrorBar *
console_window_errors(ConsoleWindow *self)
{
	return self->errors;
}
