/* SPDX-License-Identifier: MIT */
/*
 * Stages 1 to 8 of one snap-in, on a thread: the main loop goes on meanwhile.
 * Thread: main; the check itself runs on GLib's pool.
 */
#pragma once

#include "modcheck/snapin_registry.h"

#include <gio/gio.h>

/* `entry` and what the options point to outlive the check. The callback is always called. */
void snapin_check_async(GObject *source, const SnapinEntry *entry,
    const ModuleCheckOptions *options, GAsyncReadyCallback callback, gpointer user_data);
/* Free with module_report_free(). */
ModuleReport *snapin_check_finish(GAsyncResult *result);
