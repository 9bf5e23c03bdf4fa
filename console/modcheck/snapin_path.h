/* SPDX-License-Identifier: MIT */
/*
 * The folders in which snap-ins are registered, in the order in which they are searched.
 * Invariant: the built-in folder is always there and last; folders are absolute, each once. What
 * an environment says is not believed in a program that runs with more rights than its user, nor
 * for root (it may have come through sudo); a folder typed on the command line is ignored only in
 * the former: what root types is root's will, and stage 2 still refuses what others can change.
 * Thread: any.
 */
#pragma once

#include <glib.h>

#define SNAPIN_PATH_VARIABLE "CHAT_CONSOLE_SNAPIN_PATH"

typedef enum SnapinRights {
	SNAPIN_RIGHTS_ORDINARY,
	SNAPIN_RIGHTS_ROOT,
	SNAPIN_RIGHTS_RAISED, /* set-user-id and the like */
} SnapinRights;

typedef struct SnapinPath {
	GPtrArray *folders; /* char * */
	GPtrArray *notices; /* char *: what was ignored, and why */
} SnapinPath;

SnapinRights snapin_rights_now(void);

/* `given` (--snapin-dir, NULL-terminated) and `variable` may be NULL. Free with snapin_path_free().
 */
SnapinPath *snapin_path_new(const char *const *given, const char *variable, SnapinRights rights);
void snapin_path_free(SnapinPath *path);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SnapinPath, snapin_path_free)

const char *snapin_path_built_in(void);
/* Names of snap-ins to suggest when none is there (build option suggested_snapins); g_strfreev().
 */
char **snapin_path_suggested(void);
