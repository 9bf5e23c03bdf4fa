/* SPDX-License-Identifier: MIT */
#include "store/file_copy.h"

#include "base/file_write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE (256 * 1024)

static bool
fail(const char *what, const char *path, GError **error)
{
	int saved = errno;

	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(saved), "cannot %s %s: %s", what,
	    path, g_strerror(saved));
	return false;
}

static bool
give(int descriptor, FileOwner owner)
{
	return owner.user == (uid_t)-1 || fchown(descriptor, owner.user, owner.group) == 0;
}

static bool
copy_content(int from, int to)
{
	g_autofree char *piece = g_malloc(PIECE);
	ssize_t length;

	while ((length = read(from, piece, PIECE)) != 0) {
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0 || !file_write_all(to, piece, (size_t)length))
			return false;
	}
	return true;
}

bool
file_copy(const char *from, const char *to, FileOwner owner, GError **error)
{
	int source = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat status;
	int target;
	bool done;

	if (source < 0)
		return fail("read", from, error);
	if (fstat(source, &status) != 0 || !S_ISREG(status.st_mode)) {
		errno = EINVAL;
		fail("read", from, error);
		close(source);
		return false;
	}
	target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	done = target >= 0 && give(target, owner) && copy_content(source, target) &&
	       fsync(target) == 0;
	if (!done)
		fail("write", to, error);
	if (target >= 0 && close(target) != 0 && done)
		done = fail("write", to, error);
	close(source);
	if (!done && target >= 0)
		g_unlink(to);
	return done;
}

static bool
make_folder(const char *path, FileOwner owner, GError **error)
{
	int descriptor;
	bool given;

	if (g_mkdir(path, 0700) != 0 && errno != EEXIST)
		return fail("make", path, error);
	descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	given = descriptor >= 0 && give(descriptor, owner);
	if (!given)
		fail("make", path, error);
	if (descriptor >= 0)
		close(descriptor);
	return given;
}

static bool copy_folder(const char *from, const char *to, FileWanted wanted, FileOwner owner,
    guint64 *bytes, unsigned depth, GError **error);

static bool
copy_entry(const char *from, const char *to, const char *name, FileWanted wanted, FileOwner owner,
    guint64 *bytes, unsigned depth, GError **error)
{
	g_autofree char *source = g_build_filename(from, name, NULL);
	g_autofree char *target = g_build_filename(to, name, NULL);
	GStatBuf status;
	bool is_folder;

	if (g_lstat(source, &status) != 0)
		return errno == ENOENT || fail("read", source, error);
	is_folder = S_ISDIR(status.st_mode);
	if ((!is_folder && !S_ISREG(status.st_mode)) || (wanted && !wanted(name, is_folder)))
		return true;
	if (is_folder)
		return copy_folder(source, target, NULL, owner, bytes, depth + 1, error);
	*bytes += (guint64)status.st_size;
	return file_copy(source, target, owner, error);
}

static bool
copy_folder(const char *from, const char *to, FileWanted wanted, FileOwner owner, guint64 *bytes,
    unsigned depth, GError **error)
{
	g_autoptr(GDir) folder = g_dir_open(from, 0, error);
	unsigned entries = 0;
	const char *name;

	if (!folder)
		return false;
	if (depth > FILE_COPY_DEPTH) {
		errno = ELOOP;
		return fail("copy", from, error);
	}
	if (!make_folder(to, owner, error))
		return false;
	while ((name = g_dir_read_name(folder))) {
		if (++entries > FILE_COPY_ENTRIES_MAX) {
			errno = EMFILE;
			return fail("copy all of", from, error);
		}
		if (!copy_entry(from, to, name, wanted, owner, bytes, depth, error))
			return false;
	}
	return file_sync_folder(to, error);
}

bool
file_copy_tree(const char *from, const char *to, FileWanted wanted, FileOwner owner, guint64 *bytes,
    GError **error)
{
	return copy_folder(from, to, wanted, owner, bytes, 0, error);
}

void
file_remove_tree(const char *path)
{
	GDir *folder;
	GStatBuf status;
	const char *name;

	if (g_lstat(path, &status) != 0)
		return;
	folder = S_ISDIR(status.st_mode) ? g_dir_open(path, 0, NULL) : NULL;
	while (folder && (name = g_dir_read_name(folder))) {
		g_autofree char *entry = g_build_filename(path, name, NULL);

		file_remove_tree(entry);
	}
	if (folder)
		g_dir_close(folder);
	g_remove(path);
}
