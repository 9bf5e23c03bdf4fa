/* SPDX-License-Identifier: MIT */
/*
 * A finding: one way in which one module failed to load, with the facts that explain it.
 * Invariant: kind, sentence, exit status and remedy come from one row of module_kinds.def; every
 * fact is at most 4 KiB of valid UTF-8, every list at most 64 entries.
 * Thread: any; a finding is not shared between threads while it is being filled.
 */
#pragma once

#include <glib.h>

typedef enum ModuleStage {
	MODULE_STAGE_PATH,
	MODULE_STAGE_TRUST,
	MODULE_STAGE_ELF,
	MODULE_STAGE_NOTE,
	MODULE_STAGE_DEPENDENCIES,
	MODULE_STAGE_SYMBOLS,
	MODULE_STAGE_TRIAL,
	MODULE_STAGE_DESCRIPTOR,
	MODULE_STAGE_INIT,
	MODULE_STAGE_RUNTIME,
	MODULE_N_STAGES
} ModuleStage;

typedef enum ModuleKind {
#define MODULE_KIND(enumerator, id, stage, exit_status, sentence, remedy) MODULE_##enumerator,
#include "modcheck/module_kinds.def"
#undef MODULE_KIND
	MODULE_N_KINDS
} ModuleKind;

/* What the words in braces of a row stand for; any may be NULL if the row does not use it. */
typedef struct ModuleFacts {
	const char *path;    /* the module's file, or the dependency's where there is one */
	const char *subject; /* what is wrong: a library, a symbol, a file */
	const char *by;      /* who needs it or names it */
	const char *found;
	const char *wanted;
	const char *package;
} ModuleFacts;

typedef struct ModuleFinding {
	ModuleKind kind;
	char *path;
	char *file; /* base name of path */
	char *subject;
	char *by;
	char *found;
	char *wanted;
	char *package;
	GPtrArray *details;  /* char *, one line each, in the order to be shown */
	GPtrArray *remedies; /* char *, what to do, best first */
	char *loader_text;   /* the loader's own words, shown last and never alone; or NULL */
} ModuleFinding;

/* Free with module_finding_free(); facts are copied. */
ModuleFinding *module_finding_new(ModuleKind kind, const ModuleFacts *facts);
void module_finding_free(ModuleFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ModuleFinding, module_finding_free)

void module_finding_add_detail(ModuleFinding *finding, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Before those of the row if `first`. */
void module_finding_add_remedy(ModuleFinding *finding, gboolean first, const char *text);
void module_finding_set_loader_text(ModuleFinding *finding, const char *text);

/* The cause alone: "libjansson.so.4, which chatcfg.so needs, is not installed". Free with g_free().
 */
char *module_finding_cause(const ModuleFinding *finding);
/* "failed to load NAME module: " and the cause. */
char *module_finding_sentence(const ModuleFinding *finding, const char *name);

const char *module_kind_id(ModuleKind kind); /* "missing-dependency"; also the help anchor */
ModuleStage module_kind_stage(ModuleKind kind);
int module_kind_exit_status(ModuleKind kind);      /* 3..9 */
const char *module_kind_sentence(ModuleKind kind); /* with its words in braces */
/* FALSE if no kind has this id. */
gboolean module_kind_from_id(const char *id, ModuleKind *ret_kind);
const char *module_stage_name(ModuleStage stage); /* "dependencies" */
