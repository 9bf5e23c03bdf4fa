/* SPDX-License-Identifier: MIT */
#include "log_bar.h"

#define ALL_ID "" /* of the combo's first row */
#define SCROLL_MS 40
#define SCROLL_TRIES 10 /* the console lays out new rows in its own time */

struct LogBar {
	LogRing *ring;
	LogBarFunc changed;
	gpointer data;
	GtkWidget *widget;
	GtkWidget *level;
	GtkWidget *subsystem;
	GtkWidget *pause;
	GtkWidget *waiting;
	GtkWidget *follow;
	guint n_subsystems;
	guint scroll; /* source */
	guint tries;  /* left to it */
	gboolean filling;
};

/* ---- Follow: the console keeps a list at its end once it is there; this brings it there ---- */

static GtkTreeView *
find_list(GtkWidget *widget)
{
	g_autoptr(GList) children = NULL;

	if (GTK_IS_TREE_VIEW(widget))
		return GTK_TREE_VIEW(widget);
	if (!GTK_IS_CONTAINER(widget))
		return NULL;
	children = gtk_container_get_children(GTK_CONTAINER(widget));
	for (GList *child = children; child != NULL; child = child->next) {
		GtkTreeView *found = find_list(child->data);

		if (found != NULL)
			return found;
	}
	return NULL;
}

static gboolean
scroll_to_end(gpointer data)
{
	LogBar *bar = data;
	GtkWidget *pane = gtk_widget_get_parent(bar->widget);
	GtkTreeView *view = pane != NULL ? find_list(pane) : NULL;
	GtkAdjustment *vertical =
	    view != NULL ? gtk_scrollable_get_vadjustment(GTK_SCROLLABLE(view)) : NULL;

	if (vertical != NULL)
		gtk_adjustment_set_value(vertical,
		    gtk_adjustment_get_upper(vertical) - gtk_adjustment_get_page_size(vertical));
	if (--bar->tries > 0)
		return G_SOURCE_CONTINUE;
	bar->scroll = 0;
	return G_SOURCE_REMOVE;
}

static void
follow(LogBar *bar)
{
	if (!gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(bar->follow))) {
		g_clear_handle_id(&bar->scroll, g_source_remove);
		return;
	}
	bar->tries = SCROLL_TRIES;
	if (bar->scroll == 0)
		bar->scroll = g_timeout_add(SCROLL_MS, scroll_to_end, bar);
}

/* ---- What a person does ---- */

static void
level_chosen(LogBar *bar)
{
	const char *id = gtk_combo_box_get_active_id(GTK_COMBO_BOX(bar->level));

	log_ring_set_level(bar->ring, log_level_of(id));
	bar->changed(bar->data);
}

static void
subsystem_chosen(LogBar *bar)
{
	const char *id = gtk_combo_box_get_active_id(GTK_COMBO_BOX(bar->subsystem));

	if (bar->filling)
		return;
	log_ring_set_subsystem(bar->ring, id != NULL && *id != '\0' ? id : NULL);
	bar->changed(bar->data);
}

static void
pause_toggled(LogBar *bar)
{
	gboolean paused = gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(bar->pause));

	gtk_button_set_label(GTK_BUTTON(bar->pause), paused ? "_Resume" : "_Pause");
	log_ring_hold(bar->ring, paused);
	bar->changed(bar->data);
}

void
log_bar_toggle_pause(LogBar *bar)
{
	GtkToggleButton *button = GTK_TOGGLE_BUTTON(bar->pause);

	gtk_toggle_button_set_active(button, !gtk_toggle_button_get_active(button));
}

/* ---- Made ---- */

static GtkWidget *
add_combo(LogBar *bar, const char *mnemonic)
{
	GtkWidget *label = gtk_label_new_with_mnemonic(mnemonic);
	GtkWidget *combo = gtk_combo_box_text_new();

	gtk_label_set_mnemonic_widget(GTK_LABEL(label), combo);
	gtk_container_add(GTK_CONTAINER(bar->widget), label);
	gtk_container_add(GTK_CONTAINER(bar->widget), combo);
	return combo;
}

static void
fill_levels(LogBar *bar)
{
	static const char *const titles[] = {
	    [LOG_LEVEL_INFO] = "All",
	    [LOG_LEVEL_WARN] = "Warnings",
	    [LOG_LEVEL_ERROR] = "Errors",
	    [LOG_LEVEL_FATAL] = "Fatal errors",
	};

	for (guint i = LOG_LEVEL_INFO; i < G_N_ELEMENTS(titles); i++)
		gtk_combo_box_text_append(
		    GTK_COMBO_BOX_TEXT(bar->level), log_level_word((LogLevel)i), titles[i]);
	gtk_combo_box_set_active(GTK_COMBO_BOX(bar->level), 0);
}

static void
fill_subsystems(LogBar *bar)
{
	g_auto(GStrv) names = log_ring_subsystems(bar->ring);
	g_autofree char *chosen =
	    g_strdup(gtk_combo_box_get_active_id(GTK_COMBO_BOX(bar->subsystem)));
	GtkComboBoxText *combo = GTK_COMBO_BOX_TEXT(bar->subsystem);

	if (g_strv_length(names) + 1 == bar->n_subsystems)
		return;
	bar->filling = TRUE;
	gtk_combo_box_text_remove_all(combo);
	gtk_combo_box_text_append(combo, ALL_ID, "All");
	for (char **name = names; *name != NULL; name++)
		gtk_combo_box_text_append(combo, *name, *name);
	gtk_combo_box_set_active_id(GTK_COMBO_BOX(combo), chosen != NULL ? chosen : ALL_ID);
	bar->n_subsystems = g_strv_length(names) + 1;
	bar->filling = FALSE;
}

static void
bar_destroyed(LogBar *bar)
{
	g_clear_handle_id(&bar->scroll, g_source_remove);
}

LogBar *
log_bar_new(LogRing *ring, LogBarFunc changed, gpointer data)
{
	LogBar *bar = g_new0(LogBar, 1);

	bar->ring = ring;
	bar->changed = changed;
	bar->data = data;
	bar->widget = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
	gtk_container_set_border_width(GTK_CONTAINER(bar->widget), 6);
	g_object_set_data_full(G_OBJECT(bar->widget), "log-bar", bar, g_free);
	g_signal_connect_swapped(bar->widget, "destroy", G_CALLBACK(bar_destroyed), bar);
	bar->level = add_combo(bar, "_Least level");
	fill_levels(bar);
	bar->subsystem = add_combo(bar, "S_ubsystem");
	fill_subsystems(bar);
	bar->pause = gtk_toggle_button_new_with_mnemonic("_Pause");
	gtk_widget_set_tooltip_text(bar->pause, "New rows wait until the log is resumed");
	bar->waiting = gtk_label_new(NULL);
	bar->follow = gtk_check_button_new_with_mnemonic("_Follow");
	gtk_widget_set_tooltip_text(bar->follow, "Keeps the newest row in sight");
	gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(bar->follow), TRUE);
	gtk_box_pack_end(GTK_BOX(bar->widget), bar->pause, FALSE, FALSE, 0);
	gtk_box_pack_end(GTK_BOX(bar->widget), bar->follow, FALSE, FALSE, 6);
	gtk_box_pack_end(GTK_BOX(bar->widget), bar->waiting, FALSE, FALSE, 6);
	g_signal_connect_swapped(bar->level, "changed", G_CALLBACK(level_chosen), bar);
	g_signal_connect_swapped(bar->subsystem, "changed", G_CALLBACK(subsystem_chosen), bar);
	g_signal_connect_swapped(bar->pause, "toggled", G_CALLBACK(pause_toggled), bar);
	g_signal_connect_swapped(bar->follow, "toggled", G_CALLBACK(follow), bar);
	gtk_widget_show_all(bar->widget);
	return bar;
}

GtkWidget *
log_bar_widget(const LogBar *bar)
{
	return bar->widget;
}

void
log_bar_update(LogBar *bar)
{
	guint count = log_ring_n_waiting(bar->ring);
	g_autofree char *text = count > 0 ? g_strdup_printf("%u waiting", count) : g_strdup("");

	gtk_label_set_text(GTK_LABEL(bar->waiting), text);
	fill_subsystems(bar);
	if (!log_ring_is_held(bar->ring))
		follow(bar);
}
