/* SPDX-License-Identifier: MIT */
/*
 * Stage 1: is there a file under the module's path that this user may read?
 * Invariant: a file handed on is open, regular and not yet trusted.
 * Thread: any.
 */
#pragma once

#include "modcheck/module_report.h"

#include <sys/stat.h>

typedef struct ModuleFile {
	int fd;
	struct stat status;
	char *real_path; /* absolute, without links */
} ModuleFile;

/*
 * Opens `path`; FALSE with findings in the report otherwise. `registered_by` is the key file that
 * names it, or NULL. On success the caller clears `ret_file` with module_file_clear().
 */
gboolean module_path_open(
    ModuleReport *report, const char *path, const char *registered_by, ModuleFile *ret_file);
void module_file_clear(ModuleFile *file);
