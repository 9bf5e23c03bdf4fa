/* SPDX-License-Identifier: MIT */
/*
 * FileCopy: files and small trees copied so that they are on the disk when the call returns. What
 * is made is 0600, folders 0700, owned by `owner` where the caller may give files away.
 * Errors: G_FILE_ERROR, with the path. Thread: any; blocks.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

#define FILE_COPY_DEPTH 8u          /* folders in folders */
#define FILE_COPY_ENTRIES_MAX 4096u /* of one folder */

typedef struct FileOwner {
	uid_t user; /* (uid_t)-1: whoever runs this */
	gid_t group;
} FileOwner;

#define FILE_OWNER_SELF ((FileOwner){(uid_t)-1, (gid_t)-1})

/* Whether an entry of a folder is copied; `name` without the folder. */
typedef bool (*FileWanted)(const char *name, bool is_folder);

/* One regular file, which must not be there yet; a symbolic link is not followed. */
bool file_copy(const char *from, const char *to, FileOwner owner, GError **error);
/* Regular files and folders below `from`; anything else is left out. `to` is made if absent;
 * `wanted` (NULL: all) is asked for entries of `from` itself. Adds what was copied to *bytes. */
bool file_copy_tree(const char *from, const char *to, FileWanted wanted, FileOwner owner,
    guint64 *bytes, GError **error);
/* Folder and all below it; quiet, also when there is none. */
void file_remove_tree(const char *path);
