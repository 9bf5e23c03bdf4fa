/* SPDX-License-Identifier: MIT */
#include "console_app.h"

#include "console_window.h"
#include "window_actions.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#define APPLICATION_ID "org.chatd.Console"

struct _ConsoleApp {
	GtkApplication parent_instance;
	const SnapinOptions *options;
	ConsoleState *state;
	SnapinLoader *loader;
	ConsoleWindow *window;
};

G_DEFINE_FINAL_TYPE(ConsoleApp, console_app, GTK_TYPE_APPLICATION)

static void
on_quit(GSimpleAction *action, GVariant *parameter, gpointer app)
{
	ConsoleApp *self = CONSOLE_APP(app);

	if (self->window)
		gtk_widget_destroy(GTK_WIDGET(self->window));
	g_application_quit(app);
}

static void
on_about(GSimpleAction *action, GVariant *parameter, gpointer app)
{
	gtk_show_about_dialog(gtk_application_get_active_window(app), "program-name",
	    _("Chat Console"), "version", CHAT_VERSION, "logo-icon-name", APPLICATION_ID,
	    "comments", _("Manages services through snap-ins"), "license-type", GTK_LICENSE_MIT_X11,
	    NULL);
}

static void
on_help(GSimpleAction *action, GVariant *parameter, gpointer app)
{
	ConsoleApp *self = CONSOLE_APP(app);
	g_autofree char *uri = g_filename_to_uri(CHAT_HELP_FILE, NULL, NULL);
	g_autoptr(GError) error = NULL;

	if (!self->window ||
	    gtk_show_uri_on_window(GTK_WINDOW(self->window), uri, GDK_CURRENT_TIME, &error))
		return;
	console_window_report(self->window, "help", SNAPIN_WARNING,
	    _("The help page was not opened"), error->message);
}

static const GActionEntry actions[] = {
    {"help", on_help},
    {"quit", on_quit},
    {"about", on_about},
};

static gboolean
on_terminate(gpointer app)
{
	g_action_group_activate_action(G_ACTION_GROUP(app), "quit", NULL);
	return G_SOURCE_CONTINUE;
}

/* After the first frame: the window stands before a snap-in is looked at. */
static gboolean
start_loader(gpointer user_data)
{
	ConsoleApp *self = CONSOLE_APP(user_data);

	if (self->window)
		snapin_loader_start(self->loader);
	return G_SOURCE_REMOVE;
}

static void
console_app_activate(GApplication *app)
{
	ConsoleApp *self = CONSOLE_APP(app);

	if (!self->window) {
		self->loader = snapin_loader_new(self->options, self->state);
		self->window = console_window_new(GTK_APPLICATION(app), self->loader, self->state);
		g_object_add_weak_pointer(G_OBJECT(self->window), (gpointer *)&self->window);
		g_idle_add_full(G_PRIORITY_LOW, start_loader, g_object_ref(app), g_object_unref);
	}
	gtk_window_present(GTK_WINDOW(self->window));
}

static int
console_app_command_line(GApplication *app, GApplicationCommandLine *line)
{
	ConsoleApp *self = CONSOLE_APP(app);
	GVariantDict *options = g_application_command_line_get_options_dict(line);
	const char *uri = NULL;

	g_application_activate(app);
	if (g_variant_dict_lookup(options, "open", "&s", &uri))
		console_window_open_uri(self->window, uri);
	return 0;
}

static void
console_app_startup(GApplication *app)
{
	ConsoleApp *self = CONSOLE_APP(app);
	g_autofree char *folder = g_build_filename(g_get_user_state_dir(), "chat-console", NULL);
	g_autoptr(GtkCssProvider) css = NULL;
	const char *quit[] = {"<Primary>q", NULL};
	const char *help[] = {"F1", NULL};

	G_APPLICATION_CLASS(console_app_parent_class)->startup(app);
	g_set_application_name(_("Chat Console"));
	gtk_window_set_default_icon_name(APPLICATION_ID);
	gtk_icon_theme_add_resource_path(gtk_icon_theme_get_default(), "/org/chatd/Console/icons");
	css = gtk_css_provider_new();
	gtk_css_provider_load_from_resource(css, "/org/chatd/Console/console.css");
	gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(css),
	    GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
	g_action_map_add_action_entries(G_ACTION_MAP(app), actions, G_N_ELEMENTS(actions), app);
	gtk_application_set_accels_for_action(GTK_APPLICATION(app), "app.quit", quit);
	gtk_application_set_accels_for_action(GTK_APPLICATION(app), "app.help", help);
	window_actions_set_accelerators(GTK_APPLICATION(app));
	self->state = console_state_new(folder);
	g_unix_signal_add(SIGTERM, on_terminate, app);
	g_unix_signal_add(SIGINT, on_terminate, app);
}

static void
console_app_shutdown(GApplication *app)
{
	ConsoleApp *self = CONSOLE_APP(app);

	if (self->window)
		gtk_widget_destroy(GTK_WIDGET(self->window));
	g_clear_object(&self->loader);
	g_clear_pointer(&self->state, console_state_free);
	G_APPLICATION_CLASS(console_app_parent_class)->shutdown(app);
}

static void
console_app_class_init(ConsoleAppClass *class)
{
	GApplicationClass *app_class = G_APPLICATION_CLASS(class);

	app_class->startup = console_app_startup;
	app_class->activate = console_app_activate;
	app_class->command_line = console_app_command_line;
	app_class->shutdown = console_app_shutdown;
}

static void
console_app_init(ConsoleApp *self)
{
	static const GOptionEntry entries[] = {
	    {"open", 'o', 0, G_OPTION_ARG_STRING, NULL,
		N_("Open an address with the snap-in that knows it"), N_("URI")},
	    {NULL},
	};

	g_application_add_main_option_entries(G_APPLICATION(self), entries);
	g_application_set_option_context_summary(G_APPLICATION(self),
	    _("The management console. Snap-ins: --list-snapins, --check-snapin NAME, "
	      "--print-snapin-dirs, --snapin-dir DIR, --safe-mode."));
}

ConsoleApp *
console_app_new(const SnapinOptions *options)
{
	ConsoleApp *self = g_object_new(CONSOLE_TYPE_APP, "application-id", APPLICATION_ID, "flags",
	    G_APPLICATION_HANDLES_COMMAND_LINE, NULL);

	self->options = options;
	return self;
}
