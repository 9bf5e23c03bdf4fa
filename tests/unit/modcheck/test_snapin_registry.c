/* SPDX-License-Identifier: MIT */
#include "modcheck/snapin_registry.h"

#include <glib/gstdio.h>

static void
test_read(void)
{
	g_autofree char *folder = g_dir_make_tmp("registry-XXXXXX", NULL);
	g_autofree char *b = g_build_filename(folder, "b.snapin", NULL);
	g_autofree char *a = g_build_filename(folder, "a.snapin", NULL);
	g_autofree char *other = g_build_filename(folder, "b.so", NULL);
	const char *given[] = {folder, NULL};
	g_autoptr(SnapinPath) path = snapin_path_new(given, NULL, SNAPIN_RIGHTS_ORDINARY);
	g_autoptr(SnapinRegistry) registry = NULL;
	const SnapinEntry *entry;

	g_assert_true(g_file_set_contents(b,
	    "[Snapin]\nId=b\nName=Bee\nName[de]=Biene\nModule=b.so\nPackage=bee\n"
	    "Schemes=b+unix;b+tls;\nHelp=help:b\nUnknown=1\n",
	    -1, NULL));
	g_assert_true(g_file_set_contents(a, "[Snapin]\nId=a\nModule=/a.so\n", -1, NULL));
	g_assert_true(g_file_set_contents(other, "", 0, NULL));
	registry = snapin_registry_read(path);
	g_assert_cmpuint(snapin_registry_count(registry), ==, 2);
	entry = snapin_registry_entry(registry, 0);
	g_assert_cmpstr(entry->id, ==, "a");
	g_assert_null(entry->module_path);
	g_assert_nonnull(entry->problem);
	g_assert_null(entry->schemes[0]);
	entry = snapin_registry_find(registry, "b");
	g_assert_cmpstr(entry->package, ==, "bee");
	g_assert_cmpstr(entry->help, ==, "help:b");
	g_assert_cmpstr(entry->module_path, ==, other);
	g_assert_null(entry->problem);
	g_assert_true(snapin_registry_find_module(registry, other) == entry);
	g_assert_true(snapin_registry_find_scheme(registry, "b+tls") == entry);
	g_assert_null(snapin_registry_find_scheme(registry, "c"));
	g_assert_null(snapin_registry_find(registry, "c"));
	g_unlink(a);
	g_unlink(b);
	g_unlink(other);
	g_rmdir(folder);
}

static void
test_absent(void)
{
	g_autoptr(SnapinPath) path = snapin_path_new(NULL, NULL, SNAPIN_RIGHTS_ORDINARY);
	g_autoptr(ModuleReport) report = snapin_registry_report_absent("nobody", path);
	g_autofree char *headline = module_report_headline(report);

	g_assert_cmpstr(headline, ==, "failed to load nobody module: it is not installed");
	g_assert_null(report->package);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/snapin_registry/read", test_read);
	g_test_add_func("/snapin_registry/absent", test_absent);
	return g_test_run();
}
