/* SPDX-License-Identifier: MIT */
#include "action_pane.h"

#include "action_menu.h"

#include <glib/gi18n.h>

#define INDEX_KEY "action-index"

struct _ActionPane {
	GtkBox parent_instance;
	ActionSet *set;
	SnapinNode *shown;  /* whose buttons these are; compared only */
	GPtrArray *buttons; /* GtkWidget *, one per action, in the table's order */
	GtkWidget *title;
	GtkWidget *rows_title;
};

G_DEFINE_FINAL_TYPE(ActionPane, action_pane, GTK_TYPE_BOX)

static GtkWidget *
add_title(ActionPane *self, const char *text)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_widget_set_margin_start(label, 6);
	gtk_widget_set_margin_top(label, 6);
	gtk_style_context_add_class(gtk_widget_get_style_context(label), "heading");
	gtk_style_context_add_class(gtk_widget_get_style_context(label), "action-title");
	gtk_container_add(GTK_CONTAINER(self), label);
	return label;
}

static gboolean
on_button_press(GtkWidget *button, GdkEventButton *event, ActionPane *self)
{
	guint index = GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(button), INDEX_KEY));
	g_autofree char *command = NULL;
	GtkWidget *menu;

	if (!gdk_event_triggers_context_menu((GdkEvent *)event) ||
	    index >= action_set_count(self->set))
		return GDK_EVENT_PROPAGATE;
	command = action_set_command(self->set, index);
	if (!command)
		return GDK_EVENT_PROPAGATE;
	menu = action_menu_new(self->set, NULL);
	action_menu_popup(menu, button, (GdkEvent *)event);
	return GDK_EVENT_STOP;
}

static GtkWidget *
action_button(ActionPane *self, guint index)
{
	const SnapinAction *action = action_set_get(self->set, index);
	GtkWidget *button = gtk_button_new();
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *image = gtk_image_new_from_icon_name(
	    action->icon_name ? action->icon_name : "system-run-symbolic", GTK_ICON_SIZE_BUTTON);
	GtkWidget *label = gtk_label_new_with_mnemonic(action->label);
	g_autofree char *name =
	    g_strdup_printf("%s.%s", action_set_prefix(self->set), action->name);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_label_set_mnemonic_widget(GTK_LABEL(label), button);
	gtk_container_add(GTK_CONTAINER(box), image);
	gtk_box_pack_start(GTK_BOX(box), label, TRUE, TRUE, 0);
	gtk_container_add(GTK_CONTAINER(button), box);
	gtk_button_set_relief(GTK_BUTTON(button), GTK_RELIEF_NONE);
	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), name);
	if (action->danger)
		gtk_style_context_add_class(
		    gtk_widget_get_style_context(button), GTK_STYLE_CLASS_DESTRUCTIVE_ACTION);
	g_object_set_data(G_OBJECT(button), INDEX_KEY, GUINT_TO_POINTER(index));
	g_signal_connect_object(button, "button-press-event", G_CALLBACK(on_button_press), self, 0);
	atk_object_set_accessible_id(gtk_widget_get_accessible(button), name);
	return button;
}

static guint
add_buttons(ActionPane *self, gboolean on_rows, gboolean danger)
{
	guint added = 0;

	for (guint i = 0; i < action_set_count(self->set); i++) {
		const SnapinAction *action = action_set_get(self->set, i);

		if ((action->on != SNAPIN_ON_NODE) != on_rows || !action->danger != !danger)
			continue;
		self->buttons->pdata[i] = action_button(self, i);
		gtk_container_add(GTK_CONTAINER(self), self->buttons->pdata[i]);
		added++;
	}
	return added;
}

static gboolean
has_actions(ActionPane *self, gboolean on_rows)
{
	for (guint i = 0; i < action_set_count(self->set); i++)
		if ((action_set_get(self->set, i)->on != SNAPIN_ON_NODE) == on_rows)
			return TRUE;
	return FALSE;
}

static void
build(ActionPane *self)
{
	SnapinNode *node = action_set_node(self->set);
	g_autoptr(GList) old = gtk_container_get_children(GTK_CONTAINER(self));

	for (GList *l = old; l; l = l->next)
		gtk_widget_destroy(l->data);
	g_ptr_array_set_size(self->buttons, 0);
	self->title = NULL;
	self->rows_title = NULL;
	self->shown = node;
	if (!node)
		return;
	g_ptr_array_set_size(self->buttons, (int)action_set_count(self->set));
	self->title = add_title(self, scope_node_title(node));
	add_buttons(self, FALSE, FALSE);
	add_buttons(self, FALSE, TRUE);
	if (has_actions(self, TRUE)) {
		if (has_actions(self, FALSE))
			gtk_container_add(
			    GTK_CONTAINER(self), gtk_separator_new(GTK_ORIENTATION_HORIZONTAL));
		self->rows_title = add_title(self, "");
		add_buttons(self, TRUE, FALSE);
		add_buttons(self, TRUE, TRUE);
	}
	if (action_set_count(self->set) == 0) {
		GtkWidget *none = gtk_label_new(_("No actions here"));

		gtk_widget_set_margin_top(none, 12);
		gtk_style_context_add_class(
		    gtk_widget_get_style_context(none), GTK_STYLE_CLASS_DIM_LABEL);
		gtk_container_add(GTK_CONTAINER(self), none);
	}
	gtk_widget_show_all(GTK_WIDGET(self));
}

static void
on_changed(ActionSet *set, ActionPane *self)
{
	guint selected = action_set_n_selected(set);

	if (action_set_node(set) != self->shown || self->buttons->len != action_set_count(set))
		build(self);
	for (guint i = 0; i < self->buttons->len; i++) {
		const char *reason = action_set_reason(set, i);
		const char *tooltip = action_set_get(set, i)->tooltip;

		gtk_widget_set_tooltip_text(self->buttons->pdata[i], reason ? reason : tooltip);
	}
	if (self->rows_title) {
		g_autofree char *title =
		    selected
			? g_strdup_printf(
			      g_dngettext(NULL, "%'u selected", "%'u selected", selected), selected)
			: g_strdup(_("Nothing selected"));

		gtk_label_set_text(GTK_LABEL(self->rows_title), title);
	}
}

void
action_pane_renamed(ActionPane *self)
{
	if (self->title && self->shown == action_set_node(self->set))
		gtk_label_set_text(GTK_LABEL(self->title), scope_node_title(self->shown));
}

void
action_pane_set_actions(ActionPane *self, ActionSet *set)
{
	g_set_object(&self->set, set);
	g_signal_connect_object(set, "changed", G_CALLBACK(on_changed), self, 0);
}

static void
action_pane_dispose(GObject *object)
{
	ActionPane *self = ACTION_PANE(object);

	if (self->set)
		g_signal_handlers_disconnect_by_data(self->set, self);
	g_clear_object(&self->set);
	g_clear_pointer(&self->buttons, g_ptr_array_unref);
	G_OBJECT_CLASS(action_pane_parent_class)->dispose(object);
}

static void
action_pane_class_init(ActionPaneClass *class)
{
	G_OBJECT_CLASS(class)->dispose = action_pane_dispose;
}

static void
action_pane_init(ActionPane *self)
{
	gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
	gtk_box_set_spacing(GTK_BOX(self), 2);
	gtk_container_set_border_width(GTK_CONTAINER(self), 6);
	self->buttons = g_ptr_array_new();
	atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(self)), _("Actions"));
	atk_object_set_accessible_id(gtk_widget_get_accessible(GTK_WIDGET(self)), "action-pane");
}
