/* SPDX-License-Identifier: MIT */
#include "act_fixture.h"
#include "proto/modes.h"

static Outcome
join(ActFixture *fixture, Session *session, const char *name)
{
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	fixture_begin(fixture, session, &ctx, &reply);
	outcome = act_join(&ctx, name, NULL, NULL);
	fixture_end(fixture, &ctx);
	return outcome;
}

static void
leave_all(ActFixture *fixture, Session *session)
{
	Reply reply;
	Ctx ctx;

	fixture_begin(fixture, session, &ctx, &reply);
	act_part_all(&ctx);
	fixture_end(fixture, &ctx);
}

static void
test_comes_and_goes(void)
{
	ActFixture fixture;
	const Channel *channel;
	Session *anna;

	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	g_assert_cmpint(join(&fixture, anna, "#x"), ==, OUTCOME_DONE);
	channel = directory_find_channel(fixture.community->directory, "#x");
	g_assert_cmpuint(user_seat(anna->user, channel)->ranks, ==, MODE_CHANNEL_OP);
	g_assert_cmpuint(channel->modes, ==, MODE_CHANNEL_NO_EXTERNAL | MODE_CHANNEL_TOPIC_LOCKED);
	leave_all(&fixture, anna);
	g_assert_cmpuint(directory_channels(fixture.community->directory), ==, 0);
	fixture_clear(&fixture);
}

static void
test_registered_stays(void)
{
	ActFixture fixture;
	Channel *channel;
	Session *anna;
	Ctx ctx;

	fixture_init(&fixture);
	ctx = fixture_administrator(&fixture);
	anna = fixture_user(&fixture, "anna");
	g_assert_cmpint(act_register_channel(&ctx, "not a channel"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(act_register_channel(&ctx, "#x"), ==, OUTCOME_DONE);
	g_assert_cmpint(join(&fixture, anna, "#x"), ==, OUTCOME_DONE);
	channel = directory_find_channel(fixture.community->directory, "#x");
	g_assert_cmpstr(channel->registered_by, ==, "root (uid 0)");
	/* Who comes first does not own what was registered. */
	g_assert_cmpuint(user_seat(anna->user, channel)->ranks, ==, 0);
	leave_all(&fixture, anna);
	g_assert_cmpuint(directory_channels(fixture.community->directory), ==, 1);
	g_assert_cmpint(act_unregister_channel(&ctx, channel), ==, OUTCOME_DONE);
	g_assert_cmpuint(directory_channels(fixture.community->directory), ==, 0);
	fixture_clear(&fixture);
}

static void
test_users_do_not_register(void)
{
	ActFixture fixture;
	Session *anna;
	Reply reply;
	Ctx ctx;

	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	fixture_begin(&fixture, anna, &ctx, &reply);
	g_assert_cmpint(act_register_channel(&ctx, "#x"), ==, OUTCOME_REFUSED);
	fixture_end(&fixture, &ctx);
	g_assert_cmpuint(directory_channels(fixture.community->directory), ==, 0);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/channel_life/comes_and_goes", test_comes_and_goes);
	g_test_add_func("/channel_life/registered_stays", test_registered_stays);
	g_test_add_func("/channel_life/users_do_not_register", test_users_do_not_register);
	return g_test_run();
}
