/* SPDX-License-Identifier: MIT */
#include "property_page.h"

#include <glib/gi18n.h>
#include <string.h>

struct SnapinPage {
	int references;
	const ScopeOwner *owner;
	SnapinPageSpec spec;
	PropertyPageChanged changed;
	gpointer user_data;
	GtkWidget *content;
	GtkWidget *mark;
	GtkInfoBar *bar;
	GtkLabel *bar_text;
	char *problem;
	gboolean dirty;
	gboolean closed;
	gboolean applying; /* the snap-in still works with its data */
};

/* An apply under way. */
typedef struct Applying {
	SnapinPage *page;
	PropertyPageApplied applied;
	gpointer user_data;
} Applying;

SnapinPage *
property_page_new(const ScopeOwner *owner, const SnapinPageSpec *spec, PropertyPageChanged changed,
    gpointer user_data)
{
	SnapinPage *page = g_new0(SnapinPage, 1);

	page->references = 1;
	page->owner = owner;
	memcpy(&page->spec, spec, MIN(spec->size, sizeof page->spec));
	page->changed = changed;
	page->user_data = user_data;
	return page;
}

SnapinPage *
property_page_ref(SnapinPage *page)
{
	page->references++;
	return page;
}

void
property_page_unref(SnapinPage *page)
{
	if (!page || --page->references > 0)
		return;
	property_page_close(page);
	g_free(page->problem);
	g_free(page);
}

static void
release_data(SnapinPage *page)
{
	if (!page->spec.free_data || !page->spec.data)
		return;
	g_auto(SnapinCall) call =
	    snapin_call_begin(page->owner->guard, page->owner->id, "page free_data");
	page->spec.free_data(g_steal_pointer(&page->spec.data));
}

void
property_page_close(SnapinPage *page)
{
	page->closed = TRUE;
	if (!page->applying)
		release_data(page);
}

static GtkWidget *
make_bar(SnapinPage *page)
{
	GtkWidget *bar = gtk_info_bar_new();
	GtkWidget *label = gtk_label_new(NULL);

	page->bar = GTK_INFO_BAR(bar);
	page->bar_text = GTK_LABEL(label);
	gtk_label_set_line_wrap(page->bar_text, TRUE);
	gtk_label_set_xalign(page->bar_text, 0);
	gtk_label_set_selectable(page->bar_text, TRUE);
	gtk_widget_set_can_focus(label, FALSE);
	gtk_box_pack_start(GTK_BOX(gtk_info_bar_get_content_area(page->bar)), label, TRUE, TRUE, 0);
	gtk_widget_show(label);
	gtk_widget_set_no_show_all(bar, TRUE);
	atk_object_set_role(gtk_widget_get_accessible(bar), ATK_ROLE_ALERT);
	return bar;
}

static GtkWidget *
make_tab(SnapinPage *page)
{
	GtkWidget *tab = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);

	page->mark = gtk_image_new_from_icon_name("document-edit-symbolic", GTK_ICON_SIZE_MENU);
	gtk_widget_set_tooltip_text(page->mark, _("Changed, not yet applied"));
	gtk_widget_set_no_show_all(page->mark, TRUE);
	gtk_container_add(GTK_CONTAINER(tab), gtk_label_new(page->spec.title));
	gtk_container_add(GTK_CONTAINER(tab), page->mark);
	gtk_widget_show_all(tab);
	return tab;
}

void
property_page_add_to(SnapinPage *page, GtkNotebook *notebook)
{
	GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
	GtkWidget *tab = make_tab(page);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	GtkWidget *widget;

	gtk_container_add(GTK_CONTAINER(box), make_bar(page));
	gtk_box_pack_start(GTK_BOX(box), scrolled, TRUE, TRUE, 0);
	gtk_scrolled_window_set_policy(
	    GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
	gtk_widget_show_all(box);
	gtk_notebook_append_page(notebook, box, tab);
	g_auto(SnapinCall) call =
	    snapin_call_begin(page->owner->guard, page->owner->id, "page create");
	widget = page->spec.create(page, page->spec.data);
	page->content = widget ? widget : gtk_label_new(NULL);
	gtk_container_add(GTK_CONTAINER(scrolled), page->content);
	gtk_widget_show(page->content);
}

gboolean
property_page_is_dirty(const SnapinPage *page)
{
	return page->dirty;
}

gboolean
property_page_has_problem(const SnapinPage *page)
{
	return page->problem != NULL;
}

static void
show_in_bar(SnapinPage *page, GtkMessageType type, const char *sentence)
{
	if (page->closed)
		return;
	gtk_label_set_text(page->bar_text, sentence ? sentence : "");
	gtk_info_bar_set_message_type(page->bar, type);
	gtk_widget_set_visible(GTK_WIDGET(page->bar), sentence != NULL);
	if (sentence)
		atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(page->bar)), sentence);
}

void
property_page_show_error(SnapinPage *page, const char *sentence)
{
	show_in_bar(page, GTK_MESSAGE_ERROR, sentence);
}

void
property_page_set_busy(SnapinPage *page, gboolean busy)
{
	if (!page->closed)
		gtk_widget_set_sensitive(page->content, !busy);
}

void
property_page_set_dirty(SnapinPage *page, gboolean dirty)
{
	if (page->closed || !page->mark || page->dirty == dirty)
		return;
	page->dirty = dirty;
	gtk_widget_set_visible(page->mark, dirty);
	page->changed(page, page->user_data);
}

void
property_page_set_problem(SnapinPage *page, const char *reason)
{
	if (page->closed || !page->bar || g_strcmp0(page->problem, reason) == 0)
		return;
	g_free(page->problem);
	page->problem = g_strdup(reason);
	show_in_bar(page, GTK_MESSAGE_WARNING, reason);
	page->changed(page, page->user_data);
}

static void
on_applied(GObject *source, GAsyncResult *result, gpointer user_data)
{
	Applying *applying = user_data;
	SnapinPage *page = applying->page;
	g_autoptr(GError) error = NULL;

	{
		g_auto(SnapinCall) call =
		    snapin_call_begin(page->owner->guard, page->owner->id, "apply_finish");
		if (!page->spec.apply_finish(page, page->spec.data, result, &error) && !error)
			g_set_error_literal(&error, G_IO_ERROR, G_IO_ERROR_FAILED,
			    _("It was not applied; no reason was given."));
	}
	page->applying = FALSE;
	if (page->closed)
		release_data(page);
	else if (!error)
		property_page_set_dirty(page, FALSE);
	applying->applied(page, error, applying->user_data);
	property_page_unref(page);
	g_free(applying);
}

void
property_page_apply(
    SnapinPage *page, GCancellable *cancellable, PropertyPageApplied applied, gpointer user_data)
{
	Applying *applying = g_new0(Applying, 1);

	applying->page = property_page_ref(page);
	applying->applied = applied;
	applying->user_data = user_data;
	page->applying = TRUE;
	g_auto(SnapinCall) call =
	    snapin_call_begin(page->owner->guard, page->owner->id, "apply_async");
	page->spec.apply_async(page, page->spec.data, cancellable, on_applied, applying);
}
