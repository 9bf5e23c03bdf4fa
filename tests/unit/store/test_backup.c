/* SPDX-License-Identifier: MIT */
#include "store/backup.h"

#include "store/file_copy.h"
#include "store/store_database.h"
#include "store_fixture.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A service's places: the fixture's store in a state directory, and a configuration. */
typedef struct House {
	StoreFixture fixture;
	char *state;
	char *config;
	BackupPlaces places;
} House;

static void
put(const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *above = g_path_get_dirname(path);

	g_assert_cmpint(g_mkdir_with_parents(above, 0700), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static char *
get(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	char *text = NULL;

	g_file_get_contents(path, &text, NULL, NULL);
	return text;
}

static void
assert_has(const char *folder, const char *name, const char *wanted)
{
	g_autofree char *text = get(folder, name);

	g_assert_cmpstr(text, ==, wanted);
}

/* The store is named chatd.db, as the service has it. */
static void
house_open(House *house)
{
	fixture_init(&house->fixture);
	house->state = g_build_filename(house->fixture.folder, "state", NULL);
	house->config = g_build_filename(house->fixture.folder, "etc", "chatd.conf", NULL);
	g_assert_cmpint(g_mkdir(house->state, 0700), ==, 0);
	store_close(g_steal_pointer(&house->fixture.store));
	g_assert_cmpint(g_remove(house->fixture.path), ==, 0);
	g_free(house->fixture.path);
	house->fixture.path = g_build_filename(house->state, "chatd.db", NULL);
	fixture_reopen(&house->fixture);
	put(house->fixture.folder, "etc/chatd.conf", "[service]\n# mine\n");
	put(house->fixture.folder, "etc/conf.d/a.conf", "[limits]\n");
	put(house->fixture.folder, "etc/motd", "hello\n");
	put(house->fixture.folder, "state/tls/key.pem", "key\n");
	put(house->fixture.folder, "state/chatd.db.version-1.backup", "old\n");
	house->places = (BackupPlaces){house->state, house->config};
}

static void
house_close(House *house)
{
	file_remove_tree(house->state);
	g_free(house->config);
	{
		g_autofree char *etc = g_build_filename(house->fixture.folder, "etc", NULL);

		file_remove_tree(etc);
	}
	g_free(house->state);
	fixture_clear(&house->fixture);
}

static unsigned
channels(Store *store)
{
	g_autoptr(GPtrArray) rows = store_read_channels(store, NULL);

	g_assert_nonnull(rows);
	return rows->len;
}

static char *
make(House *house, const char *name)
{
	g_autoptr(GError) error = NULL;
	guint64 bytes;
	char *path;

	g_assert_true(backup_make(&house->places, name, &path, &bytes, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(bytes, >, 4096);
	return path;
}

static void
test_make(void)
{
	House house;
	g_autofree char *path = NULL;
	g_autofree char *again = NULL;
	g_autofree char *state = NULL;
	g_autoptr(GError) error = NULL;
	GStatBuf status;
	guint64 bytes;

	house_open(&house);
	fixture_put_channel(&house.fixture, "#tea");
	path = make(&house, "first");
	state = g_build_filename(path, "state", NULL);
	assert_has(path, "config/chatd.conf", "[service]\n# mine\n");
	assert_has(path, "config/conf.d/a.conf", "[limits]\n");
	assert_has(path, "config/motd", "hello\n");
	assert_has(path, "state/tls/key.pem", "key\n");
	assert_has(path, "state/chatd.db.version-1.backup", NULL);
	assert_has(path, "state/chatd.db-wal", NULL);
	g_assert_cmpint(g_stat(path, &status), ==, 0);
	g_assert_cmpuint(status.st_mode & 0777, ==, 0700);
	g_assert_true(backup_check(path, &error));
	g_assert_no_error(error);
	/* A name is used once. */
	g_assert_false(backup_make(&house.places, "first", &again, &bytes, &error));
	g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
	house_close(&house);
}

static void
test_names(void)
{
	static const char *const good[] = {"a", "2026-11-28T13.00_z", "A.b"};
	g_autofree char *longest = g_strnfill(64, 'a');
	g_autofree char *longer = g_strnfill(65, 'a');
	const char *const bad[] = {
	    "", ".", "..", ".a", "a/b", "../a", "a b", "a\n", "a.partial", "\xc3\xa4", longer};

	for (unsigned i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_true(backup_name_is_valid(good[i]));
	g_assert_true(backup_name_is_valid(longest));
	for (unsigned i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(backup_name_is_valid(bad[i]));
}

/* Back to what was, with what came after it kept aside. */
static void
test_restore(void)
{
	House house;
	g_autofree char *path = NULL;
	g_autofree char *aside = NULL;
	g_autoptr(GError) error = NULL;

	house_open(&house);
	fixture_put_channel(&house.fixture, "#tea");
	path = make(&house, "first");
	fixture_put_channel(&house.fixture, "#later");
	g_assert_cmpuint(channels(house.fixture.store), ==, 2);
	store_close(g_steal_pointer(&house.fixture.store));
	put(house.fixture.folder, "etc/chatd.conf", "[service]\n# later\n");
	put(house.fixture.folder, "etc/conf.d/z.conf", "[later]\n");
	put(house.fixture.folder, "state/tls/key.pem", "later\n");
	g_assert_true(backup_restore(path, &house.places, &aside, &error));
	g_assert_no_error(error);
	fixture_reopen(&house.fixture);
	g_assert_cmpuint(channels(house.fixture.store), ==, 1);
	assert_has(house.fixture.folder, "etc/chatd.conf", "[service]\n# mine\n");
	assert_has(house.fixture.folder, "etc/conf.d/z.conf", NULL);
	assert_has(house.state, "tls/key.pem", "key\n");
	assert_has(aside, "tls/key.pem", "later\n");
	assert_has(aside, "config/chatd.conf", "[service]\n# later\n");
	assert_has(aside, "config/conf.d/z.conf", "[later]\n");
	/* The backup itself is where it was. */
	g_assert_true(backup_check(path, &error));
	house_close(&house);
}

static void
assert_refused(House *house, const char *folder, const char *part)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *aside = NULL;

	g_assert_false(backup_restore(folder, &house->places, &aside, &error));
	if (!strstr(error->message, part))
		g_error("\"%s\" is not in: %s", part, error->message);
	g_assert_null(aside);
	fixture_reopen(&house->fixture);
	g_assert_cmpuint(channels(house->fixture.store), ==, 1);
}

static void
test_restore_refuses(void)
{
	House house;
	g_autofree char *path = NULL;
	g_autofree char *database = NULL;

	house_open(&house);
	fixture_put_channel(&house.fixture, "#tea");
	path = make(&house, "first");
	database = g_build_filename(path, "state", "chatd.db", NULL);
	assert_refused(&house, house.fixture.folder, "is no backup of chatd");
	{
		g_autoptr(sqlite3) opened = database_open_writer(database, NULL);

		g_assert_true(database_execute(opened, "PRAGMA user_version = 9999", NULL));
	}
	assert_refused(&house, path, "schema version 9999");
	{
		g_autoptr(sqlite3) opened = database_open_writer(database, NULL);

		g_assert_true(database_execute(
		    opened, "PRAGMA user_version = 1; PRAGMA application_id = 5", NULL));
	}
	assert_refused(&house, path, "another program");
	g_assert_true(g_file_set_contents(database, "this is no database, by far", -1, NULL));
	assert_refused(&house, path, "database");
	house_close(&house);
}

static void
test_prune(void)
{
	House house;
	char *paths[4];

	house_open(&house);
	for (unsigned i = 0; i < G_N_ELEMENTS(paths); i++) {
		g_autofree char *name = g_strdup_printf("number-%u", i);

		paths[i] = make(&house, name);
	}
	g_assert_cmpuint(backup_prune(&house.places, 2), ==, 2);
	g_assert_false(g_file_test(paths[0], G_FILE_TEST_EXISTS));
	g_assert_false(g_file_test(paths[1], G_FILE_TEST_EXISTS));
	g_assert_true(g_file_test(paths[3], G_FILE_TEST_EXISTS));
	g_assert_cmpuint(backup_prune(&house.places, 2), ==, 0);
	for (unsigned i = 0; i < G_N_ELEMENTS(paths); i++)
		g_free(paths[i]);
	house_close(&house);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/backup/make", test_make);
	g_test_add_func("/backup/names", test_names);
	g_test_add_func("/backup/restore", test_restore);
	g_test_add_func("/backup/restore-refuses", test_restore_refuses);
	g_test_add_func("/backup/prune", test_prune);
	return g_test_run();
}
