/* SPDX-License-Identifier: MIT */
/* Accounts nobody uses: which are erased, which are not, and that many take several turns. */
#include "act/account_due.h"
#include "act_fixture.h"
#include "domain/account.h"

#define DAY (INT64_C(86400) * CLOCK_SECOND)

typedef struct House {
	ActFixture fixture;
} House;

static Account *
add_account(House *house, int64_t id, const char *name, int64_t unused_days)
{
	Account *account = account_new(id, name, 1);

	account->used_at = house->fixture.now - unused_days * DAY;
	accounts_add(house->fixture.community->accounts, account);
	return account;
}

static void
set_up(House *house, gconstpointer data)
{
	fixture_init(&house->fixture);
	((SettingsAccounts *)house->fixture.settings->accounts)->expire = 30 * DAY;
}

static void
tear_down(House *house, gconstpointer data)
{
	fixture_clear(&house->fixture);
}

static Ctx
as_service(House *house)
{
	Ctx administrator = fixture_administrator(&house->fixture);

	return ctx_as_service(&administrator);
}

static bool
is_there(const House *house, const char *name)
{
	return accounts_find(house->fixture.community->accounts, name) != NULL;
}

static void
test_unused(House *house, gconstpointer data)
{
	Ctx ctx = as_service(house);
	uint32_t cursor = 0;

	add_account(house, 1, "old", 30);
	add_account(house, 2, "younger", 29);
	while (account_due_slice(&ctx, &cursor))
		continue;
	g_assert_false(is_there(house, "old"));
	g_assert_true(is_there(house, "younger"));
}

static void
test_never(House *house, gconstpointer data)
{
	Ctx ctx = as_service(house);
	uint32_t cursor = 0;

	((SettingsAccounts *)house->fixture.settings->accounts)->expire = 0;
	add_account(house, 1, "old", 3000);
	g_assert_false(account_due_slice(&ctx, &cursor));
	g_assert_true(is_there(house, "old"));
}

/* Who is logged in uses his account, and that is remembered; a presence without a client does not.
 */
static void
test_in_use(House *house, gconstpointer data)
{
	Account *here = add_account(house, 1, "here", 40);
	Account *away = add_account(house, 2, "away", 40);
	Session *session = fixture_user(&house->fixture, "anna");
	Session *gone = fixture_user(&house->fixture, "bea");
	Ctx ctx = as_service(house);
	uint32_t cursor = 0;

	user_set_account(session->user, here);
	user_set_account(gone->user, away);
	session_leave_user(gone);
	while (account_due_slice(&ctx, &cursor))
		continue;
	g_assert_true(is_there(house, "here"));
	g_assert_cmpint(here->used_at, ==, house->fixture.now);
	g_assert_false(is_there(house, "away"));
}

static void
test_slices(House *house, gconstpointer data)
{
	Ctx ctx = as_service(house);
	uint32_t cursor = 0;
	unsigned turns = 1;

	for (int i = 0; i < 5000; i++) {
		g_autofree char *name = g_strdup_printf("a%d", i);

		add_account(house, i + 1, name, i % 1000 ? 1 : 31);
	}
	/* An account that is erased costs a walk over the channels: one a turn. */
	while (account_due_slice(&ctx, &cursor)) {
		turns++;
		g_assert_cmpuint(
		    accounts_count(house->fixture.community->accounts), >=, 5000 - turns + 1);
	}
	g_assert_cmpuint(turns, >=, 6);
	g_assert_cmpuint(turns, <=, 9);
	g_assert_cmpuint(accounts_count(house->fixture.community->accounts), ==, 4995);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(House *house, gconstpointer data);
	} tests[] = {
	    {"/account_due/unused", test_unused},
	    {"/account_due/never", test_never},
	    {"/account_due/in-use", test_in_use},
	    {"/account_due/slices", test_slices},
	};

	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, House, NULL, set_up, tests[i].test, tear_down);
	return g_test_run();
}
