/* SPDX-License-Identifier: MIT */
#include "window_layout.h"

#define GROUP WINDOW_LAYOUT_GROUP
#define TREE_WIDTH 280
#define ACTIONS_WIDTH 200
#define LEAST_ACTIONS_WIDTH 170
#define WIDTH 1180
#define HEIGHT 720

/* One request to give the action pane its width, once the window's own is known. */
typedef struct Division {
	GtkPaned *paned;
	int actions_width;
} Division;

static void
division_free(gpointer data)
{
	Division *division = data;

	g_object_unref(division->paned);
	g_free(division);
}

static gboolean
divide(gpointer data)
{
	Division *division = data;
	int whole = gtk_widget_get_allocated_width(GTK_WIDGET(division->paned));

	if (whole > division->actions_width)
		gtk_paned_set_position(division->paned, whole - division->actions_width);
	return G_SOURCE_REMOVE;
}

static void
divide_later(GtkPaned *paned, int actions_width)
{
	Division *division = g_new0(Division, 1);

	division->paned = g_object_ref(paned);
	division->actions_width = actions_width;
	g_idle_add_full(GDK_PRIORITY_REDRAW + 5, divide, division, division_free);
}

static void
on_allocated(GtkWidget *paned, GdkRectangle *allocation, gpointer actions_width)
{
	g_signal_handlers_disconnect_by_func(paned, on_allocated, actions_width);
	divide_later(GTK_PANED(paned), GPOINTER_TO_INT(actions_width));
}

gboolean
window_layout_restore(const WindowLayout *layout)
{
	ConsoleState *state = layout->state;
	int actions = console_state_get_int(state, GROUP, "actions-width", ACTIONS_WIDTH);

	gtk_window_set_default_size(layout->window,
	    CLAMP(console_state_get_int(state, GROUP, "width", WIDTH), 400, 16384),
	    CLAMP(console_state_get_int(state, GROUP, "height", HEIGHT), 300, 16384));
	if (console_state_get_int(state, GROUP, "maximized", FALSE))
		gtk_window_maximize(layout->window);
	gtk_paned_set_position(
	    layout->left, console_state_get_int(state, GROUP, "tree-width", TREE_WIDTH));
	g_signal_connect(layout->right, "size-allocate", G_CALLBACK(on_allocated),
	    GINT_TO_POINTER(CLAMP(actions, LEAST_ACTIONS_WIDTH, 800)));
	return console_state_get_int(state, GROUP, "action-pane", TRUE);
}

void
window_layout_save(const WindowLayout *layout)
{
	ConsoleState *state = layout->state;
	gboolean maximized = gtk_window_is_maximized(layout->window);
	int width, height;

	console_state_set_int(state, GROUP, "tree-width", gtk_paned_get_position(layout->left));
	if (gtk_widget_get_visible(layout->actions))
		console_state_set_int(
		    state, GROUP, "actions-width", gtk_widget_get_allocated_width(layout->actions));
	console_state_set_int(state, GROUP, "maximized", maximized);
	if (maximized)
		return;
	gtk_window_get_size(layout->window, &width, &height);
	console_state_set_int(state, GROUP, "width", width);
	console_state_set_int(state, GROUP, "height", height);
}

void
window_layout_reset(const WindowLayout *layout)
{
	gtk_window_unmaximize(layout->window);
	gtk_window_resize(layout->window, WIDTH, HEIGHT);
	gtk_paned_set_position(layout->left, TREE_WIDTH);
	divide_later(layout->right, ACTIONS_WIDTH);
}
