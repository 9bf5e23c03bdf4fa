/* SPDX-License-Identifier: MIT */
/* Clients that come to be one user: who may, in which order, and what is left when they go. */
#include "act/attach.h"

#include "act/device.h"
#include "act/presence.h"
#include "act_fixture.h"
#include "proto/modes.h"

typedef struct House {
	ActFixture fixture;
	Account *account;
	Session *desk; /* of anna, logged in */
	Session *bea;
	Channel *channel; /* both are in it */
} House;

static void
set_up(House *house, gconstpointer data)
{
	ActFixture *fixture = &house->fixture;
	Ctx ctx;

	fixture_init(fixture);
	house->account = account_new(7, "anna", fixture->now);
	house->account->verified = true;
	accounts_add(fixture->community->accounts, house->account);
	house->desk = fixture_user(fixture, "anna");
	user_set_account(house->desk->user, house->account);
	house->bea = fixture_user(fixture, "bea");
	ctx = fixture_administrator(fixture);
	house->channel = act_make_channel(&ctx, "#a");
	channel_add_member(house->channel, house->desk->user, fixture->now);
	channel_add_member(house->channel, house->bea->user, fixture->now);
}

static void
tear_down(House *house, gconstpointer data)
{
	fixture_clear(&house->fixture);
}

static Outcome
ask_for(House *house, Session *session, const char *nick)
{
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	fixture_begin(&house->fixture, session, &ctx, &reply);
	outcome = act_nick(&ctx, NULL, nick);
	fixture_end(&house->fixture, &ctx);
	return outcome;
}

static Outcome
complete(House *house, Session *session)
{
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	if (!session->registration->username) {
		session->registration->username = g_strdup("~u");
		session->registration->real_name = g_strdup("r");
	}
	session->registration->negotiating = false;
	fixture_begin(&house->fixture, session, &ctx, &reply);
	outcome = act_try_register(&ctx, session);
	fixture_end(&house->fixture, &ctx);
	return outcome;
}

static Session *
newcomer(House *house, int64_t account)
{
	Session *session = fixture_connect(&house->fixture);

	session->registration->negotiating = true;
	session->registration->account = account;
	return session;
}

static void
leave(House *house, Session *session)
{
	Ctx ctx = fixture_administrator(&house->fixture);

	act_quit(&ctx, session, "gone");
}

static void
test_joins(House *house, gconstpointer data)
{
	Session *phone = newcomer(house, 7);
	User *anna = house->desk->user;
	unsigned registering = house->fixture.community->registering;

	g_assert_cmpint(ask_for(house, phone, "ANNA"), ==, OUTCOME_DONE);
	g_assert_cmpint(complete(house, phone), ==, OUTCOME_DONE);
	g_assert_true(phone->user == anna);
	g_assert_cmpuint(user_sessions(anna), ==, 2);
	g_assert_cmpuint(house->fixture.community->registering, ==, registering - 1);
	g_assert_cmpuint(directory_users(house->fixture.community->directory), ==, 2);
	/* Nobody sees it, nor that one of them goes. */
	leave(house, house->desk);
	fixture_expect(&house->fixture, house->bea, "");
	leave(house, phone);
	fixture_expect(&house->fixture, house->bea, ":anna!~anna@192.0.2.1 QUIT :gone|");
}

/* The nick first, the login after it, as most clients do. */
static void
test_logs_in_later(House *house, gconstpointer data)
{
	Session *phone = newcomer(house, 0);

	g_assert_cmpint(ask_for(house, phone, "anna"), ==, OUTCOME_DONE);
	phone->registration->account = 7;
	g_assert_cmpint(complete(house, phone), ==, OUTCOME_DONE);
	g_assert_true(phone->user == house->desk->user);
}

static void
test_does_not_log_in(House *house, gconstpointer data)
{
	Session *stranger = newcomer(house, 0);

	g_assert_cmpint(ask_for(house, stranger, "anna"), ==, OUTCOME_DONE);
	g_assert_cmpint(complete(house, stranger), ==, OUTCOME_REFUSED);
	fixture_expect(&house->fixture, stranger,
	    ":chatd.localhost 433 anna anna :Nickname is already in use|");
	g_assert_null(stranger->registration->nick);
	/* Not negotiating any more: refused at once. */
	g_assert_cmpint(ask_for(house, stranger, "anna"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(ask_for(house, stranger, "stranger"), ==, OUTCOME_DONE);
	g_assert_cmpint(complete(house, stranger), ==, OUTCOME_DONE);
	g_assert_cmpstr(stranger->user->nick, ==, "stranger");
}

static void
test_another_account(House *house, gconstpointer data)
{
	Account *other = account_new(8, "other", 1);
	Session *stranger;

	accounts_add(house->fixture.community->accounts, other);
	stranger = newcomer(house, 8);
	g_assert_cmpint(ask_for(house, stranger, "anna"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(ask_for(house, stranger, "bea"), ==, OUTCOME_REFUSED);
}

/* He is gone before the registration is complete: the nick is free. */
static void
test_too_late(House *house, gconstpointer data)
{
	Session *phone = newcomer(house, 7);

	g_assert_cmpint(ask_for(house, phone, "anna"), ==, OUTCOME_DONE);
	leave(house, house->desk);
	g_assert_cmpint(complete(house, phone), ==, OUTCOME_DONE);
	g_assert_cmpstr(phone->user->nick, ==, "anna");
	g_assert_cmpuint(phone->user->n_seats, ==, 0);
}

static void
test_settings(House *house, gconstpointer data)
{
	SettingsAccounts *settings = house->fixture.settings->accounts;
	uint8_t *choice = &house->account->settings[ACCOUNT_SETTING_MULTICLIENT];

	*choice = ACCOUNT_CHOICE_OFF;
	g_assert_cmpint(ask_for(house, newcomer(house, 7), "anna"), ==, OUTCOME_REFUSED);
	*choice = ACCOUNT_CHOICE_ON;
	g_assert_cmpint(ask_for(house, newcomer(house, 7), "anna"), ==, OUTCOME_DONE);
	settings->multiclient = CHOICE_OPT_IN;
	g_assert_cmpint(ask_for(house, newcomer(house, 7), "anna"), ==, OUTCOME_DONE);
	*choice = ACCOUNT_CHOICE_DEFAULT;
	g_assert_cmpint(ask_for(house, newcomer(house, 7), "anna"), ==, OUTCOME_REFUSED);
	settings->multiclient = CHOICE_DISABLED;
	*choice = ACCOUNT_CHOICE_ON;
	g_assert_cmpint(ask_for(house, newcomer(house, 7), "anna"), ==, OUTCOME_REFUSED);
	settings->multiclient = CHOICE_OPT_OUT;
	settings->clients = 1;
	g_assert_cmpint(ask_for(house, newcomer(house, 7), "anna"), ==, OUTCOME_REFUSED);
}

/* A client without TLS takes the user out of channels for TLS alone. */
static void
test_without_tls(House *house, gconstpointer data)
{
	Session *phone = newcomer(house, 7);

	house->desk->peer.tls = true;
	house->channel->modes |= MODE_CHANNEL_TLS_ONLY;
	g_assert_cmpint(ask_for(house, phone, "anna"), ==, OUTCOME_DONE);
	g_assert_cmpint(complete(house, phone), ==, OUTCOME_DONE);
	g_assert_cmpuint(phone->user->n_seats, ==, 0);
	fixture_expect(&house->fixture, house->bea,
	    ":anna!~anna@192.0.2.1 PART #a :A client without TLS is here|");
	fixture_expect(&house->fixture, house->desk,
	    ":anna!~anna@192.0.2.1 PART #a :A client without TLS is here|");
	fixture_expect(&house->fixture, phone, "");
}

/* Always on: the last one goes and he stays, away; the next one brings him back. */
static void
test_stays(House *house, gconstpointer data)
{
	User *anna = house->desk->user;
	Session *phone = newcomer(house, 7);

	house->account->settings[ACCOUNT_SETTING_ALWAYS_ON] = ACCOUNT_CHOICE_ON;
	g_assert_true(presence_stays(house->fixture.community, anna));
	leave(house, house->desk);
	fixture_expect(&house->fixture, house->bea, "");
	g_assert_cmpuint(user_sessions(anna), ==, 0);
	g_assert_cmpstr(anna->away, ==, "auto-away");
	g_assert_cmpint(anna->detached_at, ==, house->fixture.now);
	g_assert_cmpint(ask_for(house, phone, "anna"), ==, OUTCOME_DONE);
	g_assert_cmpint(complete(house, phone), ==, OUTCOME_DONE);
	g_assert_true(phone->user == anna);
	g_assert_null(anna->away);
	g_assert_cmpint(anna->detached_at, ==, 0);
	/* Whoever is killed goes, always on or not. */
	leave(house, phone);
	{
		Ctx ctx = fixture_administrator(&house->fixture);

		g_assert_cmpint(act_kill(&ctx, anna, "spam"), ==, OUTCOME_DONE);
	}
	g_assert_cmpuint(house->account->users->len, ==, 0);
}

/* Who logged in under another nick and takes his presence's has missed what the presence heard. */
static void
test_move(House *house, gconstpointer data)
{
	ActFixture *fixture = &house->fixture;
	Session *phone = fixture_user(fixture, "guest");
	int64_t seen_at = fixture->now - INT64_C(60000000);
	Reply reply;
	Ctx ctx;

	user_set_account(phone->user, house->account);
	account_see_device(house->account, DEVICE_UNNAMED, seen_at);
	fixture_begin(fixture, phone, &ctx, &reply);
	g_assert_cmpint(act_nick(&ctx, phone->user, "anna"), ==, OUTCOME_DONE);
	fixture_end(fixture, &ctx);
	g_assert_true(phone->user == house->desk->user);
	g_assert_cmpint(phone->device_seen_at, ==, seen_at);
}

/* What the owner chose, under every policy. */
static void
test_policies(House *house, gconstpointer data)
{
	static const struct {
		unsigned policy;
		bool by_default, on, off;
	} cases[] = {
	    {CHOICE_DISABLED, false, false, false},
	    {CHOICE_OPT_IN, false, true, false},
	    {CHOICE_OPT_OUT, true, true, false},
	    {CHOICE_MANDATORY, true, true, true},
	};
	const Community *community = house->fixture.community;
	uint8_t *choice = &house->account->settings[ACCOUNT_SETTING_ALWAYS_ON];

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		house->fixture.settings->accounts->always_on = cases[i].policy;
		*choice = ACCOUNT_CHOICE_DEFAULT;
		g_assert_cmpint(
		    presence_is_kept(community, house->account), ==, cases[i].by_default);
		*choice = ACCOUNT_CHOICE_ON;
		g_assert_cmpint(presence_is_kept(community, house->account), ==, cases[i].on);
		*choice = ACCOUNT_CHOICE_OFF;
		g_assert_cmpint(presence_is_kept(community, house->account), ==, cases[i].off);
	}
	house->account->verified = false;
	*choice = ACCOUNT_CHOICE_ON;
	g_assert_false(presence_is_kept(community, house->account));
}

static void
test_devices(House *house, gconstpointer data)
{
	char long_name[] = "anna@0123456789012345678901234567890123456789";
	char name[] = "anna@phone";
	char bare[] = "anna";
	char empty[] = "anna@";
	Session *phone = newcomer(house, 7);

	device_take(phone, bare);
	device_take(phone, empty);
	g_assert_cmpstr(empty, ==, "anna");
	g_assert_null(phone->device);
	device_take(phone, long_name);
	g_assert_cmpuint(strlen(phone->device), ==, ACCOUNT_DEVICE_NAME_MAX);
	device_take(phone, name);
	g_assert_cmpstr(name, ==, "anna");
	g_assert_cmpstr(phone->device, ==, "phone");
	g_assert_cmpint(ask_for(house, phone, "anna"), ==, OUTCOME_DONE);
	g_assert_cmpint(complete(house, phone), ==, OUTCOME_DONE);
	g_assert_cmpint(phone->device_seen_at, ==, 0);
	leave(house, phone);
	leave(house, house->desk);
	g_assert_cmpint(account_device_seen(house->account, "PHONE"), ==, house->fixture.now);
	g_assert_cmpint(
	    account_device_seen(house->account, DEVICE_UNNAMED), ==, house->fixture.now);
	phone = newcomer(house, 7);
	phone->device = g_strdup("phone");
	g_assert_cmpint(ask_for(house, phone, "anna"), ==, OUTCOME_DONE);
	g_assert_cmpint(complete(house, phone), ==, OUTCOME_DONE);
	g_assert_cmpint(phone->device_seen_at, ==, house->fixture.now);
	for (unsigned i = 0; i < ACCOUNT_DEVICES_MAX; i++) {
		g_autofree char *text = g_strdup_printf("d%u", i);

		account_see_device(house->account, text, i);
	}
	g_assert_cmpuint(house->account->devices->len, ==, ACCOUNT_DEVICES_MAX);
	g_assert_cmpint(account_device_seen(house->account, "phone"), ==, 0);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(House *, gconstpointer);
	} tests[] = {
	    {"/attach/joins", test_joins},
	    {"/attach/logs-in-later", test_logs_in_later},
	    {"/attach/does-not-log-in", test_does_not_log_in},
	    {"/attach/another-account", test_another_account},
	    {"/attach/too-late", test_too_late},
	    {"/attach/settings", test_settings},
	    {"/attach/without-tls", test_without_tls},
	    {"/attach/stays", test_stays},
	    {"/attach/policies", test_policies},
	    {"/attach/move", test_move},
	    {"/attach/devices", test_devices},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, House, NULL, set_up, tests[i].run, tear_down);
	return g_test_run();
}
