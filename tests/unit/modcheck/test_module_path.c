/* SPDX-License-Identifier: MIT */
#include "modcheck/module_path.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Place {
	char *folder;
	char *path;
} Place;

static void
place_open(Place *place, gconstpointer data)
{
	place->folder = g_dir_make_tmp("path-XXXXXX", NULL);
	place->path = g_build_filename(place->folder, "m.so", NULL);
}

static void
place_close(Place *place, gconstpointer data)
{
	g_remove(place->path);
	g_assert_cmpint(g_rmdir(place->folder), ==, 0);
	g_free(place->path);
	g_free(place->folder);
}

/* The only finding; the report must not have passed. */
static ModuleKind
refused(const char *path, const char *registered_by, char **ret_cause)
{
	g_autoptr(ModuleReport) report = module_report_new("m", path);
	ModuleFile file = {.fd = -1};

	g_assert_false(module_path_open(report, path, registered_by, &file));
	g_assert_cmpint(file.fd, ==, -1);
	g_assert_cmpuint(report->findings->len, ==, 1);
	g_assert_cmpint(report->stages[MODULE_STAGE_PATH].outcome, ==, MODULE_FAILED);
	if (ret_cause)
		*ret_cause = module_finding_cause(report->findings->pdata[0]);
	return ((ModuleFinding *)report->findings->pdata[0])->kind;
}

static void
test_good(Place *place, gconstpointer data)
{
	g_autoptr(ModuleReport) report = module_report_new("m", place->path);
	ModuleFile file;

	g_assert_true(g_file_set_contents(place->path, "x", 1, NULL));
	g_assert_true(module_path_open(report, place->path, NULL, &file));
	g_assert_true(module_report_is_good(report));
	g_assert_cmpint(file.status.st_size, ==, 1);
	module_file_clear(&file);
}

static void
test_absent(Place *place, gconstpointer data)
{
	g_autofree char *below = g_build_filename(place->path, "x.so", NULL);
	g_autofree char *cause = NULL;
	g_autofree char *expected = g_strdup_printf("the file %s does not exist", place->path);

	g_assert_cmpint(refused(place->path, "/x/m.snapin", &cause), ==, MODULE_FILE_NOT_FOUND);
	g_assert_cmpstr(cause, ==, expected);
	g_assert_true(g_file_set_contents(place->path, "x", 1, NULL));
	g_assert_cmpint(refused(below, NULL, NULL), ==, MODULE_FILE_NOT_FOUND);
}

static void
test_links(Place *place, gconstpointer data)
{
	g_autofree char *cause = NULL;

	g_assert_cmpint(symlink("gone.so", place->path), ==, 0);
	g_assert_cmpint(refused(place->path, NULL, &cause), ==, MODULE_DANGLING_SYMLINK);
	g_assert_true(g_str_has_suffix(cause, "is a link to gone.so, which does not exist"));
	g_assert_cmpint(g_unlink(place->path), ==, 0);
	g_assert_cmpint(symlink("m.so", place->path), ==, 0);
	g_assert_cmpint(refused(place->path, NULL, NULL), ==, MODULE_UNREADABLE);
}

static void
test_no_files(Place *place, gconstpointer data)
{
	g_autofree char *cause = NULL;

	g_assert_cmpint(refused(place->folder, NULL, NULL), ==, MODULE_NOT_A_REGULAR_FILE);
	g_assert_cmpint(mkfifo(place->path, 0644), ==, 0);
	g_assert_cmpint(refused(place->path, NULL, &cause), ==, MODULE_NOT_A_REGULAR_FILE);
	g_assert_true(g_str_has_suffix(cause, "m.so is a named pipe, not a file"));
	g_assert_cmpint(refused("/dev/null", NULL, NULL), ==, MODULE_NOT_A_REGULAR_FILE);
}

static void
test_permission(Place *place, gconstpointer data)
{
	g_autofree char *cause = NULL;

	if (geteuid() == 0) {
		g_test_skip("nothing is forbidden to root; the zoo does this as another user");
		return;
	}
	g_assert_true(g_file_set_contents(place->path, "x", 1, NULL));
	g_chmod(place->path, 0);
	g_assert_cmpint(refused(place->path, NULL, &cause), ==, MODULE_PERMISSION_DENIED);
	g_assert_nonnull(strstr(cause, ": it has mode 0000, owner "));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add(name, Place, NULL, place_open, function, place_close)
	ADD("/module_path/good", test_good);
	ADD("/module_path/absent", test_absent);
	ADD("/module_path/links", test_links);
	ADD("/module_path/no-files", test_no_files);
	ADD("/module_path/permission", test_permission);
	return g_test_run();
}
