/* SPDX-License-Identifier: MIT */
#include "window_actions.h"

#include "modcheck/report_text.h"
#include "snapins_window.h"

#include <glib/gi18n.h>

/* What must be there for a verb to make sense. */
typedef enum Needs {
	NEEDS_NOTHING,
	NEEDS_REFRESH,
	NEEDS_LIST,
	NEEDS_NODE,
} Needs;

typedef struct Verb {
	GActionEntry entry;
	Needs needs;
	const char *accelerators[3];
} Verb;

static void
on_refresh(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	NodePane *pane = console_window_pane(window);

	if (pane)
		scope_node_refresh(node_pane_node(pane));
}

static ResultList *
shown_list(ConsoleWindow *window)
{
	NodePane *pane = console_window_pane(window);

	return pane ? node_pane_list(pane) : NULL;
}

static void
on_find(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	if (shown_list(window))
		result_list_focus_search(shown_list(window));
}

static void
on_export(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	if (shown_list(window))
		result_list_export(shown_list(window));
}

static void
on_copy_rows(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	if (shown_list(window))
		result_list_copy(shown_list(window));
}

static void
on_select_all(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	if (shown_list(window))
		result_list_select_all(shown_list(window));
}

static void
on_focus_tree(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	gtk_widget_grab_focus(GTK_WIDGET(console_window_tree(window)));
}

static void
on_focus_result(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	NodePane *pane = console_window_pane(window);

	if (pane)
		node_pane_focus(pane);
}

static void
on_up(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	SnapinNode *node = scope_tree_selected(console_window_tree(window));
	SnapinNode *parent = node ? scope_node_parent(node) : NULL;

	if (parent && scope_node_parent(parent))
		scope_tree_select(console_window_tree(window), parent);
}

static void
on_show_action_pane(GSimpleAction *action, GVariant *value, gpointer window)
{
	g_simple_action_set_state(action, value);
	console_window_set_action_pane_visible(window, g_variant_get_boolean(value));
}

static void
on_reset_layout(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	console_window_reset_layout(window);
}

static void
on_snapins(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	snapins_window_present(GTK_WINDOW(window), console_window_loader(window));
}

static void
on_leave_safe_mode(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	snapin_loader_leave_safe_mode(console_window_loader(window));
}

/* ---- verbs on one snap-in, named by their parameter ---- */

static SnapinInstance *
named_snapin(ConsoleWindow *window, GVariant *parameter)
{
	return snapin_loader_find(
	    console_window_loader(window), g_variant_get_string(parameter, NULL));
}

static void
on_retry_snapin(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	SnapinInstance *instance = named_snapin(window, parameter);

	if (instance)
		snapin_loader_retry(console_window_loader(window), instance);
}

static void
on_load_snapin_once(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	SnapinInstance *instance = named_snapin(window, parameter);

	if (instance)
		snapin_loader_load_once(console_window_loader(window), instance);
}

static void
set_disabled(ConsoleWindow *window, GVariant *parameter, gboolean disabled)
{
	SnapinInstance *instance = named_snapin(window, parameter);
	g_autoptr(GError) error = NULL;

	if (instance &&
	    !snapin_loader_set_disabled(console_window_loader(window), instance, disabled, &error))
		console_window_report(window, "snapins", SNAPIN_ERROR, error->message, NULL);
}

static void
on_disable_snapin(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	set_disabled(window, parameter, TRUE);
}

static void
on_enable_snapin(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	set_disabled(window, parameter, FALSE);
}

static void
on_show_snapin(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	SnapinInstance *instance = named_snapin(window, parameter);

	if (instance && instance->placeholder)
		scope_tree_select(console_window_tree(window), instance->placeholder);
}

static void
on_copy_snapin_report(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	SnapinInstance *instance = named_snapin(window, parameter);
	g_autofree char *text =
	    instance && instance->report ? report_text(instance->report, TRUE) : NULL;

	if (text)
		gtk_clipboard_set_text(
		    gtk_widget_get_clipboard(window, GDK_SELECTION_CLIPBOARD), text, -1);
}

static void
on_main_menu(GSimpleAction *action, GVariant *parameter, gpointer window)
{
	console_window_open_menu(window);
}

static const Verb verbs[] = {
    {{"main-menu", on_main_menu}, NEEDS_NOTHING, {"F10"}},
    {{"refresh", on_refresh}, NEEDS_REFRESH, {"F5", "<Primary>r"}},
    {{"find", on_find}, NEEDS_LIST, {"<Primary>f"}},
    {{"export", on_export}, NEEDS_LIST, {"<Primary><Shift>s"}},
    {{"copy-rows", on_copy_rows}, NEEDS_LIST, {NULL}},
    {{"select-all", on_select_all}, NEEDS_LIST, {NULL}},
    {{"focus-tree", on_focus_tree}, NEEDS_NOTHING, {"<Alt>1"}},
    {{"focus-result", on_focus_result}, NEEDS_NODE, {"<Alt>2"}},
    {{"up", on_up}, NEEDS_NODE, {"<Alt>Up"}},
    {{"show-action-pane", NULL, NULL, "true", on_show_action_pane}, NEEDS_NOTHING, {"F9"}},
    {{"reset-layout", on_reset_layout}, NEEDS_NOTHING, {NULL}},
    {{"snapins", on_snapins}, NEEDS_NOTHING, {"<Primary><Shift>i"}},
    {{"leave-safe-mode", on_leave_safe_mode}, NEEDS_NOTHING, {NULL}},
    {{"retry-snapin", on_retry_snapin, "s"}, NEEDS_NOTHING, {NULL}},
    {{"load-snapin-once", on_load_snapin_once, "s"}, NEEDS_NOTHING, {NULL}},
    {{"disable-snapin", on_disable_snapin, "s"}, NEEDS_NOTHING, {NULL}},
    {{"enable-snapin", on_enable_snapin, "s"}, NEEDS_NOTHING, {NULL}},
    {{"show-snapin", on_show_snapin, "s"}, NEEDS_NOTHING, {NULL}},
    {{"copy-snapin-report", on_copy_snapin_report, "s"}, NEEDS_NOTHING, {NULL}},
};

void
window_actions_add(ConsoleWindow *window)
{
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++)
		g_action_map_add_action_entries(G_ACTION_MAP(window), &verbs[i].entry, 1, window);
}

void
window_actions_set_accelerators(GtkApplication *application)
{
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
		g_autofree char *name = g_strdup_printf("win.%s", verbs[i].entry.name);

		if (verbs[i].accelerators[0])
			gtk_application_set_accels_for_action(
			    application, name, (const char *const *)verbs[i].accelerators);
	}
}

static gboolean
is_possible(ConsoleWindow *window, Needs needs)
{
	NodePane *pane = console_window_pane(window);

	switch (needs) {
	case NEEDS_REFRESH:
		return pane && scope_node_can_refresh(node_pane_node(pane));
	case NEEDS_LIST:
		return shown_list(window) != NULL;
	case NEEDS_NODE:
		return pane != NULL;
	case NEEDS_NOTHING:
		break;
	}
	return TRUE;
}

void
window_actions_update(ConsoleWindow *window)
{
	for (gsize i = 0; i < G_N_ELEMENTS(verbs); i++) {
		GAction *action =
		    g_action_map_lookup_action(G_ACTION_MAP(window), verbs[i].entry.name);

		g_simple_action_set_enabled(
		    G_SIMPLE_ACTION(action), is_possible(window, verbs[i].needs));
	}
}
