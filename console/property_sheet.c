/* SPDX-License-Identifier: MIT */
#include "property_sheet.h"

#include <glib/gi18n.h>

struct _PropertySheet {
	GtkDialog parent_instance;
	GtkNotebook *notebook;
	GtkSpinner *spinner;
	SnapinNode *node;
	char *object;
	GPtrArray *pages;          /* SnapinPage * */
	guint next;                /* the page to apply next */
	GCancellable *cancellable; /* while applying */
	gboolean close_after;
	gboolean closing;
};

G_DEFINE_FINAL_TYPE(PropertySheet, property_sheet, GTK_TYPE_DIALOG)

static void
update_buttons(PropertySheet *self)
{
	gboolean dirty = FALSE, problem = FALSE, busy = self->cancellable != NULL;

	for (guint i = 0; i < self->pages->len; i++) {
		dirty |= property_page_is_dirty(self->pages->pdata[i]);
		problem |= property_page_has_problem(self->pages->pdata[i]);
	}
	gtk_dialog_set_response_sensitive(
	    GTK_DIALOG(self), GTK_RESPONSE_APPLY, dirty && !problem && !busy);
	gtk_dialog_set_response_sensitive(GTK_DIALOG(self), GTK_RESPONSE_OK, !problem && !busy);
}

static void
on_page_changed(SnapinPage *page, gpointer user_data)
{
	PropertySheet *self = user_data;

	if (!self->closing)
		update_buttons(self);
}

static void
set_busy(PropertySheet *self, gboolean busy)
{
	if (busy)
		gtk_spinner_start(self->spinner);
	else
		gtk_spinner_stop(self->spinner);
	for (guint i = 0; i < self->pages->len; i++)
		property_page_set_busy(self->pages->pdata[i], busy);
	update_buttons(self);
}

static void apply_next(PropertySheet *self);

static void
stop(PropertySheet *self)
{
	g_clear_object(&self->cancellable);
	if (!self->closing)
		set_busy(self, FALSE);
}

static void
on_page_applied(SnapinPage *page, const GError *error, gpointer user_data)
{
	g_autoptr(PropertySheet) self = user_data;

	if (self->closing) {
		stop(self);
		gtk_widget_destroy(GTK_WIDGET(self));
		return;
	}
	if (error) {
		property_page_show_error(page, error->message);
		gtk_notebook_set_current_page(self->notebook, (int)self->next);
		stop(self);
		return;
	}
	property_page_show_error(page, NULL);
	self->next++;
	apply_next(self);
}

static void
apply_next(PropertySheet *self)
{
	while (self->next < self->pages->len &&
	       !property_page_is_dirty(self->pages->pdata[self->next]))
		self->next++;
	if (self->next < self->pages->len) {
		property_page_apply(self->pages->pdata[self->next], self->cancellable,
		    on_page_applied, g_object_ref(self));
		return;
	}
	stop(self);
	if (self->close_after)
		gtk_widget_destroy(GTK_WIDGET(self));
}

static void
apply(PropertySheet *self, gboolean close_after)
{
	if (self->cancellable)
		return;
	self->cancellable = g_cancellable_new();
	self->close_after = close_after;
	self->next = 0;
	set_busy(self, TRUE);
	apply_next(self);
}

static void
property_sheet_response(GtkDialog *dialog, int response)
{
	PropertySheet *self = PROPERTY_SHEET(dialog);

	if (response == GTK_RESPONSE_APPLY || response == GTK_RESPONSE_OK) {
		apply(self, response == GTK_RESPONSE_OK);
		return;
	}
	if (self->cancellable) {
		/* What is under way answers to the cancellable; the window goes when it did. */
		self->closing = TRUE;
		g_cancellable_cancel(self->cancellable);
		gtk_widget_hide(GTK_WIDGET(self));
		return;
	}
	gtk_widget_destroy(GTK_WIDGET(self));
}

static gboolean
property_sheet_delete_event(GtkWidget *widget, GdkEventAny *event)
{
	gtk_dialog_response(GTK_DIALOG(widget), GTK_RESPONSE_CANCEL);
	return GDK_EVENT_STOP;
}

static void
property_sheet_dispose(GObject *object)
{
	PropertySheet *self = PROPERTY_SHEET(object);

	self->closing = TRUE;
	if (self->cancellable)
		g_cancellable_cancel(self->cancellable);
	G_OBJECT_CLASS(property_sheet_parent_class)->dispose(object);
	/* The widgets are gone before the data that their handlers use. */
	for (guint i = 0; self->pages && i < self->pages->len; i++)
		property_page_close(self->pages->pdata[i]);
	g_clear_pointer(&self->pages, g_ptr_array_unref);
	g_clear_object(&self->node);
	g_clear_pointer(&self->object, g_free);
}

static void
property_sheet_class_init(PropertySheetClass *class)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = property_sheet_dispose;
	widget_class->delete_event = property_sheet_delete_event;
	GTK_DIALOG_CLASS(class)->response = property_sheet_response;
	gtk_widget_class_set_template_from_resource(
	    widget_class, "/org/chatd/Console/ui/property-sheet.ui");
	gtk_widget_class_bind_template_child(widget_class, PropertySheet, notebook);
	gtk_widget_class_bind_template_child(widget_class, PropertySheet, spinner);
}

static void
property_sheet_init(PropertySheet *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
	self->pages = g_ptr_array_new_with_free_func((GDestroyNotify)property_page_unref);
}

GtkWidget *
property_sheet_new(GtkWindow *parent, SnapinNode *node, const char *object,
    const SnapinPageSpec *pages, guint n_pages)
{
	PropertySheet *self = g_object_new(PROPERTY_TYPE_SHEET, "transient-for", parent,
	    "destroy-with-parent", TRUE, "use-header-bar", 0, NULL);
	g_autofree char *title = g_strdup_printf(_("%s Properties"), object);
	const char *next = (const char *)pages;

	self->node = g_object_ref(node);
	self->object = g_strdup(object);
	gtk_window_set_title(GTK_WINDOW(self), title);
	for (guint i = 0; i < MIN(n_pages, PROPERTY_SHEET_MAX_PAGES); i++) {
		const SnapinPageSpec *spec = (const SnapinPageSpec *)next;
		SnapinPage *page =
		    property_page_new(scope_node_owner(node), spec, on_page_changed, self);

		g_ptr_array_add(self->pages, page);
		property_page_add_to(page, self->notebook);
		next += pages->size;
	}
	gtk_notebook_set_current_page(self->notebook, 0);
	update_buttons(self);
	return GTK_WIDGET(self);
}

PropertySheet *
property_sheet_find(SnapinNode *node, const char *object)
{
	g_autoptr(GList) windows = gtk_window_list_toplevels();

	for (GList *l = windows; l; l = l->next) {
		PropertySheet *self = PROPERTY_IS_SHEET(l->data) ? l->data : NULL;

		if (self && self->node == node && !self->closing &&
		    g_strcmp0(self->object, object) == 0)
			return self;
	}
	return NULL;
}

void
property_sheet_close_all(void)
{
	g_autoptr(GList) windows = gtk_window_list_toplevels();

	/* One may take others with it. */
	g_list_foreach(windows, (GFunc)G_CALLBACK(g_object_ref), NULL);
	for (GList *l = windows; l; l = l->next) {
		if (PROPERTY_IS_SHEET(l->data))
			gtk_widget_destroy(l->data);
		g_object_unref(l->data);
	}
}

void
property_sheet_discard(SnapinNode *node, const SnapinPageSpec *pages, guint n_pages)
{
	const char *next = (const char *)pages;

	for (guint i = 0; i < n_pages; i++) {
		g_autoptr(SnapinPage) page = property_page_new(
		    scope_node_owner(node), (const SnapinPageSpec *)next, NULL, NULL);

		property_page_close(page);
		next += pages->size;
	}
}
