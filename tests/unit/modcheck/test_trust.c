/* SPDX-License-Identifier: MIT */
#include "modcheck/trust.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SOMEBODY 54321

typedef struct Place {
	char *folder;
	char *path;
	ModuleFile file;
	ModuleReport *report;
} Place;

static void
place_open(Place *place, gconstpointer data)
{
	place->folder = g_dir_make_tmp("trust-XXXXXX", NULL);
	place->path = g_build_filename(place->folder, "m.so", NULL);
	g_assert_true(g_file_set_contents(place->path, "x", 1, NULL));
	g_chmod(place->path, 0644);
	place->report = module_report_new("m", place->path);
	g_assert_true(module_path_open(place->report, place->path, NULL, &place->file));
}

static void
place_close(Place *place, gconstpointer data)
{
	module_file_clear(&place->file);
	module_report_free(place->report);
	g_unlink(place->path);
	g_rmdir(place->folder);
	g_free(place->path);
	g_free(place->folder);
}

static const ModuleFinding *
first(const Place *place)
{
	g_assert_cmpuint(place->report->findings->len, >, 0);
	return place->report->findings->pdata[0];
}

static void
test_good(Place *place, gconstpointer data)
{
	g_assert_true(trust_check(place->report, place->path, &place->file));
	g_assert_cmpint(place->report->stages[MODULE_STAGE_TRUST].outcome, ==, MODULE_PASSED);
}

static void
test_another_owner(Place *place, gconstpointer data)
{
	place->file.status.st_uid = SOMEBODY;
	g_assert_true(trust_check_as(place->report, place->path, &place->file, SOMEBODY));
	g_assert_false(trust_check_as(place->report, place->path, &place->file, SOMEBODY + 1));
	g_assert_cmpint(first(place)->kind, ==, MODULE_UNSAFE_PERMISSIONS);
	g_assert_cmpstr(
	    first(place)->found, ==, "belongs to the user uid 54321, neither to root nor to you");
}

/* What the file and the folder show at once is told at once. */
static void
test_everybody_may_write(Place *place, gconstpointer data)
{
	const ModuleFinding *second;

	g_chmod(place->folder, 0777);
	place->file.status.st_mode |= S_IWOTH;
	g_assert_false(trust_check(place->report, place->path, &place->file));
	g_assert_cmpuint(place->report->findings->len, ==, 2);
	second = place->report->findings->pdata[1];
	g_assert_cmpstr(first(place)->subject, ==, place->path);
	g_assert_cmpstr(second->subject, ==, place->folder);
	g_assert_true(g_str_has_prefix(second->found, "can be changed by every user (mode 0777"));
}

static void
test_sticky_folders_are_no_danger(Place *place, gconstpointer data)
{
	g_chmod(place->folder, 01777);
	g_assert_true(trust_check(place->report, place->path, &place->file));
}

static void
test_a_group(Place *place, gconstpointer data)
{
	place->file.status.st_uid = 0;
	place->file.status.st_mode |= S_IWGRP;
	place->file.status.st_gid = 0;
	g_assert_true(trust_check_as(place->report, place->path, &place->file, 0));
	g_assert_cmpuint(place->report->notices->len, ==, 0);
	place->file.status.st_gid = SOMEBODY;
	g_assert_true(trust_check_as(place->report, place->path, &place->file, SOMEBODY));
	g_assert_cmpuint(place->report->notices->len, ==, 1);
	g_assert_false(trust_check_as(place->report, place->path, &place->file, 0));
	g_assert_true(
	    g_str_has_prefix(first(place)->found, "can be changed by the group gid 54321"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add(name, Place, NULL, place_open, function, place_close)
	ADD("/trust/good", test_good);
	ADD("/trust/another-owner", test_another_owner);
	ADD("/trust/everybody", test_everybody_may_write);
	ADD("/trust/sticky", test_sticky_folders_are_no_danger);
	ADD("/trust/group", test_a_group);
	return g_test_run();
}
