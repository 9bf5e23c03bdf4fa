/* SPDX-License-Identifier: MIT */
#include "domain/account.h"

#include "domain/user.h"

static void
test_settings(void)
{
	g_autoptr(Account) account = account_new(7, "Anna", 1000);

	g_assert_cmpint(account->registered_at, ==, 1000);
	for (AccountSetting setting = 0; setting < ACCOUNT_SETTINGS; setting++) {
		const AccountSettingRow *row = account_setting_row(setting);
		g_auto(GStrv) words = g_strsplit(row->words, " ", -1);
		g_autofree char *first = account_setting_text(account, setting);

		g_assert_cmpstr(first, ==, words[0]);
		g_assert_cmpint(account_setting_find(row->name), ==, setting);
		for (unsigned i = 0; words[i]; i++) {
			g_autofree char *text = NULL;

			g_assert_true(account_setting_set(account, setting, words[i]));
			text = account_setting_text(account, setting);
			g_assert_cmpstr(text, ==, words[i]);
		}
		g_assert_false(account_setting_set(account, setting, "no-such-word"));
	}
	g_assert_cmpint(account_setting_find("ENFORCE"), ==, ACCOUNT_SETTING_ENFORCE);
	g_assert_cmpint(account_setting_find("nothing"), ==, ACCOUNT_SETTINGS);
	account_setting_set(account, ACCOUNT_SETTING_ENFORCE, "Strict");
	g_assert_true(account_setting_set(account, ACCOUNT_SETTING_ALWAYS_ON, "TRUE"));
	g_assert_cmpuint(account->settings[ACCOUNT_SETTING_ALWAYS_ON], ==, ACCOUNT_CHOICE_ON);
	g_assert_true(account_setting_set(account, ACCOUNT_SETTING_ALWAYS_ON, "no"));
	g_assert_cmpuint(account->settings[ACCOUNT_SETTING_ALWAYS_ON], ==, ACCOUNT_CHOICE_OFF);
	g_assert_true(account_setting_set(account, ACCOUNT_SETTING_PRIVATE, "on"));
	g_assert_true(account_setting_set(account, ACCOUNT_SETTING_PRIVATE, "no"));
	g_assert_cmpint(account->settings[ACCOUNT_SETTING_ENFORCE], ==, ACCOUNT_ENFORCE_STRICT);
}

static void
test_suspension(void)
{
	g_autoptr(Account) account = account_new(7, "anna", 0);

	g_assert_false(account_is_suspended(account, 5));
	account_suspend(account, "root", "spam", 10, 20);
	g_assert_true(account_is_suspended(account, 19));
	g_assert_false(account_is_suspended(account, 20));
	account_suspend(account, "root", "spam", 10, 0);
	g_assert_true(account_is_suspended(account, INT64_MAX));
	account_suspend(account, NULL, NULL, 11, 0);
	g_assert_false(account_is_suspended(account, 12));
	g_assert_null(account->suspension.reason);
}

static void
test_codes(void)
{
	g_autoptr(Account) account = account_new(7, "anna", 0);

	for (AccountCodeKind kind = 0; kind < ACCOUNT_CODE_KINDS; kind++)
		g_assert_cmpint(account_code_find(account_code_name(kind)), ==, kind);
	g_assert_cmpint(account_code_find("nothing"), ==, ACCOUNT_CODE_NONE);
	account_set_code(account, ACCOUNT_CODE_EMAIL, "digest", "a@b.example", 9);
	g_assert_cmpstr(account->code.email, ==, "a@b.example");
	account_set_code(account, ACCOUNT_CODE_NONE, "x", "y", 9);
	g_assert_null(account->code.digest);
	g_assert_cmpint(account->code.until, ==, 0);
}

/* A user that goes is no longer among those who are logged in. */
static void
test_users(void)
{
	g_autoptr(Account) account = account_new(7, "anna", 0);
	g_autoptr(Account) other = account_new(8, "bea", 0);
	UserFacts facts = {"nick", "~u", "Real", "192.0.2.1", "192.0.2.1"};
	User *user = user_new(&facts, 0);

	user_set_account(user, account);
	user_set_account(user, account);
	g_assert_cmpuint(account->users->len, ==, 1);
	g_assert_cmpstr(user->account, ==, "anna");
	user_set_account(user, other);
	g_assert_cmpuint(account->users->len, ==, 0);
	g_assert_true(other->users->pdata[0] == user);
	user_free(user);
	g_assert_cmpuint(other->users->len, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/account/settings", test_settings);
	g_test_add_func("/account/suspension", test_suspension);
	g_test_add_func("/account/codes", test_codes);
	g_test_add_func("/account/users", test_users);
	return g_test_run();
}
