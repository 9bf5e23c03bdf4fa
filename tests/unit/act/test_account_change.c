/* SPDX-License-Identifier: MIT */
/* What an owner changes of his account, what he may not, and what is not to be had twice. */
#include "act/account_verbs.h"
#include "act_fixture.h"

#include <string.h>

#define FINGERPRINT "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

typedef struct Desk {
	ActFixture fixture;
	Ctx root;
	Account *anna;
	Account *bob;
} Desk;

static Account *
add(Desk *desk, const char *name)
{
	g_assert_cmpint(act_add_account(&desk->root, name, "", ""), ==, OUTCOME_DONE);
	return accounts_find(desk->fixture.community->accounts, name);
}

static void
set_up(Desk *desk, gconstpointer data)
{
	fixture_init(&desk->fixture);
	desk->root = fixture_administrator(&desk->fixture);
	desk->anna = add(desk, "anna");
	desk->bob = add(desk, "bob");
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	fixture_clear(&desk->fixture);
}

#define assert_done(outcome) g_assert_cmpint((outcome), ==, OUTCOME_DONE)

/* Refused, with that code. */
static void
assert_refused(Desk *desk, Outcome outcome, const char *code)
{
	g_assert_cmpint(outcome, ==, OUTCOME_REFUSED);
	g_assert_true(g_str_has_prefix(desk->fixture.refusal, code));
	g_clear_pointer(&desk->fixture.refusal, g_free);
}

static void
test_nicks(Desk *desk, gconstpointer data)
{
	Accounts *accounts = desk->fixture.community->accounts;

	assert_done(act_group_nick(&desk->root, desk->anna, "ann"));
	g_assert_true(accounts_find_nick(accounts, "ANN") == desk->anna);
	assert_refused(desk, act_group_nick(&desk->root, desk->anna, "Ann"), "ACCOUNT_EXISTS");
	assert_refused(desk, act_group_nick(&desk->root, desk->bob, "ann"), "ACCOUNT_EXISTS");
	assert_refused(desk, act_group_nick(&desk->root, desk->bob, "0no"), "BAD_ACCOUNT_NAME");
	assert_refused(desk, act_ungroup_nick(&desk->root, desk->anna, "anna"), "NOT_GROUPED");
	assert_refused(desk, act_ungroup_nick(&desk->root, desk->bob, "ann"), "NOT_GROUPED");
	assert_done(act_ungroup_nick(&desk->root, desk->anna, "ANN"));
	g_assert_null(accounts_find_nick(accounts, "ann"));
	for (unsigned i = 0; i < desk->fixture.settings->accounts->nicks; i++) {
		g_autofree char *nick = g_strdup_printf("many%u", i);

		assert_done(act_group_nick(&desk->root, desk->anna, nick));
	}
	assert_refused(desk, act_group_nick(&desk->root, desk->anna, "more"), "TOO_MANY");
}

static void
test_certificates(Desk *desk, gconstpointer data)
{
	static const char colons[] =
	    "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:"
	    "89:AB:CD:EF";

	assert_refused(desk, act_add_certificate(&desk->root, desk->anna, "12"), "BAD_CERTIFICATE");
	assert_done(act_add_certificate(&desk->root, desk->anna, colons));
	g_assert_true(account_has_certificate(desk->anna, FINGERPRINT));
	assert_refused(
	    desk, act_add_certificate(&desk->root, desk->bob, FINGERPRINT), "ACCOUNT_EXISTS");
	assert_refused(
	    desk, act_remove_certificate(&desk->root, desk->bob, FINGERPRINT), "BAD_CERTIFICATE");
	assert_done(act_remove_certificate(&desk->root, desk->anna, FINGERPRINT));
	g_assert_false(account_has_certificate(desk->anna, FINGERPRINT));
}

static void
test_settings(Desk *desk, gconstpointer data)
{
	assert_done(act_set_account_setting(&desk->root, desk->anna, "ENFORCE", "strict"));
	g_assert_cmpint(desk->anna->settings[ACCOUNT_SETTING_ENFORCE], ==, ACCOUNT_ENFORCE_STRICT);
	assert_refused(
	    desk, act_set_account_setting(&desk->root, desk->anna, "no", "on"), "NO_SUCH_SETTING");
	assert_refused(desk, act_set_account_setting(&desk->root, desk->anna, "enforce", "maybe"),
	    "BAD_VALUE");
	g_assert_cmpint(desk->anna->settings[ACCOUNT_SETTING_ENFORCE], ==, ACCOUNT_ENFORCE_STRICT);
}

/* Another password or address ends what codes were sent for, but no registration that waits. */
static void
test_codes(Desk *desk, gconstpointer data)
{
	static const struct {
		AccountCodeKind kind;
		AccountCodeKind after;
	} codes[] = {
	    {ACCOUNT_CODE_RESET, ACCOUNT_CODE_NONE},
	    {ACCOUNT_CODE_EMAIL, ACCOUNT_CODE_NONE},
	    {ACCOUNT_CODE_VERIFY, ACCOUNT_CODE_VERIFY},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(codes); i++) {
		account_set_code(desk->anna, codes[i].kind, "digest", "a@example.org", 1);
		assert_done(act_set_account_secret(&desk->root, desk->anna, "x"));
		g_assert_cmpint(desk->anna->code.kind, ==, codes[i].after);
		account_set_code(desk->anna, codes[i].kind, "digest", "a@example.org", 1);
		assert_done(act_set_account_email(&desk->root, desk->anna, "b@example.org"));
		g_assert_cmpint(desk->anna->code.kind, ==, codes[i].after);
	}
}

/* What administrators do not mind is refused to users, with a code of its own. */
static void
test_refused_addresses(Desk *desk, gconstpointer data)
{
	char *masks[] = {(char *)"*@refused.example", (char *)"*+*@*", NULL};
	SettingsAccounts *settings = (SettingsAccounts *)desk->fixture.settings->accounts;
	char **before = settings->email_refused;
	Session *session = fixture_user(&desk->fixture, "bob");
	static const struct {
		const char *email;
		const char *answer;
	} cases[] = {
	    {"bob@refused.example", " UNACCEPTABLE_EMAIL bob :"},
	    {"bob+1@example.org", " UNACCEPTABLE_EMAIL bob :"},
	    {"bob@", " INVALID_EMAIL bob :"},
	    {"bob@example.org", ""},
	};

	settings->email_refused = masks;
	user_set_account(session->user, desk->bob);
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *told = NULL;
		Reply reply;
		Ctx ctx;

		fixture_begin(&desk->fixture, session, &ctx, &reply);
		act_set_account_email(&ctx, desk->bob, cases[i].email);
		fixture_end(&desk->fixture, &ctx);
		told = fixture_read(&desk->fixture, session);
		if (*cases[i].answer)
			g_assert_nonnull(strstr(told, cases[i].answer));
		else
			g_assert_cmpstr(desk->bob->email, ==, cases[i].email);
	}
	assert_done(act_set_account_email(&desk->root, desk->bob, "bob@refused.example"));
	settings->email_refused = before;
}

/* Another's account is not one's own. */
static void
test_foreign(Desk *desk, gconstpointer data)
{
	Session *session = fixture_user(&desk->fixture, "bob");
	Reply reply;
	Ctx ctx;

	user_set_account(session->user, desk->bob);
	fixture_begin(&desk->fixture, session, &ctx, &reply);
	g_assert_cmpint(act_group_nick(&ctx, desk->anna, "ann"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_set_account_secret(&ctx, desk->anna, "x"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_add_certificate(&ctx, desk->anna, FINGERPRINT), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_rename_account(&ctx, desk->anna, "bea"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_suspend_account(&ctx, desk->anna, "", 0), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_confirm_account(&ctx, desk->anna), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_erase_account(&ctx, desk->anna, "x"), ==, OUTCOME_REFUSED);
	fixture_end(&desk->fixture, &ctx);
	g_assert_cmpstr(desk->anna->secret, ==, "");
	g_assert_cmpuint(desk->anna->nicks->len + desk->anna->certificates->len, ==, 0);
}

/* account_admin.c */
static void
test_suspension(Desk *desk, gconstpointer data)
{
	Session *session = fixture_user(&desk->fixture, "bob");

	user_set_account(session->user, desk->bob);
	assert_refused(desk, act_unsuspend_account(&desk->root, desk->bob), "NOT_SUSPENDED");
	assert_done(act_suspend_account(&desk->root, desk->bob, "spam", 5));
	g_assert_null(session->user->login);
	g_assert_true(account_is_suspended(desk->bob, desk->root.now + 4));
	g_assert_false(account_is_suspended(desk->bob, desk->root.now + 5));
	g_assert_nonnull(account_obstacle(desk->bob, desk->root.now));
	assert_done(act_unsuspend_account(&desk->root, desk->bob));
	g_assert_null(account_obstacle(desk->bob, desk->root.now));
}

static void
test_rename(Desk *desk, gconstpointer data)
{
	Accounts *accounts = desk->fixture.community->accounts;
	int64_t id = desk->anna->id;

	assert_refused(desk, act_rename_account(&desk->root, desk->anna, "bob"), "ACCOUNT_EXISTS");
	assert_done(act_group_nick(&desk->root, desk->anna, "ann"));
	assert_done(act_rename_account(&desk->root, desk->anna, "ann"));
	g_assert_cmpint(accounts_find(accounts, "ann")->id, ==, id);
	g_assert_null(accounts_find_nick(accounts, "anna"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/account_change/" name, Desk, NULL, set_up, function, tear_down)
	TEST("nicks", test_nicks);
	TEST("certificates", test_certificates);
	TEST("settings", test_settings);
	TEST("codes", test_codes);
	TEST("refused-addresses", test_refused_addresses);
	TEST("foreign", test_foreign);
	TEST("suspension", test_suspension);
	TEST("rename", test_rename);
	return g_test_run();
}
