/* SPDX-License-Identifier: MIT */
#include "base/file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool
file_write_all(int descriptor, const void *data, size_t length)
{
	const char *rest = data;

	while (length > 0) {
		ssize_t written = write(descriptor, rest, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		rest += written;
		length -= (size_t)written;
	}
	return true;
}

static bool
sync_folder(const char *folder)
{
	int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good;
	int number;

	if (descriptor < 0)
		return false;
	good = fsync(descriptor) == 0;
	number = errno;
	close(descriptor);
	errno = number;
	return good;
}

static bool
set_mode(int descriptor, const char *path, FileMode how, mode_t mode)
{
	struct stat status;

	if (how == FILE_MODE_GIVEN)
		return fchmod(descriptor, mode) == 0;
	if (stat(path, &status) < 0)
		return errno == ENOENT && fchmod(descriptor, mode) == 0;
	if (fchown(descriptor, status.st_uid, status.st_gid) < 0 && errno != EPERM)
		return false;
	return fchmod(descriptor, status.st_mode & 07777) == 0;
}

static bool
fail(GError **error, int number, const char *path, const char *what)
{
	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(number), "%s %s: %s", path, what,
	    g_strerror(number));
	return false;
}

bool
file_sync_folder(const char *folder, GError **error)
{
	return sync_folder(folder) || fail(error, errno, folder, "cannot be written");
}

bool
file_replace(
    const char *path, const void *data, size_t length, FileMode how, mode_t mode, GError **error)
{
	g_autofree char *temporary = g_strconcat(path, ".XXXXXX", NULL);
	g_autofree char *folder = g_path_get_dirname(path);
	int descriptor = mkostemp(temporary, O_CLOEXEC); /* mode 0600 */
	bool good;
	int number;

	if (descriptor < 0)
		return fail(error, errno, temporary, "cannot be written");
	good = file_write_all(descriptor, data, length) && set_mode(descriptor, path, how, mode) &&
	       fsync(descriptor) == 0;
	number = errno;
	if (close(descriptor) < 0 && good) {
		good = false;
		number = errno;
	}
	if (good && rename(temporary, path) < 0) {
		good = false;
		number = errno;
	}
	if (!good) {
		unlink(temporary);
		return fail(error, number, path, "cannot be written");
	}
	if (!sync_folder(folder))
		return fail(error, errno, path, "was written, but its directory not synced");
	return true;
}
