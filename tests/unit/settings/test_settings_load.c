/* SPDX-License-Identifier: MIT */
/* Loading and writing on a real directory. */
#include "settings/settings_load.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct Folder {
	char *path;
	char *main_file;
	GPtrArray *errors;
} Folder;

static void
setup(Folder *folder, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	folder->path = g_dir_make_tmp("settings-XXXXXX", &error);
	g_assert_no_error(error);
	folder->main_file = g_build_filename(folder->path, "chatd.conf", NULL);
	folder->errors = settings_errors_new();
}

static void
remove_tree(const char *path)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;
	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *child = g_build_filename(path, name, NULL);
		remove_tree(child);
	}
	if (dir)
		g_dir_close(dir);
	g_remove(path);
}

static void
teardown(Folder *folder, gconstpointer data)
{
	remove_tree(folder->path);
	g_free(folder->path);
	g_free(folder->main_file);
	g_ptr_array_unref(folder->errors);
}

static void
put(const Folder *folder, const char *name, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_build_filename(folder->path, name, NULL);
	g_autofree char *parent = g_path_get_dirname(path);
	g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
	g_file_set_contents(path, text, -1, &error);
	g_assert_no_error(error);
}

static void
assert_error(const Folder *folder, unsigned index, const char *start, const char *end)
{
	g_assert_cmpuint(index, <, folder->errors->len);
	g_autofree char *text = settings_error_text(g_ptr_array_index(folder->errors, index));
	g_test_message("%s", text);
	g_autofree char *expected = g_strconcat(folder->path, start, NULL);
	g_assert_true(g_str_has_prefix(text, expected));
	g_assert_true(g_str_has_suffix(text, end));
}

static void
test_load(Folder *folder, gconstpointer data)
{
	put(folder, "chatd.conf", "[limits]\nnick = 20\n");
	put(folder, "conf.d/20-b.conf", "[limits]\naway = 100\n");
	put(folder, "conf.d/10-a.conf", "[limits]\ntopic = 300\n");
	put(folder, "conf.d/notes.txt", "not a configuration");
	put(folder, "conf.d/.hidden.conf", "neither");
	g_autoptr(Settings) settings = settings_load(folder->main_file, folder->errors);
	g_assert_cmpuint(folder->errors->len, ==, 0);
	g_assert_cmpuint(settings->limits->nick, ==, 20);
	g_assert_cmpuint(settings->limits->topic, ==, 300);
	g_assert_cmpuint(settings->limits->away, ==, 100);
	g_autoptr(GPtrArray) keyfiles = settings_read_files(folder->main_file, folder->errors);
	g_assert_cmpuint(keyfiles->len, ==, 3);
	g_assert_true(g_str_has_suffix(keyfile_name(g_ptr_array_index(keyfiles, 1)), "10-a.conf"));
}

static void
test_errors_of_all_files(Folder *folder, gconstpointer data)
{
	put(folder, "chatd.conf", "[limits]\nnick = 1\n");
	put(folder, "conf.d/a.conf", "\n[log]\nlevel = x\n");
	put(folder, "conf.d/b.conf", "[limits]\nnick = 20\n");
	g_assert_null(settings_load(folder->main_file, folder->errors));
	g_assert_cmpuint(folder->errors->len, ==, 3);
	assert_error(folder, 0, "/chatd.conf:2: [limits] nick = 1: must be", "bytes");
	assert_error(folder, 1, "/conf.d/a.conf:3: [log] level = x: must be", "fatal");
	assert_error(folder, 2, "/conf.d/b.conf:2: [limits] nick = 20: this key is in",
	    "line 2 already; allowed is once");
}

static void
test_unreadable(Folder *folder, gconstpointer data)
{
	g_assert_null(settings_load(folder->main_file, folder->errors));
	g_assert_cmpuint(folder->errors->len, ==, 1);
	assert_error(folder, 0, "/chatd.conf cannot be read: ", "No such file or directory");
	put(folder, "chatd.conf", "");
	put(folder, "conf.d", "a file, not a directory");
	g_assert_null(settings_load(folder->main_file, folder->errors));
	g_assert_cmpuint(folder->errors->len, ==, 2);
}

static void
test_read_text(Folder *folder, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	size_t length = 0;
	put(folder, "chatd.conf", "12345");
	g_autofree char *whole = settings_read_text(folder->main_file, 5, &length, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(whole, ==, "12345");
	g_assert_cmpuint(length, ==, 5);
	g_assert_null(settings_read_text(folder->main_file, 4, &length, &error));
	g_assert_true(g_str_has_suffix(
	    error->message, "chatd.conf is too large; at most 4 bytes are allowed"));
	g_clear_error(&error);
	g_assert_null(settings_read_text(folder->path, 100, &length, &error));
	g_assert_true(g_str_has_suffix(error->message, " is not a file"));
	g_clear_error(&error);
	/* A pipe without a writer would wait for ever. */
	g_autofree char *fifo = g_build_filename(folder->path, "fifo", NULL);
	g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
	g_assert_null(settings_read_text(fifo, 100, &length, &error));
	g_assert_true(g_str_has_suffix(error->message, "fifo is not a file"));
}

static void
test_write_file(Folder *folder, gconstpointer data)
{
	g_autoptr(GError) error = NULL;
	struct stat status;
	g_assert_true(settings_write_file(folder->main_file, "one", 3, &error));
	g_assert_no_error(error);
	g_assert_cmpint(stat(folder->main_file, &status), ==, 0);
	g_assert_cmpuint(status.st_mode & 07777, ==, 0600);
	g_assert_cmpint(g_chmod(folder->main_file, 0640), ==, 0);
	g_assert_true(settings_write_file(folder->main_file, "second", 6, &error));
	g_assert_no_error(error);
	g_assert_cmpint(stat(folder->main_file, &status), ==, 0);
	g_assert_cmpuint(status.st_mode & 07777, ==, 0640);
	g_autofree char *text = NULL;
	g_assert_true(g_file_get_contents(folder->main_file, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, "second");
	/* No temporary file is left, and none after a failure either. */
	g_autofree char *directory = g_build_filename(folder->path, "sub", NULL);
	g_assert_cmpint(g_mkdir(directory, 0700), ==, 0);
	g_assert_false(settings_write_file(directory, "x", 1, &error));
	g_assert_nonnull(error);
	g_clear_error(&error);
	g_autofree char *nowhere = g_build_filename(folder->path, "none", "x", NULL);
	g_assert_false(settings_write_file(nowhere, "x", 1, &error));
	g_assert_nonnull(error);
	GDir *dir = g_dir_open(folder->path, 0, NULL);
	unsigned count = 0;
	while (g_dir_read_name(dir))
		count++;
	g_dir_close(dir);
	g_assert_cmpuint(count, ==, 2);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	static const struct {
		const char *name;
		void (*run)(Folder *folder, gconstpointer data);
	} cases[] = {{"/settings-load/load", test_load},
	    {"/settings-load/errors-of-all-files", test_errors_of_all_files},
	    {"/settings-load/unreadable", test_unreadable},
	    {"/settings-load/read-text", test_read_text},
	    {"/settings-load/write-file", test_write_file}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_test_add(cases[i].name, Folder, NULL, setup, cases[i].run, teardown);
	return g_test_run();
}
