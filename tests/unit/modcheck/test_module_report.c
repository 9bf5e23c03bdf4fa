/* SPDX-License-Identifier: MIT */
#include "modcheck/module_report.h"

static void
take(ModuleReport *report, ModuleKind kind)
{
	module_report_take(report, module_finding_new(kind, &(ModuleFacts){"/x/m.so", "libx.so.1",
								"m.so", "F", "W", "P"}));
}

static void
test_headline(void)
{
	g_autoptr(ModuleReport) report = module_report_new("m", "/x/m.so");
	g_autofree char *one = NULL;
	g_autofree char *two = NULL;
	g_autofree char *three = NULL;

	g_assert_null(module_report_headline(report));
	take(report, MODULE_MISSING_DEPENDENCY);
	one = module_report_headline(report);
	take(report, MODULE_MISSING_DEPENDENCY);
	two = module_report_headline(report);
	take(report, MODULE_MISSING_DEPENDENCY);
	three = module_report_headline(report);
	g_assert_cmpstr(
	    one, ==, "failed to load m module: libx.so.1, which m.so needs, is not installed");
	g_assert_true(g_str_has_suffix(two, "is not installed (and 1 more problem)"));
	g_assert_true(g_str_has_suffix(three, "is not installed (and 2 more problems)"));
}

static void
test_exit_status(void)
{
	g_autoptr(ModuleReport) report = module_report_new("m", "/x/m.so");

	g_assert_cmpint(module_report_exit_status(report), ==, 0);
	take(report, MODULE_ABI_TOO_OLD);
	take(report, MODULE_DUPLICATE_ID);
	take(report, MODULE_ID_MISMATCH);
	g_assert_cmpint(module_report_exit_status(report), ==, 8);
	g_assert_cmpint(report->stages[MODULE_STAGE_NOTE].outcome, ==, MODULE_FAILED);
}

static void
test_maxima(void)
{
	g_autoptr(ModuleReport) report = module_report_new("\xff", NULL);

	g_assert_true(g_utf8_validate(report->name, -1, NULL));
	for (guint i = 0; i < 3000; i++) {
		take(report, MODULE_MISSING_DEPENDENCY);
		module_report_notice(report, "%u", i);
		module_report_add_dependency(report, "a", NULL, "b", 1);
	}
	g_assert_cmpuint(report->findings->len, ==, 64);
	g_assert_cmpuint(report->notices->len, ==, 64);
	g_assert_cmpuint(report->dependencies->len, ==, 1024);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/module_report/headline", test_headline);
	g_test_add_func("/module_report/exit-status", test_exit_status);
	g_test_add_func("/module_report/maxima", test_maxima);
	return g_test_run();
}
