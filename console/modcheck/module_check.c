/* SPDX-License-Identifier: MIT */
#include "modcheck/module_check.h"

#include "modcheck/dependencies.h"
#include "modcheck/elf_check.h"
#include "modcheck/module_path.h"
#include "modcheck/trial_load.h"
#include "modcheck/trust.h"

#include <string.h>

typedef struct Check {
	ModuleReport *report;
	const char *path;
	const ModuleCheckOptions *options;
	ModuleFile file;
	ElfFile elf;
} Check;

static gboolean
run_path(Check *check)
{
	return module_path_open(
	    check->report, check->path, check->options->expectation.registered_by, &check->file);
}

static gboolean
run_trust(Check *check)
{
	if (check->options->allow_unsafe) {
		module_report_skip(check->report, MODULE_STAGE_TRUST, "unsafe files are allowed");
		return TRUE;
	}
	return trust_check(check->report, check->path, &check->file);
}

static gboolean
run_elf(Check *check)
{
	return elf_check(check->report, check->path, check->file.fd, &check->elf);
}

static gboolean
run_note(Check *check)
{
	return snapin_note_check(check->report, check->path, &check->elf, check->options->contract,
	    &check->options->expectation);
}

static gboolean
run_dependencies(Check *check)
{
	DependencyOptions options = {.package_hints = check->options->package_hints};

	return dependencies_check(check->report, check->file.real_path, &options);
}

static gboolean
run_trial(Check *check)
{
	return trial_load_check(check->report, check->file.real_path, check->options->probe,
	    check->options->contract, check->options->trial_seconds);
}

/* "chatcfg" of "/usr/lib/…/chatcfg.so": a name before the file itself has told one. */
static char *
name_of_file(const char *path)
{
	char *name = g_path_get_basename(path);

	if (g_str_has_suffix(name, ".so") && strlen(name) > strlen(".so"))
		name[strlen(name) - strlen(".so")] = '\0';
	return name;
}

static void
take_name_of_note(Check *check)
{
	ModuleReport *report = check->report;

	if (check->options->name || !report->has_note)
		return;
	g_free(report->name);
	report->name = g_strdup(report->note.id);
}

ModuleReport *
module_check(const char *path, const ModuleCheckOptions *options)
{
	static const struct {
		ModuleStage stage;
		gboolean (*run)(Check *check);
	} stages[] = {
	    {MODULE_STAGE_PATH, run_path}, {MODULE_STAGE_TRUST, run_trust},
	    {MODULE_STAGE_ELF, run_elf}, {MODULE_STAGE_NOTE, run_note},
	    {MODULE_STAGE_DEPENDENCIES, run_dependencies}, /* and the symbols */
	    {MODULE_STAGE_TRIAL, run_trial},               /* and the descriptor */
	};
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);
	g_autofree char *name = options->name ? g_strdup(options->name) : name_of_file(absolute);
	Check check = {.report = module_report_new(name, absolute),
	    .path = absolute,
	    .options = options,
	    .file = {.fd = -1}};

	check.report->package = g_strdup(options->package);
	for (guint i = 0; i < G_N_ELEMENTS(stages); i++) {
		gint64 start = g_get_monotonic_time();
		gboolean good = stages[i].run(&check);

		check.report->stages[stages[i].stage].microseconds = g_get_monotonic_time() - start;
		if (!good)
			break;
	}
	take_name_of_note(&check);
	module_file_clear(&check.file);
	return check.report;
}
