/* SPDX-License-Identifier: MIT */
/* Many rows as one write: all of them, or none when one is refused. */
#include "store/store_bulk.h"

#include "store_fixture.h"

static StoreAccount *
account_new(int64_t id, const char *name, const char *certificate)
{
	StoreAccount *row = fixture_account(id, name);

	store_account_add_item(row, "certificate", certificate, "", 0);
	return row;
}

static StoreChannel *
channel_new(const char *name)
{
	StoreChannel *row = g_new0(StoreChannel, 1);
	StoreListEntry *entry = g_new0(StoreListEntry, 1);

	row->name = g_strdup(name);
	row->registered_by = g_strdup("ann");
	row->entries = g_ptr_array_new_with_free_func((GDestroyNotify)store_list_entry_free);
	entry->kind = 'b';
	entry->mask = g_strdup("*!*@new.example");
	g_ptr_array_add(row->entries, entry);
	return row;
}

static void
check(StoreFixture *fixture, unsigned accounts, const char *mask)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) rows = store_read_accounts(fixture->store, 0, &error);
	g_autoptr(GPtrArray) channels = store_read_channels(fixture->store, &error);
	const StoreChannel *room = channels->pdata[0];

	g_assert_no_error(error);
	g_assert_cmpuint(rows->len, ==, accounts);
	g_assert_cmpuint(channels->len, ==, 1);
	g_assert_cmpuint(room->entries->len, ==, 1);
	g_assert_cmpstr(((const StoreListEntry *)room->entries->pdata[0])->mask, ==, mask);
}

static void
test_all_or_nothing(void)
{
	StoreFixture fixture;
	StoreTally tally = {0};
	StoreListEntry old = {.kind = 'b', .mask = (char *)"*!*@old.example"};
	g_autoptr(GPtrArray) accounts =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_account_free);
	g_autoptr(GPtrArray) channels =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_channel_free);

	fixture_init(&fixture);
	fixture_put_channel(&fixture, "#room");
	store_put_entry(fixture.store, "#room", &old, NULL, NULL);
	g_ptr_array_add(accounts, account_new(1, "ann", "aa"));
	g_ptr_array_add(accounts, account_new(2, "bob", "aa"));
	g_ptr_array_add(channels, channel_new("#room"));
	store_put_bulk(fixture.store, accounts, channels, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 1);
	g_assert_cmpuint(tally.failed, ==, 1);
	check(&fixture, 0, "*!*@old.example");
	g_ptr_array_set_size(accounts, 1);
	g_ptr_array_add(accounts, account_new(2, "bob", "bb"));
	store_put_bulk(fixture.store, accounts, channels, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 2);
	g_assert_cmpuint(tally.done, ==, 1);
	/* What was there under that name went first. */
	check(&fixture, 2, "*!*@new.example");
	tally_clear(&tally);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store-bulk/all-or-nothing", test_all_or_nothing);
	return g_test_run();
}
