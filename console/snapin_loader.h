/* SPDX-License-Identifier: MIT */
/*
 * All snap-ins of this console: finds them, checks each on a thread, loads it, and keeps a place in
 * the tree for those that fail.
 * Invariant: one instance per id, in the order of the registry, suggested but absent ones last;
 * none is ever taken away. The main loop waits for no check.
 * Signals: "changed" (SnapinInstance *): its status. "settled": nothing is being loaded any more.
 * Thread: main.
 */
#pragma once

#include "console_state.h"
#include "snapin_cli.h"
#include "snapin_instance.h"

#define SNAPIN_TYPE_LOADER (snapin_loader_get_type())
G_DECLARE_FINAL_TYPE(SnapinLoader, snapin_loader, SNAPIN, LOADER, GObject)

struct _ConsoleWindow;

/* `options` is copied in part: folders and flags must outlive the loader. */
SnapinLoader *snapin_loader_new(const SnapinOptions *options, ConsoleState *state);
/* Before the window goes: removes all nodes, while the snap-ins can still let go of their data. */
void snapin_loader_close(SnapinLoader *loader);
/* Where snap-ins show their dialogs and reports. */
void snapin_loader_set_window(SnapinLoader *loader, struct _ConsoleWindow *window);
struct _ConsoleWindow *snapin_loader_window(SnapinLoader *loader);
ConsoleState *snapin_loader_state(SnapinLoader *loader);
/* The invisible root whose children are the snap-ins' roots. */
SnapinNode *snapin_loader_root(SnapinLoader *loader);
SnapinGuard *snapin_loader_guard(SnapinLoader *loader);

/* Reads the registry (again) and loads what is new. */
void snapin_loader_start(SnapinLoader *loader);
gboolean snapin_loader_is_safe_mode(SnapinLoader *loader);
void snapin_loader_leave_safe_mode(SnapinLoader *loader);

guint snapin_loader_count(SnapinLoader *loader);
SnapinInstance *snapin_loader_get(SnapinLoader *loader, guint index);
SnapinInstance *snapin_loader_find(SnapinLoader *loader, const char *id);
/* Folders in which snap-ins are looked for. */
const SnapinPath *snapin_loader_path(SnapinLoader *loader);

/* Checks it anew and loads it; nothing if it is loaded or at it. */
void snapin_loader_retry(SnapinLoader *loader, SnapinInstance *instance);
void snapin_loader_load_once(SnapinLoader *loader, SnapinInstance *instance);
gboolean snapin_loader_set_disabled(SnapinLoader *loader, SnapinInstance *instance,
    gboolean disabled, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Hands the address to the snap-in that claims its scheme, now or once it is loaded. FALSE with an
 * error if none does. */
gboolean snapin_loader_open(
    SnapinLoader *loader, const char *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;
