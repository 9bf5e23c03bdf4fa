/* SPDX-License-Identifier: MIT */
/*
 * What is remembered about snap-ins between two starts: which are switched off, and which crashed
 * the console (stage 10), in one key file.
 * Invariant: a quarantine holds for exactly the file that crashed: another size or time of the
 * module lifts it. Every change is on the disk before the call returns; the file is read anew
 * before it is changed, so two consoles do not undo each other's changes.
 * Thread: main, or one at a time.
 */
#pragma once

#include "modcheck/diagnostic.h"

typedef struct SnapinRecords SnapinRecords;

/* `path` NULL: $XDG_STATE_HOME/chat-console/snapins.ini. A file that cannot be read counts as
 * empty and is told by a warning in the log. Free with snapin_records_free(). */
SnapinRecords *snapin_records_open(const char *path);
void snapin_records_free(SnapinRecords *records);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SnapinRecords, snapin_records_free)

gboolean snapin_records_is_disabled(const SnapinRecords *records, const char *id);
/* Enabling also lifts a quarantine. */
gboolean snapin_records_set_disabled(SnapinRecords *records, const char *id, gboolean disabled,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* `when` in seconds since 1970; `call` is what ran ("expand"); `module_path` is what crashed. */
gboolean snapin_records_quarantine(SnapinRecords *records, const char *id, const char *call,
    gint64 when, const char *module_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The QUARANTINED finding if this very file is in quarantine, else NULL. */
ModuleFinding *snapin_records_check(
    const SnapinRecords *records, const char *id, const char *module_path);
