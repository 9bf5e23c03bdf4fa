/* SPDX-License-Identifier: MIT */
#include "settings/settings_load.h"

#include "base/file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool G_GNUC_PRINTF(3, 4) fail(GError **error, int number, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(
	    error, G_FILE_ERROR, g_file_error_from_errno(number), "%s: %s", text, strerror(number));
	return false;
}

/* Reads up to `size` bytes; -1 with errno if that fails. */
static ssize_t
read_up_to(int descriptor, char *buffer, size_t size)
{
	size_t done = 0;
	while (done < size) {
		ssize_t got = read(descriptor, buffer + done, size - done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

static char *
read_open_file(int descriptor, const char *path, size_t maximum, size_t *ret_length, GError **error)
{
	struct stat status;
	if (fstat(descriptor, &status) < 0) {
		fail(error, errno, "%s cannot be read", path);
		return NULL;
	}
	if (!S_ISREG(status.st_mode)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s is not a file", path);
		return NULL;
	}
	/* One byte more than allowed shows a file that is too large, or grew. */
	g_autofree char *text = g_malloc(maximum + 2);
	ssize_t length = read_up_to(descriptor, text, maximum + 1);
	if (length < 0) {
		fail(error, errno, "%s cannot be read", path);
		return NULL;
	}
	if ((size_t)length > maximum) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
		    "%s is too large; at most %zu bytes are allowed", path, maximum);
		return NULL;
	}
	text[length] = '\0';
	*ret_length = (size_t)length;
	return g_realloc(g_steal_pointer(&text), (size_t)length + 1);
}

char *
settings_read_text(const char *path, size_t maximum, size_t *ret_length, GError **error)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (descriptor < 0) {
		fail(error, errno, "%s cannot be read", path);
		return NULL;
	}
	char *text = read_open_file(descriptor, path, maximum, ret_length, error);
	close(descriptor);
	return text;
}

static void
free_keyfile(gpointer keyfile)
{
	keyfile_free(keyfile);
}

static void
read_keyfile(GPtrArray *keyfiles, const char *path, GPtrArray *errors)
{
	g_autoptr(GError) error = NULL;
	size_t length;
	g_autofree char *text = settings_read_text(path, KEYFILE_SIZE_MAX, &length, &error);
	if (text)
		g_ptr_array_add(keyfiles, keyfile_parse(text, length, path, errors));
	else
		settings_errors_add(errors, NULL, 0, NULL, NULL, NULL, "%s", error->message);
}

static int
compare_paths(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Full names of conf.d's *.conf, sorted; empty if there is no such directory. */
static GPtrArray *
list_conf_d(const char *path, GPtrArray *errors)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *beside = g_path_get_dirname(path);
	g_autofree char *folder = g_build_filename(beside, "conf.d", NULL);
	g_autoptr(GError) error = NULL;
	GDir *dir = g_dir_open(folder, 0, &error);
	if (!dir) {
		if (!g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
			settings_errors_add(
			    errors, NULL, 0, NULL, NULL, NULL, "%s", error->message);
		return paths;
	}
	const char *name;
	while ((name = g_dir_read_name(dir)) && paths->len < SETTINGS_CONF_D_MAX)
		if (g_str_has_suffix(name, ".conf") && name[0] != '.')
			g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
	if (name)
		settings_errors_add(errors, folder, 0, NULL, NULL, NULL,
		    "too many files; at most %d are allowed", SETTINGS_CONF_D_MAX);
	g_dir_close(dir);
	g_ptr_array_sort(paths, compare_paths);
	return paths;
}

GPtrArray *
settings_read_files(const char *path, GPtrArray *ret_errors)
{
	GPtrArray *keyfiles = g_ptr_array_new_with_free_func(free_keyfile);
	read_keyfile(keyfiles, path, ret_errors);
	g_autoptr(GPtrArray) more = list_conf_d(path, ret_errors);
	for (unsigned i = 0; i < more->len; i++)
		read_keyfile(keyfiles, g_ptr_array_index(more, i), ret_errors);
	return keyfiles;
}

Settings *
settings_load(const char *path, GPtrArray *ret_errors)
{
	unsigned before = ret_errors->len;
	g_autoptr(GPtrArray) keyfiles = settings_read_files(path, ret_errors);
	/* Parsed even after errors: all of them are told at once. */
	g_autoptr(Settings) settings = settings_parse(keyfiles, ret_errors);
	return ret_errors->len == before ? g_steal_pointer(&settings) : NULL;
}

bool
settings_write_file(const char *path, const char *text, size_t length, GError **error)
{
	return file_replace(path, text, length, FILE_MODE_KEPT, 0600, error);
}
