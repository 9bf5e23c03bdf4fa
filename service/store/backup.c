/* SPDX-License-Identifier: MIT */
#include "store/backup.h"

#include "base/file_write.h"
#include "store/file_copy.h"
#include "store/store.h"
#include "store/store_database.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define PARTIAL ".partial"
#define PARTIAL_AGE (24 * 3600) /* seconds: one that a crash left behind */
#define STATE "state"
#define CONFIG "config"

bool
backup_name_is_valid(const char *name)
{
	size_t length = strlen(name);

	if (length == 0 || length > BACKUP_NAME_MAX || name[0] == '.' ||
	    g_str_has_suffix(name, PARTIAL))
		return false;
	return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") ==
	       length;
}

static bool
fail(const char *what, const char *path, GError **error)
{
	int saved = errno;

	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(saved), "cannot %s %s: %s", what,
	    path, g_strerror(saved));
	return false;
}

/* ---- Making one ---- */

/* Databases are copied by SQLite itself; their side files and old copies are no part of a backup,
 * nor are other backups. */
static bool
is_plain_state(const char *name, bool is_folder)
{
	static const char *const others[] = {
	    ".db", ".db-wal", ".db-shm", ".db-journal", ".backup", PARTIAL};

	if (is_folder)
		return !g_str_equal(name, BACKUP_FOLDER) &&
		       !g_str_has_prefix(name, "before-restore-");
	for (unsigned i = 0; i < G_N_ELEMENTS(others); i++)
		if (g_str_has_suffix(name, others[i]))
			return false;
	return true;
}

static bool
copy_database(const char *from, const char *to, guint64 *bytes, GError **error)
{
	g_autoptr(sqlite3) source = database_open_reader(from, error);
	g_autoptr(sqlite3) target = source ? database_open_writer(to, error) : NULL;
	sqlite3_backup *backup;
	GStatBuf status;
	int code;

	if (!target)
		return false;
	backup = sqlite3_backup_init(target, "main", source, "main");
	if (!backup) {
		database_set_error(target, sqlite3_errcode(target), to, error);
		return false;
	}
	/* All in one step is one moment; with WAL the writer is not kept waiting by it. */
	sqlite3_backup_step(backup, -1);
	code = sqlite3_backup_finish(backup);
	if (code != SQLITE_OK) {
		database_set_error(target, code, to, error);
		return false;
	}
	/* One file, to be copied about: without a log beside it. */
	if (!database_execute(target, "PRAGMA journal_mode = DELETE;", error))
		return false;
	if (g_stat(to, &status) == 0)
		*bytes += (guint64)status.st_size;
	return true;
}

static bool
copy_databases(const char *from, const char *to, guint64 *bytes, GError **error)
{
	g_autoptr(GDir) folder = g_dir_open(from, 0, error);
	const char *name;

	if (!folder)
		return false;
	while ((name = g_dir_read_name(folder))) {
		g_autofree char *source = g_build_filename(from, name, NULL);
		g_autofree char *target = g_build_filename(to, name, NULL);

		if (g_str_has_suffix(name, ".db") && !copy_database(source, target, bytes, error))
			return false;
	}
	return true;
}

static bool
copy_config(const char *config_path, const char *to, guint64 *bytes, GError **error)
{
	static const char *const folders[] = {"conf.d", "tls"};
	g_autofree char *from = g_path_get_dirname(config_path);
	g_autoptr(GDir) folder = g_dir_open(from, 0, error);
	const char *name;

	if (!folder)
		return false;
	if (g_mkdir(to, 0700) != 0)
		return fail("make", to, error);
	while ((name = g_dir_read_name(folder))) {
		g_autofree char *source = g_build_filename(from, name, NULL);
		g_autofree char *target = g_build_filename(to, name, NULL);
		GStatBuf status;

		if (g_lstat(source, &status) != 0 || !S_ISREG(status.st_mode) ||
		    status.st_size > BACKUP_FILE_MAX)
			continue;
		*bytes += (guint64)status.st_size;
		if (!file_copy(source, target, FILE_OWNER_SELF, error))
			return false;
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *source = g_build_filename(from, folders[i], NULL);
		g_autofree char *target = g_build_filename(to, folders[i], NULL);

		if (g_file_test(source, G_FILE_TEST_IS_DIR) &&
		    !file_copy_tree(source, target, NULL, FILE_OWNER_SELF, bytes, error))
			return false;
	}
	return file_sync_folder(to, error);
}

static bool
write_mark(const char *folder, GError **error)
{
	g_autofree char *path = g_build_filename(folder, BACKUP_MARK, NULL);

	return g_file_set_contents_full(path, "Backup of chatd " CHAT_VERSION "\n", -1,
	    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static bool
fill(const BackupPlaces *places, const char *folder, guint64 *bytes, GError **error)
{
	g_autofree char *state = g_build_filename(folder, STATE, NULL);
	g_autofree char *config = g_build_filename(folder, CONFIG, NULL);

	if (!file_copy_tree(
		places->state_dir, state, is_plain_state, FILE_OWNER_SELF, bytes, error) ||
	    !copy_databases(places->state_dir, state, bytes, error) ||
	    !file_sync_folder(state, error))
		return false;
	if (places->config_path && !copy_config(places->config_path, config, bytes, error))
		return false;
	return write_mark(folder, error) && file_sync_folder(folder, error);
}

bool
backup_make(const BackupPlaces *places, const char *name, char **ret_path, guint64 *ret_bytes,
    GError **error)
{
	g_autofree char *folder = g_build_filename(places->state_dir, BACKUP_FOLDER, NULL);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *partial = g_strconcat(path, PARTIAL, NULL);

	*ret_path = NULL;
	*ret_bytes = 0;
	if (g_mkdir(folder, 0700) != 0 && errno != EEXIST)
		return fail("make", folder, error);
	if (g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_set_error(
		    error, G_FILE_ERROR, G_FILE_ERROR_EXIST, "there is a backup %s already", path);
		return false;
	}
	/* Whoever makes the folder fills it: two of one name do not mix. */
	if (g_mkdir(partial, 0700) != 0)
		return fail("make", partial, error);
	if (!fill(places, partial, ret_bytes, error)) {
		file_remove_tree(partial);
		return false;
	}
	if (g_rename(partial, path) != 0) {
		fail("make", path, error);
		file_remove_tree(partial);
		return false;
	}
	if (!file_sync_folder(folder, error))
		return false;
	*ret_path = g_steal_pointer(&path);
	return true;
}

/* ---- Removing old ones ---- */

typedef struct Old {
	char *path;
	gint64 made;
} Old;

static int
compare_old(gconstpointer a, gconstpointer b)
{
	const Old *first = a, *second = b;

	if (first->made != second->made)
		return first->made < second->made ? 1 : -1;
	return strcmp(second->path, first->path);
}

static void
old_clear(gpointer data)
{
	g_free(((Old *)data)->path);
}

unsigned
backup_prune(const BackupPlaces *places, unsigned keep)
{
	g_autofree char *folder = g_build_filename(places->state_dir, BACKUP_FOLDER, NULL);
	g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Old));
	unsigned removed = 0;
	const char *name;
	time_t now = time(NULL);

	g_array_set_clear_func(found, old_clear);
	while (entries && (name = g_dir_read_name(entries))) {
		Old old = {.path = g_build_filename(folder, name, NULL)};
		GStatBuf status;

		if (g_lstat(old.path, &status) != 0 || !S_ISDIR(status.st_mode)) {
			g_free(old.path);
		} else if (g_str_has_suffix(name, PARTIAL)) {
			if (status.st_mtim.tv_sec < now - PARTIAL_AGE)
				file_remove_tree(old.path);
			g_free(old.path);
		} else {
			old.made = (gint64)status.st_mtim.tv_sec * G_USEC_PER_SEC +
				   status.st_mtim.tv_nsec / 1000;
			g_array_append_val(found, old);
		}
	}
	g_array_sort(found, compare_old);
	for (guint i = keep; i < found->len; i++, removed++)
		file_remove_tree(g_array_index(found, Old, i).path);
	return removed;
}
