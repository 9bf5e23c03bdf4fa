/* SPDX-License-Identifier: MIT */
#include "snapins_window.h"

#include <glib/gi18n.h>

#define KEY "snapins-window"

enum {
	COLUMN_ID,
	COLUMN_ICON,
	COLUMN_NAME,
	COLUMN_STATE,
	COLUMN_VERSION,
	COLUMN_ABI,
	COLUMN_PATH,
	COLUMN_REASON,
};

struct _SnapinsWindow {
	GtkWindow parent_instance;
	GtkListStore *store;
	GtkTreeView *view;
	GtkTreeSelection *selection;
	GtkLabel *reason;
	GtkLabel *folders;
	GtkWidget *copy;
	GtkWidget *retry;
	GtkWidget *enable;
	GtkWidget *disable;
	SnapinLoader *loader;
};

G_DEFINE_FINAL_TYPE(SnapinsWindow, snapins_window, GTK_TYPE_WINDOW)

static SnapinInstance *
selected(SnapinsWindow *self)
{
	GtkTreeIter iter;
	g_autofree char *id = NULL;

	if (!gtk_tree_selection_get_selected(self->selection, NULL, &iter))
		return NULL;
	gtk_tree_model_get(GTK_TREE_MODEL(self->store), &iter, COLUMN_ID, &id, -1);
	return snapin_loader_find(self->loader, id);
}

static void
on_selection_changed(SnapinsWindow *self)
{
	SnapinInstance *instance = self->loader ? selected(self) : NULL;
	g_autofree char *reason = instance ? snapin_instance_reason(instance) : NULL;
	GtkWidget *buttons[] = {self->copy, self->retry, self->enable, self->disable};
	gboolean off = instance && instance->status == SNAPIN_STATUS_DISABLED;
	gboolean failed = instance && (instance->status == SNAPIN_STATUS_FAILED ||
					  instance->status == SNAPIN_STATUS_ABSENT);

	gtk_label_set_text(self->reason, reason ? reason : "");
	gtk_widget_set_visible(GTK_WIDGET(self->reason), reason && *reason);
	for (gsize i = 0; instance && i < G_N_ELEMENTS(buttons); i++)
		gtk_actionable_set_action_target(GTK_ACTIONABLE(buttons[i]), "s", instance->id);
	gtk_widget_set_visible(
	    self->enable, off || (instance && instance->status == SNAPIN_STATUS_QUARANTINED));
	gtk_widget_set_visible(
	    self->disable, instance && !off && instance->status != SNAPIN_STATUS_ABSENT);
	gtk_widget_set_visible(self->retry, failed);
	gtk_widget_set_visible(self->copy, instance && instance->report);
}

static void
fill_row(SnapinsWindow *self, GtkTreeIter *iter, const SnapinInstance *instance)
{
	g_autofree char *abi = snapin_instance_abi(instance);
	g_autofree char *reason = snapin_instance_reason(instance);

	gtk_list_store_set(self->store, iter, COLUMN_ID, instance->id, COLUMN_ICON,
	    snapin_status_icon(instance->status), COLUMN_NAME, snapin_instance_title(instance),
	    COLUMN_STATE, snapin_status_title(instance->status), COLUMN_VERSION,
	    snapin_instance_version(instance), COLUMN_ABI, abi, COLUMN_PATH,
	    snapin_instance_path(instance), COLUMN_REASON, reason, -1);
}

static void
on_changed(SnapinLoader *loader, SnapinInstance *instance, SnapinsWindow *self)
{
	GtkTreeModel *model = GTK_TREE_MODEL(self->store);
	GtkTreeIter iter;
	gboolean more = gtk_tree_model_get_iter_first(model, &iter);

	for (; more; more = gtk_tree_model_iter_next(model, &iter)) {
		g_autofree char *id = NULL;

		gtk_tree_model_get(model, &iter, COLUMN_ID, &id, -1);
		if (g_str_equal(id, instance->id))
			break;
	}
	if (!more)
		gtk_list_store_append(self->store, &iter);
	fill_row(self, &iter, instance);
	on_selection_changed(self);
}

static gboolean
on_key_press(GtkWidget *widget, GdkEventKey *event)
{
	if (event->keyval != GDK_KEY_Escape)
		return GDK_EVENT_PROPAGATE;
	gtk_widget_destroy(widget);
	return GDK_EVENT_STOP;
}

static void
snapins_window_class_init(SnapinsWindowClass *class)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

	gtk_widget_class_set_template_from_resource(
	    widget_class, "/org/chatd/Console/ui/snapins-window.ui");
	gtk_widget_class_bind_template_child(widget_class, SnapinsWindow, store);
	gtk_widget_class_bind_template_child(widget_class, SnapinsWindow, view);
	gtk_widget_class_bind_template_child(widget_class, SnapinsWindow, selection);
	gtk_widget_class_bind_template_child(widget_class, SnapinsWindow, reason);
	gtk_widget_class_bind_template_child(widget_class, SnapinsWindow, folders);
	gtk_widget_class_bind_template_child(widget_class, SnapinsWindow, copy);
	gtk_widget_class_bind_template_child(widget_class, SnapinsWindow, retry);
	gtk_widget_class_bind_template_child(widget_class, SnapinsWindow, enable);
	gtk_widget_class_bind_template_child(widget_class, SnapinsWindow, disable);
	gtk_widget_class_bind_template_callback(widget_class, on_selection_changed);
	gtk_widget_class_bind_template_callback(widget_class, on_key_press);
}

static void
snapins_window_init(SnapinsWindow *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	atk_object_set_accessible_id(
	    gtk_widget_get_accessible(GTK_WIDGET(self->view)), "snapins-table");
	atk_object_set_accessible_id(
	    gtk_widget_get_accessible(GTK_WIDGET(self->reason)), "snapins-reason");
}

static void
show_folders(SnapinsWindow *self)
{
	const SnapinPath *path = snapin_loader_path(self->loader);
	g_autoptr(GString) text = g_string_new(_("Looked in:"));

	for (guint i = 0; i < path->folders->len; i++)
		g_string_append_printf(text, " %s", (const char *)path->folders->pdata[i]);
	for (guint i = 0; i < path->notices->len; i++)
		g_string_append_printf(text, "\n%s", (const char *)path->notices->pdata[i]);
	gtk_label_set_text(self->folders, text->str);
}

static void
on_destroyed(GtkWidget *widget, GtkWindow *parent)
{
	g_object_set_data(G_OBJECT(parent), KEY, NULL);
}

void
snapins_window_present(GtkWindow *parent, SnapinLoader *loader)
{
	SnapinsWindow *self = g_object_get_data(G_OBJECT(parent), KEY);
	GtkTreeIter first;

	if (self) {
		gtk_window_present(GTK_WINDOW(self));
		return;
	}
	self = g_object_new(SNAPINS_TYPE_WINDOW, "transient-for", parent, "application",
	    gtk_window_get_application(parent), NULL);
	g_object_set_data(G_OBJECT(parent), KEY, self);
	g_signal_connect_object(self, "destroy", G_CALLBACK(on_destroyed), parent, 0);
	self->loader = loader;
	gtk_actionable_set_detailed_action_name(
	    GTK_ACTIONABLE(self->copy), "win.copy-snapin-report::");
	gtk_actionable_set_detailed_action_name(GTK_ACTIONABLE(self->retry), "win.retry-snapin::");
	gtk_actionable_set_detailed_action_name(
	    GTK_ACTIONABLE(self->enable), "win.enable-snapin::");
	gtk_actionable_set_detailed_action_name(
	    GTK_ACTIONABLE(self->disable), "win.disable-snapin::");
	gtk_widget_insert_action_group(GTK_WIDGET(self), "win", G_ACTION_GROUP(parent));
	for (guint i = 0; i < snapin_loader_count(loader); i++)
		on_changed(loader, snapin_loader_get(loader, i), self);
	g_signal_connect_object(loader, "changed", G_CALLBACK(on_changed), self, 0);
	show_folders(self);
	if (gtk_tree_model_get_iter_first(GTK_TREE_MODEL(self->store), &first))
		gtk_tree_selection_select_iter(self->selection, &first);
	gtk_window_present(GTK_WINDOW(self));
}
