/* SPDX-License-Identifier: MIT */
/*
 * The window's own verbs, one row each: "win.refresh" and so on, with their accelerators.
 * Thread: main.
 */
#pragma once

#include "console_window.h"

void window_actions_add(ConsoleWindow *window);
void window_actions_set_accelerators(GtkApplication *application);
/* Switches on what can be done with the shown pane. */
void window_actions_update(ConsoleWindow *window);
