/* SPDX-License-Identifier: MIT */
/*
 * The application: one instance per session, its window, its own verbs ("app.quit").
 * Thread: main.
 */
#pragma once

#include "snapin_cli.h"

#include <gtk/gtk.h>

#define CONSOLE_TYPE_APP (console_app_get_type())
G_DECLARE_FINAL_TYPE(ConsoleApp, console_app, CONSOLE, APP, GtkApplication)

/* `options` outlives the application. */
ConsoleApp *console_app_new(const SnapinOptions *options);
