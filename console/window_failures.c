/* SPDX-License-Identifier: MIT */
#include "window_failures.h"

#include <glib/gi18n.h>

void
console_window_open_uri(ConsoleWindow *self, const char *uri)
{
	g_autoptr(GError) error = NULL;

	if (!snapin_loader_open(console_window_loader(self), uri, &error))
		console_window_report(self, "open", SNAPIN_ERROR, error->message, NULL);
}

static void
on_snapin_changed(ConsoleWindow *self, SnapinInstance *instance)
{
	ErrorBar *errors = console_window_errors(self);
	g_autofree char *key = g_strdup_printf("load %s", instance->id);
	g_autofree char *details = g_strdup_printf("win.show-snapin::%s", instance->id);
	g_autofree char *retry = g_strdup_printf("win.retry-snapin::%s", instance->id);
	g_autofree char *reason = snapin_instance_reason(instance);
	const ErrorBarButton buttons[] = {
	    {_("_Details"), details},
	    {_("_Try Again"), retry},
	    {_("_Snap-ins…"), "win.snapins"},
	};

	if (instance->placeholder && instance->status != SNAPIN_STATUS_CHECKING)
		error_bar_show(
		    errors, key, SNAPIN_ERROR, reason, NULL, buttons, G_N_ELEMENTS(buttons));
	else
		error_bar_hide(errors, key);
}

static void
on_blocked(const char *id, const char *call, guint milliseconds, gpointer user_data)
{
	g_autofree char *key = g_strdup_printf("blocked %s", id);
	g_autofree char *sentence =
	    g_strdup_printf(_("The snap-in %s held up the console for %.1f seconds (in %s)."), id,
		milliseconds / 1000.0, call);

	console_window_report(user_data, key, SNAPIN_WARNING, sentence, NULL);
}

void
window_failures_watch(ConsoleWindow *self, SnapinLoader *loader)
{
	g_signal_connect_object(
	    loader, "changed", G_CALLBACK(on_snapin_changed), self, G_CONNECT_SWAPPED);
	snapin_guard_set_blocked(snapin_loader_guard(loader), on_blocked, self);
}

void
window_failures_stop(SnapinLoader *loader)
{
	snapin_guard_set_blocked(snapin_loader_guard(loader), NULL, NULL);
}
