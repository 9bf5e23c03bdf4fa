/* SPDX-License-Identifier: MIT */
#include "store/store_database.h"

#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLD_MILLISECONDS 50 /* a batch may have to wait for that long behind a reader */

GQuark
store_error_quark(void)
{
	return g_quark_from_static_string("chatd-store-error");
}

void
database_set_error(sqlite3 *database, int code, const char *action, GError **error)
{
	/* What an administrator can do something about is said in plain words. */
	static const struct {
		int code;
		const char *text;
	} plain[] = {
	    {SQLITE_FULL, "the disk is full"},
	    {SQLITE_READONLY, "the file or its directory cannot be written"},
	    {SQLITE_CANTOPEN, "the file cannot be opened"},
	    {SQLITE_BUSY, "another program holds the file"},
	    {SQLITE_CORRUPT, "the file is damaged"},
	    {SQLITE_NOTADB, "the file is not a database"},
	    {SQLITE_INTERRUPT, "it took too long"},
	};
	const char *text = NULL;
	const char *detail = database ? sqlite3_errmsg(database) : sqlite3_errstr(code);
	int system_error = database ? sqlite3_system_errno(database) : 0;
	bool damaged = (code & 0xff) == SQLITE_NOTADB || (code & 0xff) == SQLITE_CORRUPT;
	StoreErrorCode kind = damaged                             ? STORE_ERROR_FOREIGN
			      : (code & 0xff) == SQLITE_INTERRUPT ? STORE_ERROR_TOO_LONG
								  : STORE_ERROR_READ;

	for (size_t i = 0; i < G_N_ELEMENTS(plain); i++)
		if ((code & 0xff) == plain[i].code)
			text = plain[i].text;
	if (!text && (code & 0xff) == SQLITE_IOERR)
		text = system_error == ENOSPC || system_error == EDQUOT
			   ? "the disk is full"
			   : "reading or writing the file failed";
	if (text && system_error)
		g_set_error(error, STORE_ERROR, kind, "%s: %s (%s: %s)", action, text, detail,
		    g_strerror(system_error));
	else if (text)
		g_set_error(error, STORE_ERROR, kind, "%s: %s (%s)", action, text, detail);
	else
		g_set_error(error, STORE_ERROR, kind, "%s: %s", action, detail);
}

bool
database_execute(sqlite3 *database, const char *sql, GError **error)
{
	int code = sqlite3_exec(database, sql, NULL, NULL, NULL);

	if (code == SQLITE_OK)
		return true;
	database_set_error(database, code, "database", error);
	return false;
}

bool
database_number(
    sqlite3 *database, const char *sql, int64_t fallback, int64_t *ret_number, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database, sql, error);
	int code;

	if (!statement)
		return false;
	code = sqlite3_step(statement);
	if (code != SQLITE_ROW && code != SQLITE_DONE) {
		database_set_error(database, code, "database", error);
		return false;
	}
	*ret_number = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : fallback;
	return true;
}

static sqlite3 *
open_database(const char *path, int flags, GError **error)
{
	g_autoptr(sqlite3) database = NULL;
	int code = sqlite3_open_v2(path, &database, flags | SQLITE_OPEN_NOMUTEX, NULL);

	if (code != SQLITE_OK) {
		g_autofree char *action = g_strdup_printf("%s cannot be opened", path);

		database_set_error(database, code, action, error);
		return NULL;
	}
	sqlite3_extended_result_codes(database, 1);
	sqlite3_busy_timeout(database, DATABASE_BUSY_MILLISECONDS);
	/* A file of ours never needs what a hostile schema could call. */
	sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return g_steal_pointer(&database);
}

/* SQLite would create it with the umask's permissions; its journals take the file's. */
static bool
create_private(const char *path, GError **error)
{
	int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (descriptor < 0 && errno != EACCES && errno != EROFS && errno != EISDIR) {
		g_set_error(error, STORE_ERROR, STORE_ERROR_OPEN, "%s cannot be created: %s", path,
		    g_strerror(errno));
		return false;
	}
	if (descriptor >= 0)
		close(descriptor);
	return true;
}

sqlite3 *
database_open_writer(const char *path, GError **error)
{
	g_autoptr(sqlite3) database = NULL;

	if (!create_private(path, error))
		return NULL;
	database = open_database(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
	if (!database)
		return NULL;
	if (!database_execute(database,
		"PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; "
		"PRAGMA secure_delete = ON;",
		error)) {
		g_prefix_error(error, "%s: ", path);
		return NULL;
	}
	return g_steal_pointer(&database);
}

sqlite3 *
database_open_reader(const char *path, GError **error)
{
	g_autoptr(sqlite3) database = open_database(path, SQLITE_OPEN_READONLY, error);

	if (!database || !database_execute(database, "PRAGMA query_only = ON;", error))
		return NULL;
	return g_steal_pointer(&database);
}

bool
database_run(sqlite3 *database, const char *sql, const DatabaseValue *values, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(database, sql, error);
	int code;

	if (!statement)
		return false;
	for (int i = 0; i < sqlite3_bind_parameter_count(statement); i++) {
		if (values[i].is_number)
			sqlite3_bind_int64(statement, i + 1, values[i].number);
		else
			statement_bind_text(statement, i + 1, values[i].text);
	}
	code = sqlite3_step(statement);
	if (code == SQLITE_DONE)
		return true;
	database_set_error(database, code, "not stored", error);
	return false;
}

static int
first_number(void *data, int columns, char **values, char **names)
{
	*(int64_t *)data = values[0] ? g_ascii_strtoll(values[0], NULL, 10) : 0;
	return 0;
}

bool
database_has_log(const char *path)
{
	g_autofree char *log = g_strconcat(path, "-wal", NULL);
	struct stat status;

	return stat(log, &status) == 0 && status.st_size > 0;
}

bool
database_fold_log(sqlite3 *database, bool *ret_left)
{
	int64_t busy = 1;
	int code;

	sqlite3_busy_timeout(database, FOLD_MILLISECONDS);
	code = sqlite3_exec(database, "PRAGMA wal_checkpoint(TRUNCATE)", first_number, &busy, NULL);
	sqlite3_busy_timeout(database, DATABASE_BUSY_MILLISECONDS);
	*ret_left = busy != 0;
	return *ret_left && code == SQLITE_OK;
}

void
database_close(sqlite3 *database)
{
	int code = sqlite3_close(database);

	/* A statement left open would keep the connection alive unseen. */
	g_assert(code == SQLITE_OK);
}

sqlite3_stmt *
statement_new(sqlite3 *database, const char *sql, GError **error)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(database, sql, -1, &statement, NULL);

	if (code != SQLITE_OK)
		database_set_error(database, code, "database", error);
	return statement;
}

void
statement_bind_text(sqlite3_stmt *statement, int index, const char *text)
{
	int code = text ? sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC)
			: sqlite3_bind_null(statement, index);

	g_assert(code == SQLITE_OK);
}

char *
statement_text(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return g_strdup(text ? (const char *)text : "");
}

char *
statement_text_or_null(sqlite3_stmt *statement, int column)
{
	return g_strdup((const char *)sqlite3_column_text(statement, column));
}
