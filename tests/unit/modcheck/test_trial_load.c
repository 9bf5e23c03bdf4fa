/* SPDX-License-Identifier: MIT */
#include "modcheck/trial_load.h"

#include <string.h>

/* A shell stands in for the child, so that every end and every answer can be had. */
static ModuleReport *
try_script(const char *script, guint seconds)
{
	const char *probe[] = {"/bin/sh", "-c", script, "probe", NULL};
	ModuleReport *report = module_report_new("m", "/x/m.so");

	g_assert_cmpint(
	    trial_load_check(report, "/x/m.so", probe, module_contract_snapin(), seconds), ==,
	    module_report_is_good(report));
	return report;
}

static void
test_answers(void)
{
	static const struct {
		const char *script;
		const char *cause; /* NULL: good */
	} rows[] = {
	    {"printf 'ok\\n\\n\\n\\n' >&3", NULL},
	    {"printf 'load-failed\\n\\n\\nundefined symbol: x\\n' >&3; exit 1",
		"the system's loader refuses m.so"},
	    {"printf 'no-entry-point\\n\\nentry\\n\\n' >&3; exit 1", "m.so does not export entry"},
	    {"printf 'descriptor-mismatch\\nA\\n\\n\\n' >&3; exit 1", "m.so contradicts itself: A"},
	    /* An answer that the child's end belies, or that no child of ours gives. */
	    {"printf 'ok\\n\\n\\n\\n' >&3; exit 9",
		"it ended the program while it was loaded (exit status 9)"},
	    {"printf 'ok\\n\\n\\n\\n' >&3; kill -ABRT $$",
		"it crashed while it was loaded (SIGABRT: Aborted)"},
	    {"printf 'unsafe-permissions\\n\\n\\n\\n' >&3",
		"it ended the program while it was loaded (exit status 0)"},
	    {"printf 'ok' >&3", "it ended the program while it was loaded (exit status 0)"},
	    {"printf 'ok\\n\\n\\n\\n'", "it ended the program while it was loaded (exit status 0)"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(ModuleReport) report = try_script(rows[i].script, 0);
		g_autofree char *cause = NULL;

		g_assert_cmpint(module_report_is_good(report), ==, rows[i].cause == NULL);
		if (!rows[i].cause)
			continue;
		cause = module_finding_cause(report->findings->pdata[0]);
		g_assert_cmpstr(cause, ==, rows[i].cause);
	}
}

static void
test_the_path_is_handed_on(void)
{
	g_autoptr(ModuleReport) report =
	    try_script("test \"$1\" = /x/m.so && printf 'ok\\n\\n\\n\\n' >&3", 0);

	g_assert_true(module_report_is_good(report));
}

static void
test_last_words(void)
{
	g_autoptr(ModuleReport) report =
	    try_script("for i in 1 2 3 4 5 6 7 8 9 10; do echo $i; done; kill -SEGV $$", 0);
	const ModuleFinding *finding = report->findings->pdata[0];

	g_assert_cmpuint(finding->details->len, ==, 8);
	g_assert_cmpstr(finding->details->pdata[0], ==, "it printed: 3");
	g_assert_cmpstr(finding->details->pdata[7], ==, "it printed: 10");
}

static void
test_time_limit(void)
{
	g_autoptr(ModuleReport) report = try_script("exec sleep 1000", 1);
	g_autofree char *cause = module_finding_cause(report->findings->pdata[0]);

	g_assert_cmpstr(cause, ==, "it was not loaded within 1 seconds");
}

static void
test_no_probe(void)
{
	static const char *const absent[] = {"/nowhere/probe", NULL};
	g_autoptr(ModuleReport) report = module_report_new("m", "/x/m.so");

	g_assert_true(trial_load_check(report, "/x/m.so", NULL, module_contract_snapin(), 0));
	g_assert_cmpint(report->stages[MODULE_STAGE_TRIAL].outcome, ==, MODULE_SKIPPED);
	g_assert_true(trial_load_check(report, "/x/m.so", absent, module_contract_snapin(), 0));
	g_assert_cmpint(report->stages[MODULE_STAGE_TRIAL].outcome, ==, MODULE_SKIPPED);
	g_assert_nonnull(
	    strstr(report->stages[MODULE_STAGE_TRIAL].note, "/nowhere/probe could not be started"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/trial_load/answers", test_answers);
	g_test_add_func("/trial_load/path", test_the_path_is_handed_on);
	g_test_add_func("/trial_load/last-words", test_last_words);
	g_test_add_func("/trial_load/time-limit", test_time_limit);
	g_test_add_func("/trial_load/no-probe", test_no_probe);
	return g_test_run();
}
