/* SPDX-License-Identifier: MIT */
#include "store_refusal.h"

#include <poll.h>
#include <sqlite3.h>

static void
returns(void *data, const KeptKind *kind, const char *key, const void *row)
{
	Returned *returned = data;
	Ctx ctx = fixture_administrator(returned->fixture);

	ctx.actor = (Actor){.kind = ACTOR_SERVICE, .name = ctx.community->server_name};
	returned->count++;
	kind->give_back(&ctx, key, row);
}

void
fixture_add_refusing_store(ActFixture *fixture, Returned *ret_returned)
{
	fixture_add_pool(fixture);
	fixture_add_store(fixture);
	*ret_returned = (Returned){fixture, 0};
	fixture->records.pool = fixture->host.pool;
	fixture->records.returns = returns;
	fixture->records.returns_data = ret_returned;
}

void
fixture_end_returns(ActFixture *fixture)
{
	fixture->records.returns = NULL;
}

void
fixture_run_sql(const ActFixture *fixture, const char *file, const char *sql)
{
	g_autofree char *path = g_build_filename(fixture->folder, file, NULL);
	sqlite3 *database;

	g_assert_cmpint(sqlite3_open(path, &database), ==, SQLITE_OK);
	sqlite3_busy_timeout(database, 5000);
	g_assert_cmpint(sqlite3_exec(database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(database);
}

void
fixture_settle_kept(ActFixture *fixture)
{
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	while (fixture->records.kept && g_hash_table_size(fixture->records.kept) > 0) {
		struct pollfd wait = {.fd = mailbox_descriptor(fixture->answers), .events = POLLIN};

		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		poll(&wait, 1, 100);
		fixture_finish_answers(fixture);
	}
}
