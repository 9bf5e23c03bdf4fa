/* SPDX-License-Identifier: MIT */
/*
 * Who is at work on the main thread: the name of the snap-in and of the call, while one runs.
 * The name stands in a file mapped into memory, so it survives a crash of the console and the next
 * start can tell which snap-in it was; a thread watches how long a call takes.
 * Invariant: the file names a call exactly while that call runs; calls nest.
 * Thread: main, but for the watching thread of its own, which only reads.
 */
#pragma once

#include <glib.h>

#define SNAPIN_GUARD_BLOCKED_MS 1000

typedef struct SnapinGuard SnapinGuard;

/* A call that took too long, told on the main thread after it came back. */
typedef void (*SnapinBlockedFunc)(
    const char *id, const char *call, guint milliseconds, gpointer user_data);

/* What the file said at start: what ran when the console ended without leaving it. */
typedef struct SnapinCrash {
	char *id;
	char *call;
	gint64 when; /* wall clock, seconds; of the file */
} SnapinCrash;

void snapin_crash_free(SnapinCrash *crash);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SnapinCrash, snapin_crash_free)

/* `path`: the marker file, made if absent. Without one (not writable) the guard still watches, and
 * a warning is logged once. ret_crash (may be NULL) gets what was found, or NULL. Another console
 * that runs now keeps its own file: the file is locked, and a locked one is left alone. */
SnapinGuard *snapin_guard_new(const char *path, SnapinCrash **ret_crash);
void snapin_guard_free(SnapinGuard *guard);
void snapin_guard_set_blocked(SnapinGuard *guard, SnapinBlockedFunc func, gpointer user_data);

/* g_auto(SnapinCall) call = snapin_call_begin(guard, id, "expand"); guard or id NULL: nothing. No
 * system call, so it may stand around the smallest call. `call` is a literal. */
typedef struct SnapinCall {
	SnapinGuard *guard;
	const char *outer_id;
	const char *outer_name;
	gint64 outer_since;
} SnapinCall;

SnapinCall snapin_call_begin(SnapinGuard *guard, const char *id, const char *name);
void snapin_call_end(SnapinCall *call);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SnapinCall, snapin_call_end)
