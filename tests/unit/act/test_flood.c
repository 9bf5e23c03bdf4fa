/* SPDX-License-Identifier: MIT */
/* Flood: what is done to one member, which modes are set for a while, whom it spares. */
#include "act/flood.h"
#include "act_fixture.h"
#include "base/clock.h"
#include "domain/channel_bans.h"
#include "domain/channel_values.h"
#include "proto/modes.h"

static ActFixture fixture;
static Session *host, *member;
static Channel *channel;

static void
set_up(const char *rules)
{
	fixture_init(&fixture);
	host = fixture_user(&fixture, "host");
	member = fixture_user(&fixture, "member");
	channel = channel_new("#room", fixture.now);
	directory_add_channel(fixture.community->directory, channel);
	channel_add_member(channel, host->user, fixture.now)->ranks = MODE_CHANNEL_OP;
	channel_add_member(channel, member->user, fixture.now);
	g_assert_true(channel_set_value(channel, MODE_CHANNEL_FLOOD_INDEX, rules));
}

static Outcome
speak(Session *session, const char *verb)
{
	Speech speech = {.verb = verb, .target = "#room", .text = "hello"};
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	fixture_begin(&fixture, session, &ctx, &reply);
	outcome = act_speak(&ctx, &speech);
	fixture_end(&fixture, &ctx);
	return outcome;
}

static void
test_measures(void)
{
	static const struct {
		const char *rules;
		bool seated, banned, muted;
		const char *told;
	} cases[] = {
	    {"[2t#d]:10", true, false, false,
		":chatd.localhost 404 member #room :Cannot send to channel (+F)|"},
	    {"[2t#q7]:10", true, false, true,
		":chatd.localhost 404 member #room :Cannot send to channel (+F)|"
		":chatd.localhost MODE #room +b ~t:7:~m:*!*@192.0.2.1|"},
	    {"[2t#k]:10", false, false, false,
		":chatd.localhost 404 member #room :Cannot send to channel (+F)|"
		":chatd.localhost KICK #room member :Flooding|"},
	    {"[2t#b7]:10", false, true, true,
		":chatd.localhost 404 member #room :Cannot send to channel (+F)|"
		":chatd.localhost MODE #room +b ~t:7:*!*@192.0.2.1|"
		":chatd.localhost KICK #room member :Flooding|"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const User *user;

		set_up(cases[i].rules);
		user = member->user;
		g_assert_cmpint(speak(member, "PRIVMSG"), ==, OUTCOME_DONE);
		g_assert_cmpint(speak(member, "PRIVMSG"), ==, OUTCOME_DONE);
		g_assert_cmpint(speak(member, "PRIVMSG"), ==, OUTCOME_REFUSED);
		fixture_expect(&fixture, member, cases[i].told);
		g_assert_true((user_seat(user, channel) != NULL) == cases[i].seated);
		g_assert_true(channel_bans_from(channel, user, EXTBAN_JOIN) == cases[i].banned);
		g_assert_true(channel_bans_from(channel, user, EXTBAN_SPEAK) == cases[i].muted);
		fixture_clear(&fixture);
	}
}

/* He is the last one there: the channel goes with him, and what he said is refused all the same. */
static void
test_last_member(void)
{
	static const char *const rules[] = {"[2t#k]:10", "[2t#b7]:10"};

	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
		set_up(rules[i]);
		member_free(user_seat(host->user, channel));
		g_assert_cmpint(speak(member, "PRIVMSG"), ==, OUTCOME_DONE);
		g_assert_cmpint(speak(member, "PRIVMSG"), ==, OUTCOME_DONE);
		g_assert_cmpint(speak(member, "PRIVMSG"), ==, OUTCOME_REFUSED);
		g_assert_null(directory_find_channel(fixture.community->directory, "#room"));
		g_assert_cmpuint(member->user->n_seats, ==, 0);
		fixture_clear(&fixture);
	}
}

/* A window that is over counts anew; hosts are not counted; a NOTICE is told nothing. */
static void
test_window(void)
{
	set_up("[2t#d]:10");
	for (unsigned i = 0; i < 5; i++)
		g_assert_cmpint(speak(host, "PRIVMSG"), ==, OUTCOME_DONE);
	speak(member, "PRIVMSG");
	speak(member, "PRIVMSG");
	fixture.now += 10 * CLOCK_SECOND;
	g_assert_cmpint(speak(member, "PRIVMSG"), ==, OUTCOME_DONE);
	g_assert_cmpint(speak(member, "PRIVMSG"), ==, OUTCOME_DONE);
	g_free(fixture_read(&fixture, member));
	g_assert_cmpint(speak(member, "NOTICE"), ==, OUTCOME_REFUSED);
	fixture_expect(&fixture, member, "");
	fixture_clear(&fixture);
}

/* A mode that was set by hand is not taken back. */
static void
test_modes(void)
{
	set_up("[2m#M3]:10");
	for (unsigned i = 0; i < 3; i++)
		speak(member, "PRIVMSG");
	g_assert_true(channel_has(channel, MODE_CHANNEL_ACCOUNTS_SPEAK));
	g_assert_cmpint(flood_next_end(channel), ==, FIXTURE_NOW + 180 * CLOCK_SECOND);
	fixture_clear(&fixture);
	set_up("[2m#M3]:10");
	channel->modes |= MODE_CHANNEL_ACCOUNTS_SPEAK;
	member->user->account = g_strdup("member");
	for (unsigned i = 0; i < 3; i++)
		speak(member, "PRIVMSG");
	g_assert_cmpint(flood_next_end(channel), ==, 0);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/flood/measures", test_measures);
	g_test_add_func("/flood/last-member", test_last_member);
	g_test_add_func("/flood/window", test_window);
	g_test_add_func("/flood/modes", test_modes);
	return g_test_run();
}
