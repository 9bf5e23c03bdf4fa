/* SPDX-License-Identifier: MIT */
#include "action_menu.h"

#include <glib/gi18n.h>

#define INDEX_KEY "action-index"

static void
add_accelerator_label(GtkWidget *item, const char *accelerator)
{
	GtkWidget *label = gtk_bin_get_child(GTK_BIN(item));
	guint key = 0;
	GdkModifierType modifiers = 0;

	if (!accelerator)
		return;
	gtk_accelerator_parse(accelerator, &key, &modifiers);
	if (key && GTK_IS_ACCEL_LABEL(label))
		gtk_accel_label_set_accel(GTK_ACCEL_LABEL(label), key, modifiers);
}

static GtkWidget *
action_item(ActionSet *set, guint index)
{
	const SnapinAction *action = action_set_get(set, index);
	GtkWidget *item = gtk_menu_item_new_with_mnemonic(action->label);
	g_autofree char *name = g_strdup_printf("%s.%s", action_set_prefix(set), action->name);
	const char *reason = action_set_reason(set, index);

	gtk_actionable_set_action_name(GTK_ACTIONABLE(item), name);
	gtk_widget_set_tooltip_text(item, reason ? reason : action->tooltip);
	add_accelerator_label(item, action->accelerator);
	return item;
}

void
action_menu_copy_command(ActionSet *set, guint index, GtkWidget *widget)
{
	g_autofree char *command = action_set_command(set, index);

	if (command)
		gtk_clipboard_set_text(
		    gtk_widget_get_clipboard(widget, GDK_SELECTION_CLIPBOARD), command, -1);
}

static void
on_copy_command(GtkMenuItem *item, ActionSet *set)
{
	guint index = GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(item), INDEX_KEY));

	if (index < action_set_count(set))
		action_menu_copy_command(set, index, GTK_WIDGET(item));
}

static void
append_separator(GtkWidget *menu)
{
	g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(menu));
	GList *last = g_list_last(children);

	if (last && !GTK_IS_SEPARATOR_MENU_ITEM(last->data))
		gtk_menu_shell_append(GTK_MENU_SHELL(menu), gtk_separator_menu_item_new());
}

static void
append_actions(GtkWidget *menu, ActionSet *set, gboolean on_rows, gboolean danger)
{
	append_separator(menu);
	for (guint i = 0; i < action_set_count(set); i++) {
		const SnapinAction *action = action_set_get(set, i);

		if ((action->on != SNAPIN_ON_NODE) == on_rows && !action->danger == !danger)
			gtk_menu_shell_append(GTK_MENU_SHELL(menu), action_item(set, i));
	}
}

static void
append_commands(GtkWidget *menu, ActionSet *set)
{
	GtkWidget *item = gtk_menu_item_new_with_mnemonic(_("Copy as Co_mmand"));
	GtkWidget *commands = gtk_menu_new();
	guint n = 0;

	for (guint i = 0; i < action_set_count(set); i++) {
		const SnapinAction *action = action_set_get(set, i);
		g_autofree char *command =
		    action_set_reason(set, i) ? NULL : action_set_command(set, i);
		GtkWidget *child;

		if (!command)
			continue;
		child = gtk_menu_item_new_with_mnemonic(action->label);
		gtk_widget_set_tooltip_text(child, command);
		g_object_set_data(G_OBJECT(child), INDEX_KEY, GUINT_TO_POINTER(i));
		g_signal_connect_object(child, "activate", G_CALLBACK(on_copy_command), set, 0);
		gtk_menu_shell_append(GTK_MENU_SHELL(commands), child);
		n++;
	}
	gtk_menu_item_set_submenu(GTK_MENU_ITEM(item), commands);
	gtk_widget_set_sensitive(item, n > 0);
	append_separator(menu);
	gtk_menu_shell_append(GTK_MENU_SHELL(menu), item);
}

static void
append_standard(GtkWidget *menu, GMenuModel *standard)
{
	append_separator(menu);
	for (int i = 0; i < g_menu_model_get_n_items(standard); i++) {
		g_autofree char *label = NULL;
		g_autofree char *action = NULL;
		g_autofree char *accelerator = NULL;
		GtkWidget *item;

		g_menu_model_get_item_attribute(standard, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
		g_menu_model_get_item_attribute(standard, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
		g_menu_model_get_item_attribute(standard, i, "accel", "s", &accelerator);
		item = gtk_menu_item_new_with_mnemonic(label);
		gtk_actionable_set_action_name(GTK_ACTIONABLE(item), action);
		add_accelerator_label(item, accelerator);
		gtk_menu_shell_append(GTK_MENU_SHELL(menu), item);
	}
}

GtkWidget *
action_menu_new(ActionSet *set, GMenuModel *standard)
{
	GtkWidget *menu = gtk_menu_new();

	if (action_set_prefix(set)) {
		append_actions(menu, set, TRUE, FALSE);
		append_actions(menu, set, TRUE, TRUE);
		append_actions(menu, set, FALSE, FALSE);
		append_actions(menu, set, FALSE, TRUE);
		if (action_set_count(set) > 0 && scope_node_spec(action_set_node(set))->command)
			append_commands(menu, set);
	}
	if (standard)
		append_standard(menu, standard);
	gtk_widget_show_all(menu);
	return menu;
}

static gboolean
destroy_later(gpointer menu)
{
	gtk_widget_destroy(menu);
	return G_SOURCE_REMOVE;
}

/* The item's own activation comes after the menu closed. */
static void
on_closed(GtkWidget *menu)
{
	g_idle_add_full(G_PRIORITY_LOW, destroy_later, g_object_ref(menu), g_object_unref);
}

void
action_menu_popup(GtkWidget *menu, GtkWidget *widget, const GdkEvent *event)
{
	gtk_menu_attach_to_widget(GTK_MENU(menu), widget, NULL);
	g_signal_connect(menu, "selection-done", G_CALLBACK(on_closed), NULL);
	if (event)
		gtk_menu_popup_at_pointer(GTK_MENU(menu), event);
	else
		gtk_menu_popup_at_widget(
		    GTK_MENU(menu), widget, GDK_GRAVITY_CENTER, GDK_GRAVITY_NORTH_WEST, NULL);
	gtk_menu_shell_select_first(GTK_MENU_SHELL(menu), FALSE);
}

GPtrArray *
action_menu_set_accelerators(GtkApplication *application, ActionSet *set, GPtrArray *before)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	const char *none[] = {NULL};

	for (guint i = 0; before && i < before->len; i++)
		gtk_application_set_accels_for_action(application, before->pdata[i], none);
	for (guint i = 0; action_set_prefix(set) && i < action_set_count(set); i++) {
		const SnapinAction *action = action_set_get(set, i);
		const char *accelerators[] = {action->accelerator, NULL};
		char *name;

		if (!action->accelerator)
			continue;
		name = g_strdup_printf("%s.%s", action_set_prefix(set), action->name);
		gtk_application_set_accels_for_action(application, name, accelerators);
		g_ptr_array_add(names, name);
	}
	return names;
}
