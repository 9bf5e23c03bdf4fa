/* SPDX-License-Identifier: MIT */
#include "act_fixture.h"
#include "proto/modes.h"

static void
test_leaves_nothing(void)
{
	ActFixture fixture;
	Session *anna, *bea;
	const void *cursor = NULL;
	Channel *channel;
	Ctx ctx;

	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	bea = fixture_user(&fixture, "bea");
	ctx = fixture_administrator(&fixture);
	for (unsigned i = 0; i < 2; i++) {
		channel = act_make_channel(&ctx, i ? "#b" : "#a");
		channel_add_member(channel, anna->user, fixture.now);
		channel_add_member(channel, bea->user, fixture.now);
	}
	channel_add_member(act_make_channel(&ctx, "#own"), anna->user, fixture.now);
	anna->user->modes |= MODE_USER_INVISIBLE;
	fixture.community->invisible = 1;
	act_quit(&ctx, anna, "gone");
	g_assert_null(anna->user);
	g_assert_cmpuint(fixture.community->invisible, ==, 0);
	g_assert_cmpuint(directory_users(fixture.community->directory), ==, 1);
	g_assert_cmpuint(directory_channels(fixture.community->directory), ==, 2);
	/* Once, however many channels they shared. */
	fixture_expect(&fixture, bea, ":anna!~anna@192.0.2.1 QUIT :gone|");
	g_assert_cmpstr(whowas_next(fixture.community->whowas, &cursor)->nick, ==, "anna");
	act_quit(&ctx, anna, "again");
	fixture_expect(&fixture, bea, "");
	fixture_clear(&fixture);
}

/* A nick of who never registered is free again. */
static void
test_registering(void)
{
	ActFixture fixture;
	Session *early;
	Reply reply;
	Ctx ctx;

	fixture_init(&fixture);
	early = fixture_connect(&fixture);
	fixture_begin(&fixture, early, &ctx, &reply);
	g_assert_cmpint(act_nick(&ctx, NULL, "anna"), ==, OUTCOME_DONE);
	act_quit(&ctx, early, "gone");
	fixture_end(&fixture, &ctx);
	g_assert_nonnull(fixture_user(&fixture, "anna"));
	fixture_clear(&fixture);
}

static void
test_kill(void)
{
	ActFixture fixture;
	Session *anna;
	Ctx ctx;

	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	ctx = fixture_administrator(&fixture);
	g_assert_cmpint(act_kill(&ctx, anna->user, "spam"), ==, OUTCOME_DONE);
	g_assert_null(anna->user);
	g_assert_cmpint(anna->stage, ==, SESSION_CLOSING);
	fixture_expect(
	    &fixture, anna, "ERROR :Closing link: (192.0.2.1) [Killed (chatd.localhost (spam))]|");
	fixture_clear(&fixture);
}

/* The user stays as long as one session does; who is killed goes with all of them. */
static void
test_several_sessions(void)
{
	ActFixture fixture;
	Session *desk, *phone, *bea;
	Channel *channel;
	User *anna;
	Ctx ctx;

	fixture_init(&fixture);
	desk = fixture_user(&fixture, "anna");
	anna = desk->user;
	bea = fixture_user(&fixture, "bea");
	ctx = fixture_administrator(&fixture);
	channel = act_make_channel(&ctx, "#a");
	channel_add_member(channel, anna, fixture.now);
	channel_add_member(channel, bea->user, fixture.now);
	phone = fixture_connect(&fixture);
	session_set_user(phone, anna);
	g_assert_cmpuint(user_sessions(anna), ==, 2);
	act_quit(&ctx, desk, "gone");
	g_assert_null(desk->user);
	fixture_expect(&fixture, bea, "");
	fixture_expect(&fixture, phone, "");
	g_assert_true(anna->sessions == phone);
	act_quit(&ctx, desk, "again");
	g_assert_cmpuint(user_sessions(anna), ==, 1);

	desk = fixture_connect(&fixture);
	session_set_user(desk, anna);
	g_assert_true(user_first_session(anna) == phone);
	g_assert_cmpint(act_kill(&ctx, anna, "spam"), ==, OUTCOME_DONE);
	g_assert_null(desk->user);
	g_assert_null(phone->user);
	fixture_expect(
	    &fixture, desk, "ERROR :Closing link: (192.0.2.1) [Killed (chatd.localhost (spam))]|");
	fixture_expect(
	    &fixture, phone, "ERROR :Closing link: (192.0.2.1) [Killed (chatd.localhost (spam))]|");
	fixture_expect(
	    &fixture, bea, ":anna!~anna@192.0.2.1 QUIT :Killed (chatd.localhost (spam))|");
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/quit/leaves_nothing", test_leaves_nothing);
	g_test_add_func("/quit/several_sessions", test_several_sessions);
	g_test_add_func("/quit/registering", test_registering);
	g_test_add_func("/quit/kill", test_kill);
	return g_test_run();
}
