/* SPDX-License-Identifier: MIT */
/* Accounts over a restart, and what happens to them when the store refuses. */
#include "act/kept_accounts.h"

#include "act/account_verbs.h"
#include "act/kept_writes.h"
#include "act/vhost.h"
#include "domain/name_list.h"
#include "domain/silence_list.h"
#include "proto/caps.h"
#include "store_refusal.h"

#include <string.h>

typedef struct Desk {
	ActFixture fixture;
	Session *anna;
	Returned returned;
} Desk;

static void
set_up(Desk *desk, gconstpointer data)
{
	ActFixture *fixture = &desk->fixture;

	fixture_init(fixture);
	fixture_add_refusing_store(fixture, &desk->returned);
	desk->anna = fixture_user(fixture, "anna");
	desk->anna->caps = CAP_SASL | CAP_ACCOUNT_NOTIFY;
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	fixture_end_returns(&desk->fixture);
	fixture_clear(&desk->fixture);
}

static Account *
add(Desk *desk, const char *name)
{
	Ctx ctx = fixture_administrator(&desk->fixture);

	g_assert_cmpint(act_add_account(&ctx, name, "a@b.example", "secret"), ==, OUTCOME_DONE);
	fixture_settle_kept(&desk->fixture);
	return accounts_find(desk->fixture.community->accounts, name);
}

static void
test_restart(Desk *desk, gconstpointer data)
{
	Community *community = desk->fixture.community;
	Account *account = add(desk, "anna");
	Ctx ctx = fixture_administrator(&desk->fixture);
	g_autoptr(GPtrArray) rows = NULL;
	int64_t id = account->id;

	accounts_add_nick(community->accounts, account, "ann");
	accounts_add_certificate(community->accounts, account, "ab12", 77);
	account_setting_set(account, ACCOUNT_SETTING_PRIVATE, "yes");
	property_list_set(&account->properties, "display-name", "Ann", 9);
	account->silences = silence_list_new();
	silence_list_put(account->silences, "spam!*@*", SILENCE_NOTICES | SILENCE_EXCEPTION);
	silence_list_put(account->silences, "*!*@b.example", SILENCE_EVERYTHING);
	account->accepts = name_list_new();
	name_list_add(account->accepts, "Bea");
	account_suspend(account, "root", "spam", 5, 6);
	account_set_code(account, ACCOUNT_CODE_RESET, "digest", "c@d.example", 9);
	account_set_totp(account, "GEZDGNBV");
	account->totp_step = 50000000;
	kept_account_put(&ctx, account);
	fixture_settle_kept(&desk->fixture);
	rows = store_read_accounts(desk->fixture.records.store, 0, NULL);
	accounts_remove(community->accounts, account);
	g_assert_cmpuint(kept_accounts_load(community, rows), ==, 0);
	/* Twice the same: nothing is taken over, and nothing breaks. */
	g_assert_cmpuint(kept_accounts_load(community, rows), ==, 1);
	account = accounts_by_id(community->accounts, id);
	g_assert_cmpstr(account->name, ==, "anna");
	g_assert_cmpstr(account->secret, ==, "secret");
	g_assert_cmpstr(account->email, ==, "a@b.example");
	g_assert_cmpstr(account->totp, ==, "GEZDGNBV");
	g_assert_cmpint(account->totp_step, ==, 50000000);
	g_assert_true(account->verified);
	g_assert_true(accounts_find_nick(community->accounts, "ann") == account);
	g_assert_true(accounts_find_certificate(community->accounts, "ab12") == account);
	g_assert_cmpint(((AccountCertificate *)account->certificates->pdata[0])->added_at, ==, 77);
	g_assert_cmpint(account->settings[ACCOUNT_SETTING_PRIVATE], ==, 1);
	g_assert_cmpstr(property_list_get(account->properties, "display-name"), ==, "Ann");
	g_assert_cmpuint(silence_list_count(account->silences), ==, 2);
	g_assert_cmpstr(silence_list_entry(account->silences, 0)->mask, ==, "spam!*@*");
	g_assert_cmpuint(silence_list_entry(account->silences, 0)->flags, ==,
	    SILENCE_NOTICES | SILENCE_EXCEPTION);
	g_assert_cmpuint(silence_list_entry(account->silences, 1)->flags, ==, SILENCE_EVERYTHING);
	g_assert_cmpuint(name_list_count(account->accepts), ==, 1);
	g_assert_true(name_list_has(account->accepts, "bea"));
	g_assert_true(account_is_suspended(account, 5));
	g_assert_cmpint(account->code.kind, ==, ACCOUNT_CODE_RESET);
	g_assert_cmpstr(account->code.email, ==, "c@d.example");
	kept_account_remove(&ctx, account);
	fixture_settle_kept(&desk->fixture);
	g_ptr_array_unref(rows);
	rows = store_read_accounts(desk->fixture.records.store, 0, NULL);
	g_assert_cmpuint(rows->len, ==, 0);
}

/* An account that did not come to the disk is none: whoever is logged in to it is logged out. */
static void
test_refused_new(Desk *desk, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&desk->fixture);
	Account *account;
	g_autofree char *told = NULL;

	fixture_run_sql(&desk->fixture, "chatd.db",
	    "CREATE TRIGGER a BEFORE INSERT ON account BEGIN SELECT RAISE(ABORT, 'full'); END;");
	g_assert_cmpint(act_add_account(&ctx, "anna", "", ""), ==, OUTCOME_DONE);
	account = accounts_find(desk->fixture.community->accounts, "anna");
	act_log_in(&ctx, desk->anna, account);
	g_free(fixture_read(&desk->fixture, desk->anna));
	fixture_settle_kept(&desk->fixture);
	g_assert_cmpuint(desk->returned.count, ==, 1);
	g_assert_null(accounts_find(desk->fixture.community->accounts, "anna"));
	g_assert_null(desk->anna->user->login);
	told = fixture_read(&desk->fixture, desk->anna);
	g_assert_cmpstr(told, ==,
	    ":chatd.localhost 901 anna anna!~anna@192.0.2.1 :You are now logged out|"
	    ":anna!~anna@192.0.2.1 ACCOUNT *|");
}

/* A change goes back, and those who are logged in stay so. */
static void
test_refused_change(Desk *desk, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&desk->fixture);
	Accounts *accounts = desk->fixture.community->accounts;
	Account *account = add(desk, "anna");

	act_log_in(&ctx, desk->anna, account);
	fixture_run_sql(&desk->fixture, "chatd.db",
	    "CREATE TRIGGER a BEFORE UPDATE ON account BEGIN SELECT RAISE(ABORT, 'full'); END;");
	accounts_add_nick(accounts, account, "ann");
	account_set_email(account, "new@b.example");
	kept_account_put(&ctx, account);
	fixture_settle_kept(&desk->fixture);
	g_assert_cmpuint(desk->returned.count, ==, 1);
	account = accounts_find(accounts, "anna");
	g_assert_cmpstr(account->email, ==, "a@b.example");
	g_assert_null(accounts_find_nick(accounts, "ann"));
	g_assert_true(desk->anna->user->login == account);
	/* What cannot be removed is still there. */
	fixture_run_sql(&desk->fixture, "chatd.db",
	    "CREATE TRIGGER b BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, 'full'); END;");
	kept_account_remove(&ctx, account);
	act_forget_account(&ctx, account);
	g_assert_null(accounts_find(accounts, "anna"));
	fixture_settle_kept(&desk->fixture);
	g_assert_nonnull(accounts_find(accounts, "anna"));
	g_assert_null(desk->anna->user->login);
}

/* Who was told of another name, and is seen under another host, is told that it is as it was. */
static void
test_refused_rename(Desk *desk, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&desk->fixture);
	Account *account = add(desk, "anna");
	g_autofree char *told = NULL;

	act_log_in(&ctx, desk->anna, account);
	fixture_settle_kept(&desk->fixture);
	fixture_run_sql(&desk->fixture, "chatd.db",
	    "CREATE TRIGGER a BEFORE UPDATE ON account BEGIN SELECT RAISE(ABORT, 'full'); END;");
	g_assert_cmpint(act_set_vhost(&ctx, account, "queen.example"), ==, OUTCOME_DONE);
	g_assert_cmpint(act_rename_account(&ctx, account, "annette"), ==, OUTCOME_DONE);
	g_assert_cmpstr(desk->anna->user->host, ==, "queen.example");
	g_assert_cmpstr(desk->anna->user->account, ==, "annette");
	g_free(fixture_read(&desk->fixture, desk->anna));
	fixture_settle_kept(&desk->fixture);
	g_assert_cmpstr(desk->anna->user->host, ==, "192.0.2.1");
	g_assert_cmpstr(desk->anna->user->account, ==, "anna");
	told = fixture_read(&desk->fixture, desk->anna);
	g_assert_nonnull(strstr(told, " 900 anna anna!~anna@queen.example anna :"));
	g_assert_nonnull(strstr(told, " ACCOUNT anna|"));
	g_assert_nonnull(strstr(told, " 396 anna 192.0.2.1 :"));
}

/* What an account gives up is nobody's until the disk has agreed: it may have to go back. */
static void
test_refused_release(Desk *desk, gconstpointer data)
{
	static const char print[] =
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	Ctx ctx = fixture_administrator(&desk->fixture);
	Accounts *accounts = desk->fixture.community->accounts;
	Account *anna = add(desk, "anna"), *bea = add(desk, "bea");
	int64_t id = anna->id;

	g_assert_cmpint(act_group_nick(&ctx, anna, "ann"), ==, OUTCOME_DONE);
	g_assert_cmpint(act_add_certificate(&ctx, anna, print), ==, OUTCOME_DONE);
	fixture_settle_kept(&desk->fixture);
	fixture_run_sql(&desk->fixture, "chatd.db",
	    "CREATE TRIGGER a BEFORE UPDATE ON account WHEN old.name_folded = 'anna' "
	    "BEGIN SELECT RAISE(ABORT, 'full'); END;");
	g_assert_cmpint(act_ungroup_nick(&ctx, anna, "ann"), ==, OUTCOME_DONE);
	g_assert_cmpint(act_remove_certificate(&ctx, anna, print), ==, OUTCOME_DONE);
	g_assert_cmpint(act_rename_account(&ctx, anna, "annette"), ==, OUTCOME_DONE);
	g_assert_cmpint(act_group_nick(&ctx, bea, "ann"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_group_nick(&ctx, bea, "Anna"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_add_certificate(&ctx, bea, print), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_add_account(&ctx, "anna", "", ""), ==, OUTCOME_REFUSED);
	fixture_settle_kept(&desk->fixture);
	anna = accounts_by_id(accounts, id);
	g_assert_cmpstr(anna->name, ==, "anna");
	g_assert_true(accounts_find_nick(accounts, "ann") == anna);
	g_assert_true(accounts_find_certificate(accounts, print) == anna);
	/* And once it is on the disk, it is free. */
	fixture_run_sql(&desk->fixture, "chatd.db", "DROP TRIGGER a;");
	g_assert_cmpint(act_ungroup_nick(&ctx, anna, "ann"), ==, OUTCOME_DONE);
	g_assert_cmpint(act_group_nick(&ctx, bea, "ann"), ==, OUTCOME_REFUSED);
	fixture_settle_kept(&desk->fixture);
	g_assert_cmpint(act_group_nick(&ctx, bea, "ann"), ==, OUTCOME_DONE);
	fixture_settle_kept(&desk->fixture);
	g_assert_true(accounts_find_nick(accounts, "ann") == bea);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/kept_accounts/" name, Desk, NULL, set_up, function, tear_down)
	TEST("restart", test_restart);
	TEST("refused-new", test_refused_new);
	TEST("refused-change", test_refused_change);
	TEST("refused-rename", test_refused_rename);
	TEST("refused-release", test_refused_release);
	return g_test_run();
}
