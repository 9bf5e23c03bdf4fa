/* SPDX-License-Identifier: MIT */
/*
 * The disk fails: at every write and sync in turn, as full and as broken. What was acknowledged is
 * there, what failed says why, and the store recovers by itself.
 */
#include "store/store_writer.h"

#include "fault_vfs.h"
#include "store_fixture.h"

#include <string.h>

static void
add_rows(StoreFixture *fixture, StoreTally *tally, unsigned count)
{
	StoreAudit audit = {.time = 1, .after = (char *)"{\"text\":\"some bytes to store\"}"};
	unsigned before = tally->done + tally->failed;

	for (unsigned i = 0; i < count; i++)
		store_add_audit(fixture->store, &audit, tally_answer, tally);
	fixture_wait(fixture, tally, before + count);
}

static uint64_t
count_rows(StoreFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows =
	    store_read_audit(fixture->store, 0, STORE_PAGE_MAX, NULL, &error);

	g_assert_no_error(error);
	return rows->len;
}

static void
test_fault(gconstpointer data)
{
	FaultKind kind = GPOINTER_TO_INT(data);
	StoreFixture fixture;
	StoreTally tally = {0};
	unsigned struck = 0;

	fixture_init(&fixture);
	for (int after = 0; after < 12; after++) {
		unsigned failed = tally.failed;

		fault_vfs_set(kind, after);
		add_rows(&fixture, &tally, 3);
		add_rows(&fixture, &tally, 3);
		struck += fault_vfs_hits() > 0;
		if (tally.failed > failed) {
			g_autofree char *text = NULL;

			g_assert_true(store_is_failing(fixture.store, &text));
			g_assert_cmpstr(text, ==, tally.text);
			if (kind == FAULT_WRITE_FULL)
				g_assert_nonnull(strstr(text, "the disk is full"));
		}
		fault_vfs_set(FAULT_NONE, 0);
		failed = tally.failed;
		add_rows(&fixture, &tally, 2);
		g_assert_cmpuint(tally.failed, ==, failed);
		g_assert_false(store_is_failing(fixture.store, NULL));
		g_assert_cmpuint(count_rows(&fixture), >=, tally.done);
	}
	g_assert_cmpuint(struck, >, 0);
	g_assert_cmpuint(tally.failed, >, 0);
	fixture_reopen(&fixture);
	g_assert_cmpuint(count_rows(&fixture), >=, tally.done);
	g_test_message("%u stored, %u refused", tally.done, tally.failed);
	tally_clear(&tally);
	fixture_clear(&fixture);
}

/* What a connection of the writer was prepared with. */
typedef struct Prepared {
	unsigned times;
	bool refuses;
} Prepared;

static bool
prepare(void *data, sqlite3 *database, GError **error)
{
	Prepared *prepared = data;

	prepared->times++;
	g_assert_nonnull(database);
	if (prepared->refuses)
		g_set_error(error, STORE_ERROR, STORE_ERROR_READ, "not prepared");
	return !prepared->refuses;
}

static bool
apply_row(StoreWrite *write, sqlite3 *database, GError **error)
{
	return database_execute(database, "INSERT INTO t VALUES (1)", error);
}

static void
write_one(StoreFixture *fixture, StoreWriter *writer, StoreTally *tally)
{
	unsigned before = tally->done + tally->failed;

	store_writer_add(writer, store_write_new(apply_row, NULL, NULL, tally_answer, tally));
	fixture_wait(fixture, tally, before + 1);
}

/* Every connection that is opened anew is prepared as the first one was; one that cannot be is not
 * written with. */
static void
test_prepare(void)
{
	Prepared prepared = {0};
	StoreWriterHooks hooks = {.data = &prepared, .prepare = prepare};
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreWriter *writer;
	sqlite3 *database;

	fixture_init(&fixture);
	path = g_build_filename(fixture.folder, "other.db", NULL);
	database = database_open_writer(path, &error);
	g_assert_no_error(error);
	g_assert_true(database_execute(database, "CREATE TABLE t (n INTEGER)", &error));
	writer = store_writer_new(path, database, fixture.answers, &hooks);
	write_one(&fixture, writer, &tally);
	g_assert_cmpuint(prepared.times, ==, 0);
	fault_vfs_set(FAULT_WRITE_FULL, 0);
	write_one(&fixture, writer, &tally);
	fault_vfs_set(FAULT_NONE, 0);
	g_assert_cmpuint(tally.failed, ==, 1);
	prepared.refuses = true;
	write_one(&fixture, writer, &tally);
	g_assert_cmpuint(prepared.times, ==, 1);
	g_assert_cmpuint(tally.failed, ==, 2);
	g_assert_cmpstr(tally.text, ==, "not prepared");
	prepared.refuses = false;
	write_one(&fixture, writer, &tally);
	write_one(&fixture, writer, &tally);
	g_assert_cmpuint(prepared.times, ==, 2);
	g_assert_cmpuint(tally.done, ==, 3);
	store_writer_free(writer);
	tally_clear(&tally);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	fault_vfs_register();
	g_test_add_func("/store-writer/prepare", test_prepare);
	g_test_add_data_func("/store-writer/full", GINT_TO_POINTER(FAULT_WRITE_FULL), test_fault);
	g_test_add_data_func("/store-writer/error", GINT_TO_POINTER(FAULT_WRITE_ERROR), test_fault);
	g_test_add_data_func("/store-writer/sync", GINT_TO_POINTER(FAULT_SYNC_ERROR), test_fault);
	return g_test_run();
}
