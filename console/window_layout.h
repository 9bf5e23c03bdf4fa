/* SPDX-License-Identifier: MIT */
/*
 * Size and division of the window, remembered from one start to the next.
 * Thread: main.
 */
#pragma once

#include "console_state.h"

#include <gtk/gtk.h>

#define WINDOW_LAYOUT_GROUP "Window"

typedef struct WindowLayout {
	GtkWindow *window;
	GtkPaned *left;
	GtkPaned *right;
	GtkWidget *actions;
	ConsoleState *state;
} WindowLayout;

/* Before the window is shown. TRUE: with the action pane. */
gboolean window_layout_restore(const WindowLayout *layout);
void window_layout_save(const WindowLayout *layout);
void window_layout_reset(const WindowLayout *layout);
