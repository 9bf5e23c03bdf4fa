/* SPDX-License-Identifier: MIT */
/*
 * The snap-in command line of chat-console: lists and checks snap-ins without a display, before
 * GTK is touched; and the options that say which snap-ins a console with a window loads.
 * Invariant: nothing here opens a window or a bus, and no code of a snap-in runs in this process
 * but for --probe-snapin, which ends it.
 * Exit statuses: 0 good, 1 at least one failed (list), 2 usage, 3..9 as in module_kinds.def
 * (check). Thread: main.
 */
#pragma once

#include "modcheck/module_check.h"
#include "modcheck/snapin_registry.h"

#include <stdbool.h>

/* If the arguments hold one of our commands it is carried out and its exit status given. */
bool snapin_cli_handles(int argc, char **argv, int *ret_status);

/* Which snap-ins to load. Clear with snapin_options_clear(). */
typedef struct SnapinOptions {
	gboolean safe_mode;    /* load none */
	gboolean allow_unsafe; /* stage 2 does not refuse; for tests */
	char **folders;        /* --snapin-dir, NULL-terminated; may be NULL */
} SnapinOptions;

/* Takes --safe-mode, --snapin-dir DIR and --allow-unsafe out of the arguments, leaves all others
 * for GApplication. FALSE with an error fit to be shown if DIR is missing. */
gboolean snapin_options_take(
    SnapinOptions *options, int *argc, char ***argv, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void snapin_options_clear(SnapinOptions *options);

/* The folders these options give, with CHAT_CONSOLE_SNAPIN_PATH and the rights of this process. */
SnapinPath *snapin_options_path(const SnapinOptions *options);
/* How to check a snap-in: the contract of this console, trial load by this same program. */
ModuleCheckOptions snapin_options_check(const SnapinOptions *options);
