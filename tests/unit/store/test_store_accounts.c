/* SPDX-License-Identifier: MIT */
#include "store/store_accounts.h"

#include "store_fixture.h"

static GPtrArray *
read_rows(StoreFixture *fixture, int64_t id)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *rows = store_read_accounts(fixture->store, id, &error);

	g_assert_no_error(error);
	return rows;
}

static void
test_round_trip(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreAccount *row = fixture_account(INT64_C(1) << 52, "Anna");
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GPtrArray) one = NULL;
	const StoreAccount *got;
	const StoreAccountItem *item;

	row->email = g_strdup("a'b@c.example");
	row->verified = true;
	row->used_at = 18;
	row->suspended_by = g_strdup("root");
	row->suspended_reason = g_strdup("because");
	row->suspended_at = 19;
	row->suspended_until = 20;
	row->code_kind = g_strdup("reset");
	row->code_digest = g_strdup("00ff");
	row->code_email = g_strdup("x@y.example");
	row->code_until = 21;
	row->totp = g_strdup("GEZDGNBVGY3TQOJQ");
	store_account_add_item(row, "nick", "Zoe", "", 0);
	store_account_add_item(row, "nick", "Ann", "", 0);
	store_account_add_item(row, "setting", "enforce", "strict", 0);
	fixture_init(&fixture);
	store_put_account(fixture.store, row, tally_answer, &tally);
	store_put_account(fixture.store, fixture_account(5, "bea"), tally_answer, &tally);
	fixture_wait(&fixture, &tally, 2);
	g_assert_cmpuint(tally.done, ==, 2);
	fixture_reopen(&fixture);
	rows = read_rows(&fixture, 0);
	g_assert_cmpuint(rows->len, ==, 2);
	g_assert_cmpstr(((StoreAccount *)rows->pdata[0])->name, ==, "bea");
	g_assert_cmpstr(((StoreAccount *)rows->pdata[0])->email, ==, "");
	got = rows->pdata[1];
	g_assert_cmpint(got->id, ==, INT64_C(1) << 52);
	g_assert_cmpstr(got->secret, ==, "SCRAM-SHA-256$…");
	g_assert_cmpstr(got->email, ==, "a'b@c.example");
	g_assert_true(got->verified);
	g_assert_cmpint(got->registered_at, ==, 17);
	g_assert_cmpint(got->used_at, ==, 18);
	g_assert_cmpstr(got->suspended_by, ==, "root");
	g_assert_cmpstr(got->suspended_reason, ==, "because");
	g_assert_cmpint(got->suspended_at, ==, 19);
	g_assert_cmpint(got->suspended_until, ==, 20);
	g_assert_cmpstr(got->code_kind, ==, "reset");
	g_assert_cmpstr(got->code_digest, ==, "00ff");
	g_assert_cmpstr(got->code_email, ==, "x@y.example");
	g_assert_cmpint(got->code_until, ==, 21);
	g_assert_cmpstr(got->totp, ==, "GEZDGNBVGY3TQOJQ");
	g_assert_cmpuint(got->items->len, ==, 3);
	item = got->items->pdata[0];
	g_assert_cmpstr(item->key, ==, "Zoe");
	item = got->items->pdata[2];
	g_assert_cmpstr(item->kind, ==, "setting");
	g_assert_cmpstr(item->value, ==, "strict");
	one = read_rows(&fixture, 5);
	g_assert_cmpuint(one->len, ==, 1);
	fixture_clear(&fixture);
}

/* It is written whole: what is no longer in the row is no longer there, and others may have it. */
static void
test_replacing(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreAccount *row = fixture_account(1, "anna");
	g_autoptr(GPtrArray) rows = NULL;

	fixture_init(&fixture);
	store_account_add_item(row, "nick", "ann", "", 0);
	store_put_account(fixture.store, row, tally_answer, &tally);
	store_put_account(fixture.store, fixture_account(1, "Annika"), tally_answer, &tally);
	row = fixture_account(2, "anna");
	store_account_add_item(row, "nick", "ANN", "", 0);
	store_put_account(fixture.store, row, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 3);
	g_assert_cmpuint(tally.done, ==, 3);
	rows = read_rows(&fixture, 0);
	g_assert_cmpstr(((StoreAccount *)rows->pdata[0])->name, ==, "Annika");
	g_assert_cmpuint(((StoreAccount *)rows->pdata[0])->items->len, ==, 0);
	g_assert_cmpuint(((StoreAccount *)rows->pdata[1])->items->len, ==, 1);
	fixture_clear(&fixture);
}

/* Two owners of one name, nick or certificate cannot come to the disk, whatever memory says. */
static void
test_unique(void)
{
	static const char *const kinds[] = {"nick", "certificate"};
	StoreFixture fixture;
	StoreTally tally = {0};
	g_autoptr(GPtrArray) rows = NULL;

	fixture_init(&fixture);
	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
		for (int64_t id = 1; id <= 2; id++) {
			g_autofree char *name = g_strdup_printf("name%u", (unsigned)id);
			StoreAccount *row = fixture_account(id, name);

			store_account_add_item(row, kinds[i], id == 1 ? "same" : "SAME", "", 0);
			store_put_account(fixture.store, row, tally_answer, &tally);
		}
		fixture_wait(&fixture, &tally, 2 * (i + 1));
		g_assert_cmpuint(tally.failed, ==, i + 1);
	}
	store_put_account(fixture.store, fixture_account(3, "NAME1"), tally_answer, &tally);
	fixture_wait(&fixture, &tally, 5);
	g_assert_cmpuint(tally.failed, ==, 3);
	rows = read_rows(&fixture, 0);
	g_assert_cmpuint(rows->len, ==, 1);
	tally_clear(&tally);
	fixture_clear(&fixture);
}

static void
test_removing(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreAccount *row = fixture_account(1, "anna");
	g_autoptr(GPtrArray) rows = NULL;

	fixture_init(&fixture);
	store_account_add_item(row, "nick", "ann", "", 0);
	store_put_account(fixture.store, row, tally_answer, &tally);
	store_remove_account(fixture.store, 1, tally_answer, &tally);
	store_remove_account(fixture.store, 9, tally_answer, &tally);
	row = fixture_account(2, "ann");
	store_account_add_item(row, "nick", "ann", "", 0);
	store_put_account(fixture.store, row, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 4);
	g_assert_cmpuint(tally.done, ==, 4);
	rows = read_rows(&fixture, 0);
	g_assert_cmpuint(rows->len, ==, 1);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/accounts/round-trip", test_round_trip);
	g_test_add_func("/store/accounts/replacing", test_replacing);
	g_test_add_func("/store/accounts/unique", test_unique);
	g_test_add_func("/store/accounts/removing", test_removing);
	return g_test_run();
}
