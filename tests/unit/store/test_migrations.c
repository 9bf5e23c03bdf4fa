/* SPDX-License-Identifier: MIT */
#include "store/migrations.h"

#include "store/store_database.h"
#include "store_fixture.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *const steps[] = {
    "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);",
    "ALTER TABLE a ADD COLUMN y INTEGER;",
    "UPDATE a SET y = 2; CREATE TABLE broken (;",
};

static int64_t
number(sqlite3 *database, const char *sql)
{
	g_autoptr(GError) error = NULL;
	int64_t got = 0;

	g_assert_true(database_number(database, sql, -1, &got, &error));
	g_assert_no_error(error);
	return got;
}

/* A closed store: a folder and a path that holds no file. */
static void
empty_fixture(StoreFixture *fixture)
{
	fixture_init(fixture);
	store_close(g_steal_pointer(&fixture->store));
	g_assert_cmpint(remove(fixture->path), ==, 0);
}

static void
test_steps_forward_with_backup(void)
{
	StoreFixture fixture;
	g_autofree char *backup = NULL;
	g_autofree char *none = NULL;

	empty_fixture(&fixture);
	backup = g_strconcat(fixture.path, ".version-1.backup", NULL);
	none = g_strconcat(fixture.path, ".version-0.backup", NULL);
	{
		g_autoptr(GError) error = NULL;
		g_autoptr(sqlite3) database = database_open_writer(fixture.path, &error);

		g_assert_true(migrations_run(database, fixture.path, steps, 1, &error));
		g_assert_no_error(error);
		g_assert_cmpint(number(database, "PRAGMA user_version"), ==, 1);
		g_assert_cmpint(
		    number(database, "PRAGMA application_id"), ==, STORE_APPLICATION_ID);
		g_assert_true(migrations_run(database, fixture.path, steps, 2, &error));
		g_assert_cmpint(number(database, "SELECT count(*) FROM a WHERE y IS NULL"), ==, 1);
		/* Running again changes nothing. */
		g_assert_true(migrations_run(database, fixture.path, steps, 2, &error));
	}
	g_assert_false(g_file_test(none, G_FILE_TEST_EXISTS));
	{
		g_autoptr(sqlite3) database = database_open_reader(backup, NULL);

		g_assert_cmpint(number(database, "PRAGMA user_version"), ==, 1);
		g_assert_cmpint(number(database, "SELECT x FROM a"), ==, 1);
	}
	fixture_clear(&fixture);
}

static void
test_a_broken_step_changes_nothing(void)
{
	StoreFixture fixture;
	g_autoptr(GError) error = NULL;

	empty_fixture(&fixture);
	{
		g_autoptr(sqlite3) database = database_open_writer(fixture.path, NULL);

		g_assert_true(migrations_run(database, fixture.path, steps, 2, NULL));
		g_assert_false(migrations_run(database, fixture.path, steps, 3, &error));
		g_assert_error(error, STORE_ERROR, STORE_ERROR_READ);
		g_assert_nonnull(strstr(error->message, "schema version 3"));
		g_assert_cmpint(number(database, "PRAGMA user_version"), ==, 2);
		g_assert_cmpint(number(database, "SELECT count(*) FROM a WHERE y IS NULL"), ==, 1);
		g_assert_true(sqlite3_get_autocommit(database));
	}
	fixture_clear(&fixture);
}

static void
test_a_newer_file_is_refused(void)
{
	StoreFixture fixture;
	g_autoptr(GError) error = NULL;
	unsigned newest;

	migrations_all(&newest);
	fixture_init(&fixture);
	store_close(g_steal_pointer(&fixture.store));
	{
		g_autoptr(sqlite3) database = database_open_writer(fixture.path, NULL);

		g_assert_true(database_execute(database, "PRAGMA user_version = 77", NULL));
	}
	fixture.store = store_open(fixture.path, fixture.answers, &error);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_NEWER);
	g_assert_nonnull(strstr(error->message, "schema version 77"));
	{
		g_autofree char *known = g_strdup_printf("up to version %u", newest);

		g_assert_nonnull(strstr(error->message, known));
	}
	fixture_clear(&fixture);
}

static void
test_a_foreign_database_is_refused(void)
{
	StoreFixture fixture;
	g_autoptr(GError) error = NULL;

	empty_fixture(&fixture);
	{
		g_autoptr(sqlite3) database = database_open_writer(fixture.path, NULL);

		g_assert_true(database_execute(database, "CREATE TABLE theirs (x)", NULL));
	}
	fixture.store = store_open(fixture.path, fixture.answers, &error);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_FOREIGN);
	g_assert_nonnull(strstr(error->message, "another program"));
	{
		g_autoptr(sqlite3) database = database_open_reader(fixture.path, NULL);

		g_assert_cmpint(number(database, "SELECT count(*) FROM sqlite_schema"), ==, 1);
	}
	fixture_clear(&fixture);
}

static void
test_garbage_is_refused_and_kept(void)
{
	StoreFixture fixture;
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	static const char garbage[] =
	    "this is not a database, it is a long text that must survive as "
	    "it is, whatever happens to be tried with it by the service.";

	empty_fixture(&fixture);
	g_assert_true(g_file_set_contents(fixture.path, garbage, -1, NULL));
	fixture.store = store_open(fixture.path, fixture.answers, &error);
	g_assert_error(error, STORE_ERROR, STORE_ERROR_FOREIGN);
	g_assert_nonnull(strstr(error->message, fixture.path));
	g_assert_true(g_file_get_contents(fixture.path, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, garbage);
	fixture_clear(&fixture);
}

static void
test_a_missing_folder_is_named(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Mailbox) answers = mailbox_new();

	g_assert_null(store_open("/nonexistent/folder/chatd.db", answers, &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_OPEN);
	g_assert_nonnull(strstr(error->message, "/nonexistent/folder/chatd.db"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/migrations/forward", test_steps_forward_with_backup);
	g_test_add_func("/migrations/broken-step", test_a_broken_step_changes_nothing);
	g_test_add_func("/migrations/newer", test_a_newer_file_is_refused);
	g_test_add_func("/migrations/foreign", test_a_foreign_database_is_refused);
	g_test_add_func("/migrations/garbage", test_garbage_is_refused_and_kept);
	g_test_add_func("/migrations/missing-folder", test_a_missing_folder_is_named);
	return g_test_run();
}
