/* SPDX-License-Identifier: MIT */
/* WHOWAS in the store: the newest stay, in order, over a reopening. */
#include "store/store_whowas.h"

#include "store_fixture.h"

static void
add(StoreFixture *fixture, const char *nick, int64_t left_at)
{
	StoreWhowas row = {
	    .nick = (char *)nick,
	    .username = (char *)"~u",
	    .host = (char *)"host",
	    .address = (char *)"192.0.2.1",
	    .real_name = (char *)"Real",
	    .account = left_at % 2 ? (char *)"acct" : NULL,
	    .event = (char *)"quit",
	    .connected_at = 1,
	    .left_at = left_at,
	    .keep = 3,
	};

	store_add_whowas(fixture->store, &row);
}

static void
test_bound(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = NULL;
	StoreFixture fixture;
	const StoreWhowas *row;

	fixture_init(&fixture);
	add(&fixture, "a", 10);
	add(&fixture, "b", 11);
	add(&fixture, "c", 12);
	add(&fixture, "d", 13);
	fixture_reopen(&fixture);
	rows = store_read_whowas(fixture.store, 10, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rows->len, ==, 3);
	row = rows->pdata[0];
	g_assert_cmpstr(row->nick, ==, "b");
	g_assert_cmpstr(row->account, ==, "acct");
	g_assert_cmpstr(row->address, ==, "192.0.2.1");
	row = rows->pdata[2];
	g_assert_cmpstr(row->nick, ==, "d");
	g_assert_cmpint(row->left_at, ==, 13);
	g_ptr_array_unref(rows);
	rows = store_read_whowas(fixture.store, 1, &error);
	g_assert_cmpuint(rows->len, ==, 1);
	g_assert_cmpstr(((const StoreWhowas *)rows->pdata[0])->nick, ==, "d");
	g_assert_cmpstr(((const StoreWhowas *)rows->pdata[0])->account, ==, "acct");
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store-whowas/bound", test_bound);
	return g_test_run();
}
