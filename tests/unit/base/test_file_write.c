/* SPDX-License-Identifier: MIT */
#include "base/file_write.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Folder {
	char *path, *file;
} Folder;

static void
set_up(Folder *folder, gconstpointer data)
{
	folder->path = g_dir_make_tmp("chat-file-XXXXXX", NULL);
	folder->file = g_build_filename(folder->path, "a", NULL);
}

static void
tear_down(Folder *folder, gconstpointer data)
{
	g_unlink(folder->file);
	g_assert_cmpint(g_rmdir(folder->path), ==, 0); /* nothing else was left */
	g_free(folder->path);
	g_free(folder->file);
}

static mode_t
mode_of(const char *file)
{
	struct stat status;

	g_assert_cmpint(stat(file, &status), ==, 0);
	return status.st_mode & 07777;
}

static void
assert_content(const Folder *folder, const char *expected)
{
	g_autofree char *text = NULL;

	g_assert_true(g_file_get_contents(folder->file, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, expected);
}

static void
test_replace(Folder *folder, gconstpointer data)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(file_replace(folder->file, "one", 3, FILE_MODE_KEPT, 0640, &error));
	assert_content(folder, "one");
	g_assert_cmpuint(mode_of(folder->file), ==, 0640);
	g_assert_true(file_replace(folder->file, "two", 3, FILE_MODE_GIVEN, 0600, &error));
	g_assert_cmpuint(mode_of(folder->file), ==, 0600);
	g_chmod(folder->file, 0604);
	g_assert_true(file_replace(folder->file, "", 0, FILE_MODE_KEPT, 0600, &error));
	assert_content(folder, "");
	g_assert_cmpuint(mode_of(folder->file), ==, 0604);
	g_assert_no_error(error);
}

/* What cannot be replaced stays, and no other file is left beside it. */
static void
test_refused(Folder *folder, gconstpointer data)
{
	g_autofree char *inside = g_build_filename(folder->file, "b", NULL);
	g_autoptr(GError) error = NULL;

	g_assert_false(file_replace(inside, "x", 1, FILE_MODE_GIVEN, 0600, &error));
	g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
	g_assert_nonnull(strstr(error->message, inside));
	g_clear_error(&error);
	g_assert_cmpint(g_mkdir(folder->file, 0700), ==, 0);
	g_assert_false(file_replace(folder->file, "x", 1, FILE_MODE_GIVEN, 0600, &error));
	g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
	g_clear_error(&error);
	g_assert_cmpint(g_rmdir(folder->file), ==, 0);
	g_assert_false(file_sync_folder(folder->file, &error));
	g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_write_all(Folder *folder, gconstpointer data)
{
	int descriptor = open(folder->file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	g_assert_true(file_write_all(descriptor, "abc", 3));
	g_assert_true(file_write_all(descriptor, "", 0));
	g_assert_false(file_write_all(full, "abc", 3));
	close(full);
	close(descriptor);
	assert_content(folder, "abc");
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Folder *folder, gconstpointer data);
	} tests[] = {{"/file-write/replace", test_replace}, {"/file-write/refused", test_refused},
	    {"/file-write/write-all", test_write_all}};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Folder, NULL, set_up, tests[i].test, tear_down);
	return g_test_run();
}
