/* SPDX-License-Identifier: MIT */
#include "console_app.h"
#include "snapin_cli.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main(int argc, char **argv)
{
	SnapinOptions options = {0};
	g_autoptr(ConsoleApp) app = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	setlocale(LC_ALL, "");
	bindtextdomain("chat-console", CHAT_LOCALE_DIR);
	bind_textdomain_codeset("chat-console", "UTF-8");
	textdomain("chat-console");
	if (snapin_cli_handles(argc, argv, &status))
		return status;
	if (!snapin_options_take(&options, &argc, &argv, &error)) {
		g_printerr("chat-console: %s\n", error->message);
		return 2;
	}
	app = console_app_new(&options);
	status = g_application_run(G_APPLICATION(app), argc, argv);
	g_clear_object(&app);
	snapin_options_clear(&options);
	return status;
}
