/* SPDX-License-Identifier: MIT */
/*
 * Stage 2: may somebody else have put code into this file?
 * Invariant: a file passes if root or this user owns it, and neither it nor a folder on the way (by
 * its name or by its links' targets) can be changed by everybody; sticky folders may. Changeable by
 * a group other than root's: refused for root, a notice for others.
 * Thread: any.
 */
#pragma once

#include "modcheck/module_path.h"

/* FALSE with findings; all places that are wrong are reported, the file first. */
gboolean trust_check(ModuleReport *report, const char *path, const ModuleFile *file);
/* The same with the user given, for tests: `euid` decides as if it were ours. */
gboolean trust_check_as(ModuleReport *report, const char *path, const ModuleFile *file, uid_t euid);
