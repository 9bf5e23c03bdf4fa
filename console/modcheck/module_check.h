/* SPDX-License-Identifier: MIT */
/*
 * All checks of one module that can be made before it is loaded into the host (stages 1 to 8).
 * Invariant: a stage is only reached if all before it passed or were skipped; all findings of the
 * first stage that fails are reported. Nothing is remembered between two checks: what was repaired
 * meanwhile passes.
 * Thread: any, also several at once; blocks (usually 50 ms, at most some 30 s): not on the main
 * one.
 */
#pragma once

#include "modcheck/module_contract.h"
#include "modcheck/module_report.h"
#include "modcheck/snapin_note.h"

typedef struct ModuleCheckOptions {
	const ModuleContract *contract;
	const char *name; /* as registered; NULL: the note's id, else the file's name without .so */
	const char *package; /* that holds the module; may be NULL */
	SnapinExpectation expectation;
	gboolean allow_unsafe;    /* a notice instead of a refusal in stage 2; for tests */
	gboolean package_hints;   /* ask dpkg and apt what to install */
	const char *const *probe; /* see trial_load.h; NULL: stages 7 and 8 are skipped */
	guint trial_seconds;      /* 0: TRIAL_SECONDS */
} ModuleCheckOptions;

/* Never NULL. Free with module_report_free(). */
ModuleReport *module_check(const char *path, const ModuleCheckOptions *options);
