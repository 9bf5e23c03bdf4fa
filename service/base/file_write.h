/* SPDX-License-Identifier: MIT */
/*
 * FileWrite: files written so that they are on the disk when the call returns, and whole or not at
 * all. Thread: any; blocks.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* All of it, or false and errno. */
bool file_write_all(int descriptor, const void *data, size_t length);
/* Makes the entries of a folder last. Errors: G_FILE_ERROR with the path. */
bool file_sync_folder(const char *folder, GError **error);

/* What of a file another takes over when it takes its place. */
typedef enum FileMode {
	FILE_MODE_GIVEN,
	FILE_MODE_KEPT, /* mode and, where that is possible, owner of what was there; else the given
			 */
} FileMode;

/* The file is replaced in one step. Errors: G_FILE_ERROR with the path; what was there is still
 * there, unless the error says that it was written. */
bool file_replace(
    const char *path, const void *data, size_t length, FileMode how, mode_t mode, GError **error);
