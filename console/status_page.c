/* SPDX-License-Identifier: MIT */
#include "status_page.h"

struct _StatusPage {
	GtkScrolledWindow parent_instance;
	GtkImage *image;
	GtkLabel *title;
	GtkLabel *text;
	GtkBox *buttons;
	GtkBox *box;
};

G_DEFINE_FINAL_TYPE(StatusPage, status_page, GTK_TYPE_SCROLLED_WINDOW)

static void
status_page_class_init(StatusPageClass *class)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

	gtk_widget_class_set_template_from_resource(
	    widget_class, "/org/chatd/Console/ui/status-page.ui");
	gtk_widget_class_bind_template_child(widget_class, StatusPage, image);
	gtk_widget_class_bind_template_child(widget_class, StatusPage, title);
	gtk_widget_class_bind_template_child(widget_class, StatusPage, text);
	gtk_widget_class_bind_template_child(widget_class, StatusPage, buttons);
	gtk_widget_class_bind_template_child(widget_class, StatusPage, box);
}

static void
status_page_init(StatusPage *self)
{
	gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
status_page_new(const char *icon_name, const char *title, const char *text)
{
	StatusPage *self = g_object_new(STATUS_TYPE_PAGE, NULL);

	status_page_set(self, icon_name, title, text);
	return GTK_WIDGET(self);
}

void
status_page_set(StatusPage *self, const char *icon_name, const char *title, const char *text)
{
	gtk_image_set_from_icon_name(self->image, icon_name, GTK_ICON_SIZE_DIALOG);
	gtk_label_set_text(self->title, title);
	gtk_label_set_text(self->text, text ? text : "");
	gtk_widget_set_visible(GTK_WIDGET(self->text), text && *text);
}

GtkWidget *
status_page_add_button(StatusPage *self, const char *label, const char *action, gboolean suggested)
{
	GtkWidget *button = gtk_button_new_with_mnemonic(label);

	gtk_actionable_set_detailed_action_name(GTK_ACTIONABLE(button), action);
	if (suggested)
		gtk_style_context_add_class(
		    gtk_widget_get_style_context(button), GTK_STYLE_CLASS_SUGGESTED_ACTION);
	gtk_container_add(GTK_CONTAINER(self->buttons), button);
	gtk_widget_show(button);
	gtk_widget_show(GTK_WIDGET(self->buttons));
	return button;
}

void
status_page_add_widget(StatusPage *self, GtkWidget *widget)
{
	gtk_container_add(GTK_CONTAINER(self->box), widget);
}
