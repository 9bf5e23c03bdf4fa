/* SPDX-License-Identifier: MIT */
/* The clients of an account, over all of its users: in which order they are counted, and which of
 * them is ended. */
#include "act/account_clients.h"

#include "act/services.h"
#include "act_fixture.h"

#include <string.h>

typedef struct House {
	ActFixture fixture;
	Account *account;
	Session *desk, *phone; /* of one user */
	Session *laptop;       /* of another */
	Session *bea;          /* somebody else's */
} House;

/* A second client of that user. */
static Session *
add_client(House *house, User *user)
{
	Session *session = fixture_connect(&house->fixture);

	house->fixture.community->registering--;
	session_set_user(session, user);
	return session;
}

static void
set_up(House *house, gconstpointer data)
{
	ActFixture *fixture = &house->fixture;

	fixture_init(fixture);
	house->account = account_new(7, "anna", fixture->now);
	house->account->verified = true;
	accounts_add(fixture->community->accounts, house->account);
	house->desk = fixture_user(fixture, "anna");
	house->phone = add_client(house, house->desk->user);
	house->laptop = fixture_user(fixture, "ann");
	house->bea = fixture_user(fixture, "bea");
	user_set_account(house->desk->user, house->account);
	user_set_account(house->laptop->user, house->account);
}

static void
tear_down(House *house, gconstpointer data)
{
	fixture_clear(&house->fixture);
}

static unsigned
count_clients(const House *house)
{
	AccountClients walk = {0};

	while (account_next_client(house->account, &walk))
		continue;
	return (unsigned)walk.number;
}

/* As NickServ runs it for that session. */
static Outcome
log_out(House *house, Session *session, guint64 number)
{
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	fixture_begin(&house->fixture, session, &ctx, &reply);
	ctx.voice = &service_row(SERVICE_NICKSERV)->voice;
	outcome = act_log_out_clients(&ctx, house->account, number);
	fixture_end(&house->fixture, &ctx);
	return outcome;
}

#define assert_told(house, session, text)                                                          \
	do {                                                                                       \
		g_autofree char *told = fixture_read(&(house)->fixture, (session));                \
		g_assert_nonnull(strstr(told, (text)));                                            \
	} while (0)

static void
test_order(House *house, gconstpointer data)
{
	AccountClients walk = {0};

	g_assert_true(account_next_client(house->account, &walk) == house->desk);
	g_assert_true(account_next_client(house->account, &walk) == house->phone);
	g_assert_cmpuint(walk.number, ==, 2);
	g_assert_true(account_next_client(house->account, &walk) == house->laptop);
	g_assert_cmpuint(walk.number, ==, 3);
	g_assert_null(account_next_client(house->account, &walk));
	g_assert_cmpuint(walk.number, ==, 3);
}

static void
test_one(House *house, gconstpointer data)
{
	g_assert_cmpint(log_out(house, house->desk, 2), ==, OUTCOME_DONE);
	assert_told(house, house->desk, ":1 client is logged out");
	g_assert_cmpint(house->phone->stage, ==, SESSION_CLOSING);
	g_assert_cmpint(house->desk->stage, ==, SESSION_REGISTERED);
	g_assert_cmpuint(count_clients(house), ==, 2);
	/* The one that asks, and one that is not there. */
	g_assert_cmpint(log_out(house, house->desk, 1), ==, OUTCOME_REFUSED);
	assert_told(house, house->desk, "no client of that number");
	g_assert_cmpint(log_out(house, house->desk, 3), ==, OUTCOME_REFUSED);
	g_assert_cmpuint(count_clients(house), ==, 2);
}

static void
test_all(House *house, gconstpointer data)
{
	Directory *directory = house->fixture.community->directory;

	g_assert_cmpint(log_out(house, house->phone, 0), ==, OUTCOME_DONE);
	assert_told(house, house->phone, ":2 clients are logged out");
	g_assert_cmpint(house->phone->stage, ==, SESSION_REGISTERED);
	g_assert_cmpuint(count_clients(house), ==, 1);
	/* Who had no other client is gone. */
	g_assert_nonnull(directory_find_user(directory, "anna"));
	g_assert_null(directory_find_user(directory, "ann"));
	g_assert_nonnull(directory_find_user(directory, "bea"));
	g_assert_cmpint(log_out(house, house->phone, 0), ==, OUTCOME_REFUSED);
	assert_told(house, house->phone, "no other client of yours");
}

/* An always-on user is there without his clients. */
static void
test_user_stays(House *house, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&house->fixture);
	User *user = house->desk->user;

	house->account->settings[ACCOUNT_SETTING_ALWAYS_ON] = ACCOUNT_CHOICE_ON;
	account_close_clients(&ctx, user, "over");
	g_assert_true(directory_find_user(house->fixture.community->directory, "anna") == user);
	g_assert_null(user->sessions);
	g_assert_cmpuint(count_clients(house), ==, 1);
}

static void
test_foreign(House *house, gconstpointer data)
{
	g_assert_cmpint(log_out(house, house->bea, 0), ==, OUTCOME_REFUSED);
	assert_told(house, house->bea, "not yours");
	g_assert_cmpuint(count_clients(house), ==, 3);
}

/* What another password leaves logged in. */
static void
test_told(House *house, gconstpointer data)
{
	Session *const askers[] = {house->desk, house->bea};
	static const char *const texts[] = {":2 other clients stay logged in: CLIENTS LOGOUT ALL",
	    ":3 clients stay logged in to anna, until its owner"};

	for (unsigned i = 0; i < G_N_ELEMENTS(askers); i++) {
		Reply reply;
		Ctx ctx;

		fixture_begin(&house->fixture, askers[i], &ctx, &reply);
		ctx.voice = &service_row(SERVICE_NICKSERV)->voice;
		account_tell_other_clients(&ctx, house->account);
		fixture_end(&house->fixture, &ctx);
		assert_told(house, askers[i], texts[i]);
	}
	log_out(house, house->desk, 0);
	g_free(fixture_read(&house->fixture, house->desk));
	{
		Reply reply;
		Ctx ctx;

		fixture_begin(&house->fixture, house->desk, &ctx, &reply);
		ctx.voice = &service_row(SERVICE_NICKSERV)->voice;
		account_tell_other_clients(&ctx, house->account);
		fixture_end(&house->fixture, &ctx);
	}
	fixture_expect(&house->fixture, house->desk, "");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/account_clients/" name, House, NULL, set_up, function, tear_down)
	TEST("order", test_order);
	TEST("one", test_one);
	TEST("all", test_all);
	TEST("user-stays", test_user_stays);
	TEST("foreign", test_foreign);
	TEST("told", test_told);
	return g_test_run();
}
