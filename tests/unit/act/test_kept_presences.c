/* SPDX-License-Identifier: MIT */
/* Users who stay, as rows and back: who comes back, as what, and who does not. */
#include "act/kept_presences.h"

#include "act_fixture.h"
#include "proto/modes.h"

static Account *
add_account(ActFixture *fixture, int64_t id, const char *name, unsigned choice)
{
	Account *account = account_new(id, name, 1);

	account->verified = true;
	account->settings[ACCOUNT_SETTING_ALWAYS_ON] = (uint8_t)choice;
	accounts_add(fixture->community->accounts, account);
	return account;
}

static StorePresence *
row_new(int64_t account, const char *nick)
{
	StorePresence *row = store_presence_new();

	row->account = account;
	row->nick = g_strdup(nick);
	row->username = g_strdup("~u");
	row->real_name = g_strdup("r");
	row->host = g_strdup("shown.example");
	row->address = g_strdup("192.0.2.1");
	row->modes = g_strdup("io?");
	row->away = g_strdup("");
	row->connected_at = 3;
	store_presence_add_seat(row, "#kept", "o");
	store_presence_add_seat(row, "#new", "?v");
	store_presence_add_seat(row, "no channel", "o");
	return row;
}

static void
test_returns(void)
{
	ActFixture fixture;
	g_autoptr(GPtrArray) rows =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_presence_free);
	g_autoptr(StorePresence) again = NULL;
	Channel *kept;
	User *anna;
	Ctx ctx;

	fixture_init(&fixture);
	ctx = fixture_administrator(&fixture);
	kept = act_make_channel(&ctx, "#kept");
	add_account(&fixture, 1, "anna", ACCOUNT_CHOICE_ON);
	add_account(&fixture, 2, "bea", ACCOUNT_CHOICE_OFF);
	add_account(&fixture, 3, "cat", ACCOUNT_CHOICE_ON);
	g_ptr_array_add(rows, row_new(1, "anna"));
	g_ptr_array_add(rows, row_new(2, "bea"));    /* is not to stay any more */
	g_ptr_array_add(rows, row_new(3, "anna"));   /* the nick is taken */
	g_ptr_array_add(rows, row_new(4, "nobody")); /* has no account */
	g_ptr_array_add(rows, row_new(3, "no nick"));
	kept_presences_return(&ctx, rows);

	g_assert_cmpuint(directory_users(fixture.community->directory), ==, 1);
	anna = directory_find_user(fixture.community->directory, "anna");
	g_assert_cmpstr(anna->prefix, ==, "anna!~u@shown.example");
	g_assert_cmpstr(anna->account, ==, "anna");
	g_assert_null(anna->sessions);
	/* Nobody comes back as an operator, and away he is in any case. */
	g_assert_cmpuint(anna->modes, ==, MODE_USER_INVISIBLE);
	g_assert_cmpuint(fixture.community->invisible, ==, 1);
	g_assert_cmpstr(anna->away, ==, "auto-away");
	g_assert_cmpint(anna->detached_at, ==, fixture.now);
	g_assert_cmpint(anna->connected_at, ==, 3);
	g_assert_cmpuint(anna->n_seats, ==, 2);
	g_assert_cmpuint(user_seat(anna, kept)->ranks, ==, MODE_CHANNEL_OP);

	again = kept_presence_row(anna);
	g_assert_cmpint(again->account, ==, 1);
	g_assert_cmpstr(again->modes, ==, "i");
	g_assert_cmpstr(again->away, ==, "auto-away");
	g_assert_cmpint(again->detached_at, ==, fixture.now);
	g_assert_cmpuint(again->seats->len, ==, 2);
	g_assert_cmpstr(((StoreSeat *)again->seats->pdata[1])->channel, ==, "#new");
	g_assert_cmpstr(((StoreSeat *)again->seats->pdata[1])->ranks, ==, "v");
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kept-presences/returns", test_returns);
	return g_test_run();
}
