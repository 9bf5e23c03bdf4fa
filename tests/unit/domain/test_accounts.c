/* SPDX-License-Identifier: MIT */
#include "domain/accounts.h"

#include "domain/lookalikes.h"

static Account *
add(Accounts *accounts, int64_t id, const char *name)
{
	Account *account = account_new(id, name, 0);

	accounts_add(accounts, account);
	return account;
}

static void
test_names(void)
{
	g_autoptr(Accounts) accounts = accounts_new();
	Account *anna = add(accounts, 1, "Anna");
	Account *bea = add(accounts, 2, "bea");

	accounts_add_nick(accounts, anna, "Ann");
	g_assert_true(accounts_find(accounts, "ANNA") == anna);
	g_assert_null(accounts_find(accounts, "ann"));
	g_assert_true(accounts_find_nick(accounts, "ann") == anna);
	g_assert_true(accounts_by_id(accounts, 2) == bea);
	g_assert_null(accounts_by_id(accounts, 3));
	g_assert_true(account_owns_nick(anna, "aNN"));
	g_assert_false(accounts_remove_nick(accounts, anna, "anna"));
	/* To a nick of its own: it is the name now, and grouped no longer. */
	accounts_rename(accounts, anna, "ann");
	g_assert_true(accounts_find(accounts, "Ann") == anna);
	g_assert_null(accounts_find_nick(accounts, "Anna"));
	g_assert_cmpuint(anna->nicks->len, ==, 0);
	accounts_rename(accounts, bea, "Anna");
	g_assert_true(accounts_find(accounts, "anna") == bea);
	/* Only the case. */
	accounts_rename(accounts, bea, "ANNA");
	g_assert_cmpstr(accounts_find(accounts, "anna")->name, ==, "ANNA");
}

/* One whose names are partly others' comes without those, or not at all. */
static void
test_admit(void)
{
	g_autoptr(Accounts) accounts = accounts_new();
	Account *anna = add(accounts, 1, "anna");
	Account *late = account_new(2, "late", 0);
	Account *same = account_new(3, "ANNA", 0);

	accounts_add_certificate(accounts, anna, "ab12", 5);
	g_ptr_array_add(late->nicks, g_strdup("Anna"));
	g_ptr_array_add(late->nicks, g_strdup("LATE"));
	g_ptr_array_add(late->nicks, g_strdup("later"));
	g_assert_true(accounts_admit(accounts, late));
	g_assert_cmpuint(late->nicks->len, ==, 1);
	g_assert_true(accounts_find_nick(accounts, "later") == late);
	g_assert_true(accounts_find_nick(accounts, "anna") == anna);
	g_assert_false(accounts_admit(accounts, same));
	account_free(same);
	g_assert_cmpuint(accounts_count(accounts), ==, 2);
}

static void
test_certificates(void)
{
	g_autoptr(Accounts) accounts = accounts_new();
	Account *anna = add(accounts, 1, "anna");

	accounts_add_certificate(accounts, anna, "ab12", 5);
	g_assert_true(accounts_find_certificate(accounts, "ab12") == anna);
	g_assert_true(account_has_certificate(anna, "ab12"));
	g_assert_null(accounts_find_certificate(accounts, "AB12"));
	g_assert_false(accounts_remove_certificate(accounts, anna, "cd"));
	g_assert_true(accounts_remove_certificate(accounts, anna, "ab12"));
	g_assert_null(accounts_find_certificate(accounts, "ab12"));
}

/* What is removed is found by nothing any more, and its id, name and nicks are free. */
static void
test_remove(void)
{
	g_autoptr(Accounts) accounts = accounts_new();
	Account *anna = add(accounts, 1, "anna");
	uint32_t cursor = 0;

	accounts_add_nick(accounts, anna, "ann");
	accounts_add_certificate(accounts, anna, "ab12", 5);
	add(accounts, 2, "bea");
	g_assert_cmpuint(accounts_count(accounts), ==, 2);
	accounts_remove(accounts, anna);
	g_assert_cmpuint(accounts_count(accounts), ==, 1);
	g_assert_null(accounts_find_nick(accounts, "ann"));
	g_assert_null(accounts_find_certificate(accounts, "ab12"));
	g_assert_cmpstr(accounts_next(accounts, &cursor)->name, ==, "bea");
	g_assert_null(accounts_next(accounts, &cursor));
	anna = add(accounts, 1, "ann");
	accounts_add_certificate(accounts, anna, "ab12", 5);
	g_assert_true(accounts_find_certificate(accounts, "ab12") == anna);
}

static void
test_looks(void)
{
	g_autoptr(Accounts) accounts = accounts_new();
	Account *anna;
	Account *bea;

	accounts_set_lookalikes(accounts, lookalikes_new(NULL));
	anna = add(accounts, 1, "anna");
	bea = add(accounts, 2, "bea");
	g_assert_false(accounts_nick_misleads(accounts, "аnna", NULL));
	anna->verified = true;
	bea->verified = true;
	g_assert_true(accounts_nick_misleads(accounts, "аnna", NULL));
	g_assert_true(accounts_nick_misleads(accounts, "аnna", bea));
	g_assert_false(accounts_nick_misleads(accounts, "аnna", anna));
	/* The name itself is no look-alike: accounts_find_nick() finds it. */
	g_assert_false(accounts_nick_misleads(accounts, "ANNA", bea));
	accounts_add_nick(accounts, anna, "ann");
	g_assert_true(accounts_nick_misleads(accounts, "аnn", bea));
	g_assert_true(accounts_remove_nick(accounts, anna, "ann"));
	g_assert_false(accounts_nick_misleads(accounts, "аnn", bea));
	accounts_rename(accounts, anna, "cleo");
	g_assert_false(accounts_nick_misleads(accounts, "аnna", bea));
	g_assert_true(accounts_nick_misleads(accounts, "сleo", bea));
	accounts_remove(accounts, anna);
	g_assert_false(accounts_nick_misleads(accounts, "сleo", bea));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/accounts/names", test_names);
	g_test_add_func("/accounts/admit", test_admit);
	g_test_add_func("/accounts/certificates", test_certificates);
	g_test_add_func("/accounts/remove", test_remove);
	g_test_add_func("/accounts/looks", test_looks);
	return g_test_run();
}
