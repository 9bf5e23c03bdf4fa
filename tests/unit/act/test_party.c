/* SPDX-License-Identifier: MIT */
#include "act/party.h"

#include "act_fixture.h"

static void
test_guests_differ(void)
{
	ActFixture fixture;
	g_autofree char *first = NULL, *second = NULL, *later = NULL;
	Session *anna, *bea;

	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	bea = fixture_user(&fixture, "bea");
	first = party_of_user(anna->user);
	second = party_of_user(bea->user);
	g_assert_true(g_str_has_prefix(first, "~"));
	g_assert_cmpstr(first, !=, second);
	/* The same slot, another guest. */
	anna->user->connected_at += 1;
	later = party_of_user(anna->user);
	g_assert_cmpstr(first, !=, later);
	fixture_clear(&fixture);
}

/* A name that is registered again is another party; a rename makes none. */
static void
test_accounts_are_their_ids(void)
{
	ActFixture fixture;
	Account *account = account_new(0x2a, "Anna", 0);
	g_autofree char *mine = party_of_account(account);
	g_autofree char *user = NULL;
	Session *anna;

	g_assert_cmpstr(mine, ==, "=2a");
	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	user_set_account(anna->user, account);
	user = party_of_user(anna->user);
	g_assert_cmpstr(user, ==, mine);
	user_set_account(anna->user, NULL);
	account_free(account);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/party/guests", test_guests_differ);
	g_test_add_func("/party/accounts", test_accounts_are_their_ids);
	return g_test_run();
}
