/* SPDX-License-Identifier: MIT */
#include "modcheck/report_text.h"

#define MOST_TREE_DEPTH 40u

static const char *const outcome_names[] = {
    [MODULE_NOT_REACHED] = "not reached",
    [MODULE_PASSED] = "ok",
    [MODULE_FAILED] = "failed",
    [MODULE_SKIPPED] = "skipped",
};

static void
add_list(GString *text, const char *title, const GPtrArray *lines)
{
	if (lines->len == 0)
		return;
	g_string_append_printf(text, "  %s:\n", title);
	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(text, "    %s\n", (char *)lines->pdata[i]);
}

static void
add_finding(GString *text, const ModuleReport *report, const ModuleFinding *finding)
{
	g_autofree char *sentence = module_finding_sentence(finding, report->name);

	g_string_append_printf(text, "%s\n", sentence);
	add_list(text, "what to do", finding->remedies);
	add_list(text, "details", finding->details);
	g_string_append_printf(text, "  kind: %s\n", module_kind_id(finding->kind));
	if (finding->loader_text)
		g_string_append_printf(text, "  the loader says: %s\n", finding->loader_text);
}

static void
add_stages(GString *text, const ModuleReport *report)
{
	g_string_append(text, "stages:\n");
	for (guint i = 0; i < MODULE_N_STAGES; i++) {
		const ModuleStageResult *stage = &report->stages[i];

		g_string_append_printf(text, "  %2u %-12s %-11s", i + 1,
		    module_stage_name((ModuleStage)i), outcome_names[stage->outcome]);
		if (stage->note)
			g_string_append_printf(text, " %s", stage->note);
		if (stage->microseconds >= 1000)
			g_string_append_printf(
			    text, " (%" G_GINT64_FORMAT " ms)", stage->microseconds / 1000);
		g_string_append(text, "\n");
	}
}

/* The tree is stored breadth first; it is shown depth first, each object below the first that
 * needs it. */
static void
add_children(GString *text, const ModuleReport *report, const char *parent, guint depth)
{
	for (guint i = 0; i < report->dependencies->len && depth < MOST_TREE_DEPTH; i++) {
		const ModuleDependency *dependency = report->dependencies->pdata[i];

		if (dependency->depth != depth || g_strcmp0(dependency->needed_by, parent) != 0)
			continue;
		g_string_append_printf(text, "%*s%s => %s\n", (int)(2 + 2 * depth), "",
		    dependency->soname, dependency->path ? dependency->path : "NOT FOUND");
		add_children(text, report, dependency->soname, depth + 1);
	}
}

static void
add_tree(GString *text, const ModuleReport *report)
{
	const ModuleDependency *first;

	if (report->dependencies->len == 0)
		return;
	first = report->dependencies->pdata[0];
	g_string_append_printf(text, "needs:\n  %s\n", first->needed_by);
	add_children(text, report, first->needed_by, 1);
}

char *
report_text(const ModuleReport *report, gboolean verbose)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < report->findings->len; i++)
		add_finding(text, report, report->findings->pdata[i]);
	if (module_report_is_good(report)) {
		g_string_append(text, report->name);
		if (report->has_note)
			g_string_append_printf(text, " %s (interface %u.%u)", report->note.version,
			    report->note.abi_major, report->note.abi_minor);
		g_string_append(text, ": all checks passed\n");
	}
	for (guint i = 0; i < report->notices->len; i++)
		g_string_append_printf(text, "notice: %s\n", (char *)report->notices->pdata[i]);
	if (verbose) {
		add_stages(text, report);
		add_tree(text, report);
	}
	return g_string_free(text, FALSE);
}

static void
write_finding(JsonText *json, const ModuleReport *report, const ModuleFinding *finding)
{
	g_autofree char *sentence = module_finding_sentence(finding, report->name);
	g_autofree char *cause = module_finding_cause(finding);

	json_text_begin_object(json, NULL);
	json_text_string(json, "kind", module_kind_id(finding->kind));
	json_text_string(json, "stage", module_stage_name(module_kind_stage(finding->kind)));
	json_text_number(json, "exit_status", module_kind_exit_status(finding->kind));
	json_text_string(json, "sentence", sentence);
	json_text_string(json, "cause", cause);
	json_text_string(json, "path", finding->path);
	json_text_string(json, "subject", finding->subject);
	json_text_string(json, "by", finding->by);
	json_text_string(json, "found", finding->found);
	json_text_string(json, "wanted", finding->wanted);
	json_text_strings(json, "what_to_do", finding->remedies);
	json_text_strings(json, "details", finding->details);
	json_text_string(json, "help", module_kind_id(finding->kind));
	json_text_string(json, "loader_text", finding->loader_text);
	json_text_end_object(json);
}

static void
write_stages(JsonText *json, const ModuleReport *report)
{
	json_text_begin_list(json, "stages");
	for (guint i = 0; i < MODULE_N_STAGES; i++) {
		json_text_begin_object(json, NULL);
		json_text_number(json, "number", i + 1);
		json_text_string(json, "stage", module_stage_name((ModuleStage)i));
		json_text_string(json, "outcome", outcome_names[report->stages[i].outcome]);
		json_text_string(json, "note", report->stages[i].note);
		json_text_end_object(json);
	}
	json_text_end_list(json);
}

static void
write_dependencies(JsonText *json, const ModuleReport *report)
{
	json_text_begin_list(json, "dependencies");
	for (guint i = 0; i < report->dependencies->len; i++) {
		const ModuleDependency *dependency = report->dependencies->pdata[i];

		json_text_begin_object(json, NULL);
		json_text_string(json, "soname", dependency->soname);
		json_text_string(json, "path", dependency->path);
		json_text_string(json, "needed_by", dependency->needed_by);
		json_text_number(json, "depth", dependency->depth);
		json_text_end_object(json);
	}
	json_text_end_list(json);
}

void
report_write_json(const ModuleReport *report, const char *state, JsonText *json)
{
	g_autofree char *abi = report->has_note ? g_strdup_printf("%u.%u", report->note.abi_major,
						      report->note.abi_minor)
						: NULL;
	g_autofree char *headline = module_report_headline(report);

	json_text_begin_object(json, NULL);
	json_text_string(json, "id", report->name);
	json_text_string(json, "state", state);
	json_text_string(json, "version", report->has_note ? report->note.version : NULL);
	json_text_string(json, "abi", abi);
	json_text_string(json, "package", report->package);
	json_text_string(json, "path", report->path);
	json_text_string(json, "reason", headline);
	json_text_number(json, "exit_status", module_report_exit_status(report));
	json_text_begin_list(json, "findings");
	for (guint i = 0; i < report->findings->len; i++)
		write_finding(json, report, report->findings->pdata[i]);
	json_text_end_list(json);
	json_text_strings(json, "notices", report->notices);
	write_stages(json, report);
	write_dependencies(json, report);
	json_text_end_object(json);
}

void
report_log(const ModuleReport *report)
{
	g_autofree char *headline = module_report_headline(report);
	const ModuleFinding *finding;

	if (!headline)
		return;
	finding = report->findings->pdata[0];
	g_log_structured("chat-console", G_LOG_LEVEL_WARNING, "MESSAGE_ID", REPORT_LOG_MESSAGE_ID,
	    "CHAT_CONSOLE_SNAPIN", report->name, "CHAT_CONSOLE_KIND", module_kind_id(finding->kind),
	    "CHAT_CONSOLE_PATH", report->path ? report->path : "", "MESSAGE", "%s", headline);
}
