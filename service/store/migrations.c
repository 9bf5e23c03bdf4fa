/* SPDX-License-Identifier: MIT */
#include "store/migrations.h"

#include "store/store.h"
#include "store/store_database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <unistd.h>

static const char *const all_migrations[] = {
#define MIGRATION(version, sql) [(version)-1] = sql,
#include "store/schema.def"
#undef MIGRATION
};

static const char *const history_migrations[] = {
#define MIGRATION(version, sql) [(version)-1] = sql,
#include "store/history_schema.def"
#undef MIGRATION
};

const char *const *
migrations_all(unsigned *ret_count)
{
	*ret_count = G_N_ELEMENTS(all_migrations);
	return all_migrations;
}

const char *const *
migrations_history(unsigned *ret_count)
{
	*ret_count = G_N_ELEMENTS(history_migrations);
	return history_migrations;
}

/* What the file says it is. */
typedef struct Identity {
	int64_t application;
	int64_t version;
	int64_t tables; /* of anybody */
} Identity;

static bool
read_identity(sqlite3 *database, const char *path, Identity *ret_identity, GError **error)
{
	g_autoptr(GError) problem = NULL;

	if (database_number(
		database, "PRAGMA application_id", 0, &ret_identity->application, &problem) &&
	    database_number(database, "PRAGMA user_version", 0, &ret_identity->version, &problem) &&
	    database_number(
		database, "SELECT count(*) FROM sqlite_schema", 0, &ret_identity->tables, &problem))
		return true;
	g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN, "%s cannot be read: %s", path,
	    problem->message);
	return false;
}

static bool
check_identity(const Identity *identity, const char *path, unsigned newest, GError **error)
{
	bool is_new = identity->application == 0 && identity->version == 0 && identity->tables == 0;

	if (is_new)
		return true;
	if (identity->application != STORE_APPLICATION_ID || identity->version < 0) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_FOREIGN,
		    "%s is a database of another program (application id %" PRId64
		    ", chatd's is %d): name another file or move it away",
		    path, identity->application, STORE_APPLICATION_ID);
		return false;
	}
	if (identity->version > newest) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_NEWER,
		    "%s has schema version %" PRId64 ", this chatd knows up to version %u: start a "
		    "newer chatd, or put back the backup made before the upgrade",
		    path, identity->version, newest);
		return false;
	}
	return true;
}

static bool
sync_path(const char *path, int flags)
{
	int descriptor = open(path, flags | O_CLOEXEC);
	bool synced = descriptor >= 0 && fsync(descriptor) == 0;

	if (descriptor >= 0)
		close(descriptor);
	return synced;
}

static bool
copy_database(sqlite3 *from, const char *path, GError **error)
{
	g_autoptr(sqlite3) to = database_open_writer(path, error);
	sqlite3_backup *backup;
	int code;

	if (!to)
		return false;
	backup = sqlite3_backup_init(to, "main", from, "main");
	if (!backup) {
		database_set_error(to, sqlite3_errcode(to), path, error);
		return false;
	}
	sqlite3_backup_step(backup, -1);
	code = sqlite3_backup_finish(backup);
	if (code != SQLITE_OK)
		database_set_error(to, code, path, error);
	return code == SQLITE_OK;
}

/* Whole or not at all: written beside its name, then renamed. */
static bool
make_backup(sqlite3 *database, const char *path, int64_t version, GError **error)
{
	g_autofree char *backup = g_strdup_printf("%s.version-%" PRId64 ".backup", path, version);
	g_autofree char *partial = g_strconcat(backup, ".partial", NULL);
	g_autofree char *directory = g_path_get_dirname(path);

	g_unlink(partial);
	if (!copy_database(database, partial, error)) {
		g_prefix_error(error, "the backup before migration failed, nothing was changed: ");
		g_unlink(partial);
		return false;
	}
	if (!sync_path(partial, O_RDONLY) || g_rename(partial, backup) != 0 ||
	    !sync_path(directory, O_RDONLY | O_DIRECTORY)) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_OPEN,
		    "the backup %s cannot be written, nothing was changed: %s", backup,
		    g_strerror(errno));
		g_unlink(partial);
		return false;
	}
	return true;
}

static bool
run_step(sqlite3 *database, const char *sql, unsigned version, GError **error)
{
	g_autofree char *script = g_strdup_printf("BEGIN IMMEDIATE; %s PRAGMA application_id = %d; "
						  "PRAGMA user_version = %u; COMMIT;",
	    sql, STORE_APPLICATION_ID, version);

	if (database_execute(database, script, error))
		return true;
	if (!sqlite3_get_autocommit(database))
		sqlite3_exec(database, "ROLLBACK", NULL, NULL, NULL);
	g_prefix_error(error, "migration to schema version %u: ", version);
	return false;
}

bool
migrations_run(sqlite3 *database, const char *path, const char *const *migrations, unsigned count,
    GError **error)
{
	Identity identity;

	if (!read_identity(database, path, &identity, error) ||
	    !check_identity(&identity, path, count, error))
		return false;
	if (identity.version > 0 && identity.version < count &&
	    !make_backup(database, path, identity.version, error))
		return false;
	if (!database_execute(database, "PRAGMA journal_mode = WAL;", error))
		return false;
	for (unsigned version = (unsigned)identity.version; version < count; version++)
		if (!run_step(database, migrations[version], version + 1, error))
			return false;
	return true;
}
