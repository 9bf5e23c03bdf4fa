/* SPDX-License-Identifier: MIT */
/*
 * What a check of one module found, stage by stage.
 * Invariant: findings are all of one stage, the first that failed; stages behind it are
 * NOT_REACHED. Thread: any; built by one thread, then read-only.
 */
#pragma once

#include "modcheck/diagnostic.h"
#include "snapin-note.h"

typedef enum ModuleOutcome {
	MODULE_NOT_REACHED,
	MODULE_PASSED,
	MODULE_FAILED,
	MODULE_SKIPPED, /* could not be done here; the note says why */
} ModuleOutcome;

typedef struct ModuleStageResult {
	ModuleOutcome outcome;
	char *note; /* what was seen, or why skipped; may be NULL */
	gint64 microseconds;
} ModuleStageResult;

/* One object of the tree of what the module needs. */
typedef struct ModuleDependency {
	char *soname;
	char *path;      /* NULL: not found */
	char *needed_by; /* base name of the first object that needs it */
	guint depth;     /* 1: needed by the module itself */
} ModuleDependency;

typedef struct ModuleReport {
	char *name; /* the snap-in's id, or what stands for it: used in every sentence */
	char *path;
	char *package; /* may be NULL */
	gboolean has_note;
	SnapinNoteData note; /* valid strings if has_note */
	ModuleStageResult stages[MODULE_N_STAGES];
	GPtrArray *findings;     /* ModuleFinding *; empty: it may be loaded */
	GPtrArray *notices;      /* char *: what is odd but no reason to refuse */
	GPtrArray *dependencies; /* ModuleDependency *, each once, nearest first */
} ModuleReport;

/* Free with module_report_free(). */
ModuleReport *module_report_new(const char *name, const char *path);
void module_report_free(ModuleReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ModuleReport, module_report_free)

/* Takes the finding; its stage becomes FAILED. */
void module_report_take(ModuleReport *report, ModuleFinding *finding);
void module_report_pass(ModuleReport *report, ModuleStage stage, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
void module_report_skip(ModuleReport *report, ModuleStage stage, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
void module_report_notice(ModuleReport *report, const char *format, ...) G_GNUC_PRINTF(2, 3);
void module_report_add_dependency(
    ModuleReport *report, const char *soname, const char *path, const char *needed_by, guint depth);

gboolean module_report_is_good(const ModuleReport *report);
/* 0, or the largest exit status among the findings. */
int module_report_exit_status(const ModuleReport *report);
/* The first finding's sentence, and how many more there are; NULL if good. Free with g_free(). */
char *module_report_headline(const ModuleReport *report);
