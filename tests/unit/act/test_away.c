/* SPDX-License-Identifier: MIT */
/* What several sessions say of their user, and what others hear of it. */
#include "act_fixture.h"
#include "proto/caps.h"

static void
say(ActFixture *fixture, Session *session, const char *text)
{
	Reply reply;
	Ctx ctx;

	fixture_begin(fixture, session, &ctx, &reply);
	g_assert_cmpint(act_away(&ctx, text), ==, OUTCOME_DONE);
	fixture_end(fixture, &ctx);
}

/* Said before registration it holds after it. */
static void
test_before_registration(void)
{
	ActFixture fixture;
	Session *early;
	Reply reply;
	Ctx ctx;

	fixture_init(&fixture);
	early = fixture_connect(&fixture);
	say(&fixture, early, "lunch");
	fixture_begin(&fixture, early, &ctx, &reply);
	g_assert_cmpint(act_nick(&ctx, NULL, "anna"), ==, OUTCOME_DONE);
	early->registration->username = g_strdup("anna");
	early->registration->real_name = g_strdup("anna");
	g_assert_cmpint(act_try_register(&ctx, early), ==, OUTCOME_DONE);
	fixture_end(&fixture, &ctx);
	g_assert_cmpstr(early->user->away, ==, "lunch");
	g_assert_cmpint(early->user->away_since, ==, fixture.now);
	fixture_clear(&fixture);
}

/* Each is answered for itself; neighbours hear of the user, and only when he changes. */
static void
test_together(void)
{
	ActFixture fixture;
	Session *desk, *phone, *bea;
	Channel *channel;
	Ctx ctx;

	fixture_init(&fixture);
	desk = fixture_user(&fixture, "anna");
	bea = fixture_user(&fixture, "bea");
	bea->caps = CAP_AWAY_NOTIFY;
	ctx = fixture_administrator(&fixture);
	channel = act_make_channel(&ctx, "#a");
	channel_add_member(channel, desk->user, fixture.now);
	channel_add_member(channel, bea->user, fixture.now);
	phone = fixture_connect(&fixture);
	session_set_user(phone, desk->user);

	say(&fixture, desk, "lunch");
	fixture_expect(
	    &fixture, desk, ":chatd.localhost 306 anna :You have been marked as being away|");
	fixture_expect(&fixture, bea, "");
	say(&fixture, phone, "*");
	fixture_expect(
	    &fixture, phone, ":chatd.localhost 306 anna :You have been marked as being away|");
	fixture_expect(&fixture, bea, ":anna!~anna@192.0.2.1 AWAY :lunch|");
	/* The one that told the reason is gone: nobody is there, for no reason told. */
	act_quit(&ctx, desk, "gone");
	fixture_expect(&fixture, bea, ":anna!~anna@192.0.2.1 AWAY :auto-away|");
	say(&fixture, phone, "");
	fixture_expect(
	    &fixture, phone, ":chatd.localhost 305 anna :You are no longer marked as being away|");
	fixture_expect(&fixture, bea, ":anna!~anna@192.0.2.1 AWAY|");
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/away/before-registration", test_before_registration);
	g_test_add_func("/away/together", test_together);
	return g_test_run();
}
