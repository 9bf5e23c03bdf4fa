/* SPDX-License-Identifier: MIT */
#include "modcheck/dependencies.h"

#include <string.h>

static ModuleReport *
check(const char *name)
{
	g_autofree char *file = g_strconcat(name, ".so", NULL);
	g_autofree char *path = g_build_filename(g_getenv("CHAT_ZOO"), file, NULL);
	ModuleReport *report = module_report_new(name, path);
	DependencyOptions options = {.package_hints = FALSE};

	g_assert_cmpint(
	    dependencies_check(report, path, &options), ==, module_report_is_good(report));
	return report;
}

static const ModuleFinding *
only(const ModuleReport *report, ModuleKind kind)
{
	const ModuleFinding *finding;

	g_assert_cmpuint(report->findings->len, ==, 1);
	finding = report->findings->pdata[0];
	g_assert_cmpint(finding->kind, ==, kind);
	return finding;
}

static void
test_good(void)
{
	g_autoptr(ModuleReport) report = check("good");

	g_assert_true(module_report_is_good(report));
	g_assert_cmpuint(report->dependencies->len, >=, 1);
	g_assert_cmpint(report->stages[MODULE_STAGE_SYMBOLS].outcome, ==, MODULE_PASSED);
}

static void
test_who_needs_it(void)
{
	g_autoptr(ModuleReport) report = check("missing-deep");
	const ModuleFinding *finding = only(report, MODULE_MISSING_DEPENDENCY);

	g_assert_cmpstr(finding->subject, ==, "libzoo-deep.so.1");
	g_assert_cmpstr(finding->by, ==, "libzoo-middle.so.1 (needed by missing-deep.so)");
	g_assert_cmpstr(finding->loader_text, ==, "libzoo-deep.so.1 => not found");
	g_assert_cmpuint(finding->remedies->len, ==, 0);
}

/* The trace dies or stops at these; reading the files ourselves still tells which and why. */
static void
test_where_the_loader_falls(void)
{
	g_autoptr(ModuleReport) cut = check("dependency-cut");
	g_autoptr(ModuleReport) text = check("dependency-text");

	g_assert_cmpstr(only(cut, MODULE_DEPENDENCY_DAMAGED)->subject, ==, "libzoo-cut.so.1");
	g_assert_nonnull(((ModuleFinding *)cut->findings->pdata[0])->loader_text);
	g_assert_cmpstr(only(text, MODULE_DEPENDENCY_DAMAGED)->found, ==, "it is a text file");
}

static void
test_symbols(void)
{
	g_autoptr(ModuleReport) version = check("missing-version");
	g_autoptr(ModuleReport) symbol = check("undefined-symbol");

	g_assert_cmpstr(only(version, MODULE_MISSING_SYMBOL_VERSION)->wanted, ==, "ZOO_2.0");
	g_assert_nonnull(strstr(only(version, MODULE_MISSING_SYMBOL_VERSION)->loader_text,
	    "version `ZOO_2.0' not found"));
	g_assert_cmpstr(only(symbol, MODULE_UNDEFINED_SYMBOL)->subject, ==,
	    "the symbol zoo_is_defined_nowhere");
	g_assert_cmpint(symbol->stages[MODULE_STAGE_DEPENDENCIES].outcome, ==, MODULE_PASSED);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dependencies/good", test_good);
	g_test_add_func("/dependencies/who-needs-it", test_who_needs_it);
	g_test_add_func("/dependencies/where-the-loader-falls", test_where_the_loader_falls);
	g_test_add_func("/dependencies/symbols", test_symbols);
	return g_test_run();
}
