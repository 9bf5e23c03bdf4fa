/* SPDX-License-Identifier: MIT */
#include "modcheck/module_report.h"

#define MOST_FINDINGS 64u
#define MOST_DEPENDENCIES 1024u

static void
dependency_free(gpointer data)
{
	ModuleDependency *dependency = data;

	g_free(dependency->soname);
	g_free(dependency->path);
	g_free(dependency->needed_by);
	g_free(dependency);
}

ModuleReport *
module_report_new(const char *name, const char *path)
{
	ModuleReport *report = g_new0(ModuleReport, 1);

	report->name = g_utf8_make_valid(name, -1);
	report->path = g_strdup(path);
	report->findings = g_ptr_array_new_with_free_func((GDestroyNotify)module_finding_free);
	report->notices = g_ptr_array_new_with_free_func(g_free);
	report->dependencies = g_ptr_array_new_with_free_func(dependency_free);
	return report;
}

void
module_report_free(ModuleReport *report)
{
	if (!report)
		return;
	g_free(report->name);
	g_free(report->path);
	g_free(report->package);
	for (guint i = 0; i < MODULE_N_STAGES; i++)
		g_free(report->stages[i].note);
	g_ptr_array_unref(report->findings);
	g_ptr_array_unref(report->notices);
	g_ptr_array_unref(report->dependencies);
	g_free(report);
}

void
module_report_take(ModuleReport *report, ModuleFinding *finding)
{
	report->stages[module_kind_stage(finding->kind)].outcome = MODULE_FAILED;
	if (report->findings->len < MOST_FINDINGS)
		g_ptr_array_add(report->findings, finding);
	else
		module_finding_free(finding);
}

G_GNUC_PRINTF(4, 0)
static void
set_stage(ModuleReport *report, ModuleStage stage, ModuleOutcome outcome, const char *format,
    va_list arguments)
{
	g_autofree char *note = g_strdup_vprintf(format, arguments);

	report->stages[stage].outcome = outcome;
	g_free(report->stages[stage].note);
	report->stages[stage].note = g_utf8_make_valid(note, -1);
}

void
module_report_pass(ModuleReport *report, ModuleStage stage, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_stage(report, stage, MODULE_PASSED, format, arguments);
	va_end(arguments);
}

void
module_report_skip(ModuleReport *report, ModuleStage stage, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_stage(report, stage, MODULE_SKIPPED, format, arguments);
	va_end(arguments);
}

void
module_report_notice(ModuleReport *report, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	if (report->notices->len >= MOST_FINDINGS)
		return;
	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_ptr_array_add(report->notices, g_utf8_make_valid(text, -1));
}

void
module_report_add_dependency(
    ModuleReport *report, const char *soname, const char *path, const char *needed_by, guint depth)
{
	ModuleDependency *dependency;

	if (report->dependencies->len >= MOST_DEPENDENCIES)
		return;
	dependency = g_new0(ModuleDependency, 1);
	dependency->soname = g_utf8_make_valid(soname, -1);
	dependency->path = g_strdup(path);
	dependency->needed_by = g_utf8_make_valid(needed_by, -1);
	dependency->depth = depth;
	g_ptr_array_add(report->dependencies, dependency);
}

gboolean
module_report_is_good(const ModuleReport *report)
{
	return report->findings->len == 0;
}

int
module_report_exit_status(const ModuleReport *report)
{
	int status = 0;

	for (guint i = 0; i < report->findings->len; i++) {
		const ModuleFinding *finding = report->findings->pdata[i];

		status = MAX(status, module_kind_exit_status(finding->kind));
	}
	return status;
}

char *
module_report_headline(const ModuleReport *report)
{
	g_autofree char *sentence = NULL;
	guint more = report->findings->len - 1;

	if (report->findings->len == 0)
		return NULL;
	sentence = module_finding_sentence(report->findings->pdata[0], report->name);
	if (more == 0)
		return g_steal_pointer(&sentence);
	return g_strdup_printf("%s (and %u more problem%s)", sentence, more, more == 1 ? "" : "s");
}
