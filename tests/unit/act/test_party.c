/* SPDX-License-Identifier: MIT */
#include "act/party.h"

#include "act_fixture.h"

static void
test_guests_differ(void)
{
	ActFixture fixture;
	g_autofree char *first = NULL, *second = NULL, *later = NULL, *account = NULL;
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
	anna->user->account = g_strdup("Anna");
	account = party_of_user(anna->user);
	g_assert_cmpstr(account, ==, "=anna");
	fixture_clear(&fixture);
}

static void
test_accounts_are_folded(void)
{
	g_autofree char *upper = party_of_account("ANNA");
	g_autofree char *lower = party_of_account("anna");

	g_assert_cmpstr(upper, ==, "=anna");
	g_assert_cmpstr(lower, ==, "=anna");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/party/guests", test_guests_differ);
	g_test_add_func("/party/accounts", test_accounts_are_folded);
	return g_test_run();
}
