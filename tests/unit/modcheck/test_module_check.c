/* SPDX-License-Identifier: MIT */
#include "modcheck/module_check.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <link.h>

static const char *
glib_path(void)
{
	void *handle = dlopen("libglib-2.0.so.0", RTLD_LAZY | RTLD_NOLOAD);
	struct link_map *map = NULL;

	g_assert_nonnull(handle);
	g_assert_cmpint(dlinfo(handle, RTLD_DI_LINKMAP, &map), ==, 0);
	dlclose(handle);
	return map->l_name;
}

static ModuleReport *
check(const char *path)
{
	ModuleCheckOptions options = {.contract = module_contract_snapin()};

	return module_check(path, &options);
}

static void
test_a_stage_stops_the_rest(void)
{
	g_autoptr(ModuleReport) report = check(glib_path());

	g_assert_cmpint(
	    ((ModuleFinding *)report->findings->pdata[0])->kind, ==, MODULE_NOT_A_SNAPIN);
	for (guint i = 0; i < MODULE_STAGE_NOTE; i++)
		g_assert_cmpint(report->stages[i].outcome, ==, MODULE_PASSED);
	for (guint i = MODULE_STAGE_NOTE + 1; i < MODULE_N_STAGES; i++)
		g_assert_cmpint(report->stages[i].outcome, ==, MODULE_NOT_REACHED);
}

static void
test_names(void)
{
	g_autoptr(ModuleReport) so = check("/nowhere/chatcfg.so");
	g_autoptr(ModuleReport) bare = check("/nowhere/.so");
	ModuleCheckOptions named = {.contract = module_contract_snapin(), .name = "given"};
	g_autoptr(ModuleReport) given = module_check("relative.so", &named);

	g_assert_cmpstr(so->name, ==, "chatcfg");
	g_assert_cmpstr(bare->name, ==, ".so");
	g_assert_cmpstr(given->name, ==, "given");
	g_assert_true(g_path_is_absolute(given->path));
}

/* What was repaired passes at once: nothing is remembered. */
static void
test_try_again(void)
{
	g_autofree char *folder = g_dir_make_tmp("check-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "good.so", NULL);
	g_autofree char *source = g_build_filename(g_getenv("CHAT_ZOO"), "good.so", NULL);
	g_autofree char *bytes = NULL;
	g_autoptr(ModuleReport) absent = check(path);
	gsize size;

	g_assert_false(module_report_is_good(absent));
	g_assert_true(g_file_get_contents(source, &bytes, &size, NULL));
	g_assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
	g_chmod(path, 0644);
	g_autoptr(ModuleReport) there = check(path);

	g_assert_true(module_report_is_good(there));
	g_assert_cmpint(there->stages[MODULE_STAGE_SYMBOLS].outcome, ==, MODULE_PASSED);
	g_assert_cmpint(there->stages[MODULE_STAGE_TRIAL].outcome, ==, MODULE_SKIPPED);
	g_unlink(path);
	g_rmdir(folder);
}

static gpointer
check_often(gpointer data)
{
	const char *const names[] = {"good.so", "missing-two.so", "truncated.so"};
	const guint findings[] = {0, 2, 1};

	for (guint i = 0; i < 9; i++) {
		g_autofree char *path = g_build_filename(g_getenv("CHAT_ZOO"), names[i % 3], NULL);
		g_autoptr(ModuleReport) report = check(path);

		g_assert_cmpuint(report->findings->len, ==, findings[i % 3]);
	}
	return NULL;
}

static void
test_threads(void)
{
	GThread *threads[4];

	for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
		threads[i] = g_thread_new("check", check_often, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
		g_thread_join(threads[i]);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/module_check/stages", test_a_stage_stops_the_rest);
	g_test_add_func("/module_check/names", test_names);
	g_test_add_func("/module_check/try-again", test_try_again);
	g_test_add_func("/module_check/threads", test_threads);
	return g_test_run();
}
