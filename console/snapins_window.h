/* SPDX-License-Identifier: MIT */
/*
 * Help → Snap-ins: the table of all snap-ins, loaded or not, absent ones too, and what can be done
 * about each.
 * Invariant: follows the loader while it is open; one per parent.
 * Thread: main.
 */
#pragma once

#include "snapin_loader.h"

#define SNAPINS_TYPE_WINDOW (snapins_window_get_type())
G_DECLARE_FINAL_TYPE(SnapinsWindow, snapins_window, SNAPINS, WINDOW, GtkWindow)

/* `parent` has the actions "retry-snapin" and so on. */
void snapins_window_present(GtkWindow *parent, SnapinLoader *loader);
