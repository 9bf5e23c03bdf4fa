/* SPDX-License-Identifier: MIT */
#include "store/backup.h"

#include "base/file_write.h"
#include "store/file_copy.h"
#include "store/migrations.h"
#include "store/store.h"
#include "store/store_database.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAIN_DATABASE "chatd.db"

static bool
fail(const char *what, const char *path, GError **error)
{
	int saved = errno;

	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(saved), "cannot %s %s: %s", what,
	    path, g_strerror(saved));
	return false;
}

/* ---- Is it one? ---- */

static bool
check_database(const char *path, bool is_main, GError **error)
{
	g_autoptr(sqlite3) database = database_open_reader(path, error);
	g_autoptr(sqlite3_stmt) check = NULL;
	g_autofree char *word = NULL;
	int64_t application, version;
	unsigned newest;

	if (!database ||
	    !database_number(database, "PRAGMA application_id", 0, &application, error) ||
	    !database_number(database, "PRAGMA user_version", 0, &version, error))
		return false;
	check = statement_new(database, "PRAGMA quick_check(1)", error);
	if (!check)
		return false;
	if (sqlite3_step(check) == SQLITE_ROW)
		word = statement_text(check, 0);
	if (!word || !g_str_equal(word, "ok")) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN, "%s is damaged: %s", path,
		    word ? word : "it cannot be read");
		return false;
	}
	if (!is_main)
		return true;
	migrations_all(&newest);
	if (application != STORE_APPLICATION_ID) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN,
		    "%s is a database of another program", path);
		return false;
	}
	if (version > newest) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_NEWER,
		    "%s has schema version %" PRId64 ", this chatd knows up to version %u: a newer "
		    "chatd made this backup",
		    path, version, newest);
		return false;
	}
	return true;
}

bool
backup_check(const char *folder, GError **error)
{
	g_autofree char *state = g_build_filename(folder, "state", NULL);
	g_autofree char *needed = g_build_filename(folder, BACKUP_MARK, NULL);
	g_autoptr(GDir) entries = NULL;
	const char *name;

	if (!g_file_test(needed, G_FILE_TEST_IS_REGULAR)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
		    "%s is no backup of chatd: there is no %s", folder, needed);
		return false;
	}
	entries = g_dir_open(state, 0, error);
	while (entries && (name = g_dir_read_name(entries))) {
		g_autofree char *path = g_build_filename(state, name, NULL);

		if (g_str_has_suffix(name, ".db") &&
		    !check_database(path, g_str_equal(name, MAIN_DATABASE), error))
			return false;
	}
	return entries != NULL;
}

/* ---- Putting it in place ---- */

/* Whose the files of a folder are to be. */
static FileOwner
owner_of(const char *folder)
{
	GStatBuf status;

	if (geteuid() != 0 || g_stat(folder, &status) != 0)
		return FILE_OWNER_SELF;
	return (FileOwner){status.st_uid, status.st_gid};
}

/* What stays where it is: what a backup never holds. */
static bool
stays(const char *name)
{
	return g_str_equal(name, BACKUP_FOLDER) || g_str_has_prefix(name, "before-restore-") ||
	       g_str_has_suffix(name, ".backup");
}

static bool
move_state(const char *from, const char *to, GError **error)
{
	g_autoptr(GDir) folder = g_dir_open(from, 0, error);
	const char *name;

	if (!folder)
		return false;
	while ((name = g_dir_read_name(folder))) {
		g_autofree char *source = g_build_filename(from, name, NULL);
		g_autofree char *target = g_build_filename(to, name, NULL);

		if (!stays(name) && g_rename(source, target) != 0)
			return fail("move aside", source, error);
	}
	return true;
}

/* The configuration may lie on another file system: it is copied aside, then removed. */
static bool
move_config(
    const char *backup, const char *config_dir, const char *aside, FileOwner owner, GError **error)
{
	g_autoptr(GDir) folder = g_dir_open(backup, 0, error);
	guint64 bytes = 0;
	const char *name;

	if (!folder)
		return false;
	while ((name = g_dir_read_name(folder))) {
		g_autofree char *source = g_build_filename(config_dir, name, NULL);
		g_autofree char *target = g_build_filename(aside, name, NULL);
		GStatBuf status;
		bool copied = true;

		if (g_lstat(source, &status) != 0)
			continue;
		if (S_ISDIR(status.st_mode))
			copied = file_copy_tree(source, target, NULL, owner, &bytes, error);
		else if (S_ISREG(status.st_mode))
			copied = file_copy(source, target, owner, error);
		if (!copied)
			return false;
		file_remove_tree(source);
	}
	return file_copy_tree(backup, config_dir, NULL, owner, &bytes, error);
}

static bool
make_aside(const BackupPlaces *places, char **ret_aside, FileOwner owner, GError **error)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *when = g_date_time_format(now, "before-restore-%Y%m%dT%H%M%SZ");
	g_autofree char *path = g_build_filename(places->state_dir, when, NULL);
	g_autofree char *config = g_build_filename(path, "config", NULL);

	if (g_mkdir(path, 0700) != 0 || g_mkdir(config, 0700) != 0)
		return fail("make", path, error);
	if (owner.user != (uid_t)-1 && (chown(path, owner.user, owner.group) != 0 ||
					   chown(config, owner.user, owner.group) != 0))
		return fail("give away", path, error);
	*ret_aside = g_steal_pointer(&path);
	return true;
}

bool
backup_restore(const char *folder, const BackupPlaces *places, char **ret_aside, GError **error)
{
	g_autofree char *state = g_build_filename(folder, "state", NULL);
	g_autofree char *config = g_build_filename(folder, "config", NULL);
	g_autofree char *config_dir =
	    places->config_path ? g_path_get_dirname(places->config_path) : NULL;
	g_autofree char *aside_config = NULL;
	FileOwner owner = owner_of(places->state_dir);
	guint64 bytes = 0;

	*ret_aside = NULL;
	if (!backup_check(folder, error) || !make_aside(places, ret_aside, owner, error))
		return false;
	aside_config = g_build_filename(*ret_aside, "config", NULL);
	if (!move_state(places->state_dir, *ret_aside, error) ||
	    !file_copy_tree(state, places->state_dir, NULL, owner, &bytes, error))
		return false;
	if (config_dir && g_file_test(config, G_FILE_TEST_IS_DIR) &&
	    !move_config(config, config_dir, aside_config, owner_of(config_dir), error))
		return false;
	return file_sync_folder(places->state_dir, error);
}
