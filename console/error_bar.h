/* SPDX-License-Identifier: MIT */
/*
 * The information bars at the top of the window: how a failure or a notice is told without a
 * dialog.
 * Invariant: one bar per key, at most ERROR_BAR_MAX of them; the oldest gives way.
 * Thread: main.
 */
#pragma once

#include "snapin.h"

#define ERROR_BAR_MAX 4

#define ERROR_TYPE_BAR (error_bar_get_type())
G_DECLARE_FINAL_TYPE(ErrorBar, error_bar, ERROR, BAR, GtkBox)

/* A button: its detailed action name ("win.retry::chatcfg"). */
typedef struct ErrorBarButton {
	const char *label; /* with mnemonic */
	const char *action;
} ErrorBarButton;

/* `detail` (may be NULL) can be opened. Replaces the bar with this key. */
void error_bar_show(ErrorBar *bar, const char *key, SnapinSeverity severity, const char *sentence,
    const char *detail, const ErrorBarButton *buttons, guint n_buttons);
/* Nothing if there is none. */
void error_bar_hide(ErrorBar *bar, const char *key);
