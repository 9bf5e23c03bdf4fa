/* SPDX-License-Identifier: MIT */
/*
 * Stages 5 and 6: is everything there that the module needs, and does it fit?
 * Invariant: the loader decides what is found; our own reading of the files tells who needs it,
 * where it was looked for, and why a file that is there did not count. No code of the module runs.
 * Thread: any; blocks.
 */
#pragma once

#include "modcheck/module_report.h"

typedef struct DependencyOptions {
	gboolean package_hints; /* ask dpkg and apt; costs up to some seconds, only on a failure */
} DependencyOptions;

/* Both stages; FALSE with findings of the first that failed. `path` is absolute, without links. */
gboolean dependencies_check(
    ModuleReport *report, const char *path, const DependencyOptions *options);
