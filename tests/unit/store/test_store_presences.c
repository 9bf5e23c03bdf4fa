/* SPDX-License-Identifier: MIT */
/* Presences: written whole, gone with their account. */
#include "store/store_presences.h"

#include "store_fixture.h"

static StorePresence *
row_new(int64_t account, const char *nick)
{
	StorePresence *row = store_presence_new();

	row->account = account;
	row->nick = g_strdup(nick);
	return row;
}

static GPtrArray *
read_rows(StoreFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *rows = store_read_presences(fixture->store, &error);

	g_assert_no_error(error);
	return rows;
}

static void
test_round_trip(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StorePresence *row = row_new(7, "anna");
	g_autoptr(GPtrArray) rows = NULL;
	const StorePresence *got;

	row->username = g_strdup("~anna");
	row->real_name = g_strdup("An'na");
	row->host = g_strdup("shown.example");
	row->address = g_strdup("192.0.2.1");
	row->modes = g_strdup("iw");
	row->away = g_strdup("asleep");
	row->away_since = 3;
	row->connected_at = 4;
	row->detached_at = 5;
	store_presence_add_seat(row, "#b", "ov");
	store_presence_add_seat(row, "#a", "");
	fixture_init(&fixture);
	store_put_account(fixture.store, fixture_account(7, "anna"), NULL, NULL);
	store_put_account(fixture.store, fixture_account(5, "bea"), NULL, NULL);
	store_put_presence(fixture.store, row, tally_answer, &tally);
	store_put_presence(fixture.store, row_new(5, "bea"), tally_answer, &tally);
	fixture_wait(&fixture, &tally, 2);
	g_assert_cmpuint(tally.done, ==, 2);
	fixture_reopen(&fixture);
	rows = read_rows(&fixture);
	g_assert_cmpuint(rows->len, ==, 2);
	got = rows->pdata[0];
	g_assert_cmpstr(got->nick, ==, "bea");
	g_assert_cmpstr(got->away, ==, "");
	g_assert_cmpuint(got->seats->len, ==, 0);
	got = rows->pdata[1];
	g_assert_cmpint(got->account, ==, 7);
	g_assert_cmpstr(got->username, ==, "~anna");
	g_assert_cmpstr(got->real_name, ==, "An'na");
	g_assert_cmpstr(got->host, ==, "shown.example");
	g_assert_cmpstr(got->address, ==, "192.0.2.1");
	g_assert_cmpstr(got->modes, ==, "iw");
	g_assert_cmpstr(got->away, ==, "asleep");
	g_assert_cmpint(got->away_since, ==, 3);
	g_assert_cmpint(got->connected_at, ==, 4);
	g_assert_cmpint(got->detached_at, ==, 5);
	g_assert_cmpuint(got->seats->len, ==, 2);
	g_assert_cmpstr(((StoreSeat *)got->seats->pdata[0])->channel, ==, "#b");
	g_assert_cmpstr(((StoreSeat *)got->seats->pdata[0])->ranks, ==, "ov");
	g_assert_cmpstr(((StoreSeat *)got->seats->pdata[1])->channel, ==, "#a");
	fixture_clear(&fixture);
}

/* Replaced whole, removed, removed with the account; without one it is refused. */
static void
test_ends(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StorePresence *row = row_new(7, "anna");
	g_autoptr(GPtrArray) one = NULL;
	g_autoptr(GPtrArray) none = NULL;

	store_presence_add_seat(row, "#a", "o");
	fixture_init(&fixture);
	store_put_account(fixture.store, fixture_account(7, "anna"), NULL, NULL);
	store_put_account(fixture.store, fixture_account(5, "bea"), NULL, NULL);
	store_put_presence(fixture.store, row, tally_answer, &tally);
	store_put_presence(fixture.store, row_new(7, "ann"), tally_answer, &tally);
	store_put_presence(fixture.store, row_new(5, "bea"), tally_answer, &tally);
	store_remove_presence(fixture.store, 5, tally_answer, &tally);
	store_remove_presence(fixture.store, 5, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 5);
	g_assert_cmpuint(tally.done, ==, 5);
	one = read_rows(&fixture);
	g_assert_cmpuint(one->len, ==, 1);
	g_assert_cmpstr(((StorePresence *)one->pdata[0])->nick, ==, "ann");
	g_assert_cmpuint(((StorePresence *)one->pdata[0])->seats->len, ==, 0);
	store_put_presence(fixture.store, row_new(99, "nobody"), tally_answer, &tally);
	store_remove_account(fixture.store, 7, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 7);
	g_assert_cmpuint(tally.done, ==, 6);
	none = read_rows(&fixture);
	g_assert_cmpuint(none->len, ==, 0);
	tally_clear(&tally);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store-presences/round-trip", test_round_trip);
	g_test_add_func("/store-presences/ends", test_ends);
	return g_test_run();
}
