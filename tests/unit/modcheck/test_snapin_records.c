/* SPDX-License-Identifier: MIT */
#include "modcheck/snapin_records.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct Place {
	char *folder;
	char *below;
	char *path;
	char *module;
} Place;

static void
place_open(Place *place, gconstpointer data)
{
	place->folder = g_dir_make_tmp("records-XXXXXX", NULL);
	place->below = g_build_filename(place->folder, "new", NULL);
	place->path = g_build_filename(place->below, "snapins.ini", NULL);
	place->module = g_build_filename(place->folder, "m.so", NULL);
	g_assert_true(g_file_set_contents(place->module, "one", -1, NULL));
}

static void
place_close(Place *place, gconstpointer data)
{
	g_unlink(place->path);
	g_unlink(place->module);
	g_rmdir(place->below);
	g_assert_cmpint(g_rmdir(place->folder), ==, 0);
	g_free(place->folder);
	g_free(place->below);
	g_free(place->path);
	g_free(place->module);
}

static void
test_disabled(Place *place, gconstpointer data)
{
	g_autoptr(SnapinRecords) one = snapin_records_open(place->path);
	g_autoptr(SnapinRecords) two = snapin_records_open(place->path);
	g_autoptr(SnapinRecords) third = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(snapin_records_set_disabled(one, "a", TRUE, &error));
	/* The second console read the file before; it must not undo what the first has written. */
	g_assert_true(snapin_records_set_disabled(two, "b", TRUE, &error));
	third = snapin_records_open(place->path);
	g_assert_true(snapin_records_is_disabled(third, "a"));
	g_assert_true(snapin_records_is_disabled(third, "b"));
	g_assert_true(snapin_records_set_disabled(third, "a", FALSE, &error));
	g_assert_false(snapin_records_is_disabled(third, "a"));
}

static void
test_quarantine(Place *place, gconstpointer data)
{
	g_autoptr(SnapinRecords) records = snapin_records_open(place->path);
	g_autoptr(GError) error = NULL;
	g_autoptr(ModuleFinding) finding = NULL;
	g_autofree char *cause = NULL;

	g_assert_null(snapin_records_check(records, "m", place->module));
	g_assert_true(
	    snapin_records_quarantine(records, "m", "expand", 1700000000, place->module, &error));
	finding = snapin_records_check(records, "m", place->module);
	cause = module_finding_cause(finding);
	g_assert_true(g_str_has_prefix(cause, "it crashed the console on 2023-11-1"));
	g_assert_true(g_str_has_suffix(cause, " in expand"));
	g_assert_null(snapin_records_check(records, "other", place->module));
	/* An upgrade lifts it. */
	g_assert_true(g_file_set_contents(place->module, "three", -1, NULL));
	g_assert_null(snapin_records_check(records, "m", place->module));
}

static void
test_enabling_lifts_it(Place *place, gconstpointer data)
{
	g_autoptr(SnapinRecords) records = snapin_records_open(place->path);
	g_autoptr(GError) error = NULL;

	g_assert_true(snapin_records_quarantine(records, "m", "init", 0, place->module, &error));
	g_assert_true(snapin_records_set_disabled(records, "m", FALSE, &error));
	g_assert_null(snapin_records_check(records, "m", place->module));
}

static void
test_a_spoilt_file(Place *place, gconstpointer data)
{
	g_autoptr(SnapinRecords) records = NULL;

	g_assert_cmpint(g_mkdir(place->below, 0700), ==, 0);
	g_assert_true(g_file_set_contents(place->path, "no key file", -1, NULL));
	g_test_expect_message(NULL, G_LOG_LEVEL_WARNING, "*snapins.ini cannot be read: *");
	records = snapin_records_open(place->path);
	g_test_assert_expected_messages();
	g_assert_false(snapin_records_is_disabled(records, "a"));
}

static void
test_no_place_to_write(Place *place, gconstpointer data)
{
	g_autofree char *path = g_build_filename(place->module, "x", "snapins.ini", NULL);
	g_autoptr(SnapinRecords) records = NULL;
	g_autoptr(GError) error = NULL;

	g_test_expect_message(NULL, G_LOG_LEVEL_WARNING, "*cannot be read*");
	records = snapin_records_open(path);
	g_test_expect_message(NULL, G_LOG_LEVEL_WARNING, "*cannot be read*");
	g_assert_false(snapin_records_set_disabled(records, "a", TRUE, &error));
	g_test_assert_expected_messages();
	g_assert_nonnull(strstr(error->message, "cannot be made: "));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add(name, Place, NULL, place_open, function, place_close)
	ADD("/snapin_records/disabled", test_disabled);
	ADD("/snapin_records/quarantine", test_quarantine);
	ADD("/snapin_records/enabling", test_enabling_lifts_it);
	ADD("/snapin_records/spoilt", test_a_spoilt_file);
	ADD("/snapin_records/no-place", test_no_place_to_write);
	return g_test_run();
}
