/* SPDX-License-Identifier: MIT */
/* STATS l against loops that answer when the test lets them. */
#include "cmd/link_list.h"

#include "act_fixture.h"
#include "base/delivery.h"

#include <string.h>

#define LOOPS 2u

/* The question that was asked last. */
static struct {
	unsigned loop, from, most, asked;
	HostTrafficThen then;
	void *data;
} question;

static bool
ask(Host *host, unsigned loop, uint32_t from, uint32_t most, HostTrafficThen then, void *data)
{
	if (loop >= LOOPS)
		return false;
	question.loop = loop;
	question.from = from;
	question.most = most;
	question.then = then;
	question.data = data;
	question.asked++;
	return true;
}

static void
answer(const Session *session, uint32_t next)
{
	Traffic traffic = {
	    .unsent = 7, .lines_in = 3, .lines_out = 4, .bytes_in = 2047, .bytes_out = 2048};
	HostTraffic row = {session, &traffic};

	question.then(question.data,
	    &(HostTrafficAnswer){.next = next, .count = session ? 1 : 0, .rows = &row});
}

static Outcome
tell(ActFixture *fixture, Session *asker, const User *user)
{
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	fixture_begin(fixture, asker, &ctx, &reply);
	outcome = link_list_tell(&ctx, user, 'l');
	if (outcome == OUTCOME_PENDING)
		reply_abandon(&reply);
	else
		fixture_end(fixture, &ctx);
	return outcome;
}

static void
set_up(ActFixture *fixture)
{
	memset(&question, 0, sizeof question);
	fixture_init(fixture);
	fixture_add_pool(fixture);
	fixture->host.traffic = ask;
}

static void
test_all_loops(void)
{
	ActFixture fixture;
	Session *anna, *new_one;

	set_up(&fixture);
	anna = fixture_user(&fixture, "anna");
	new_one = fixture_connect(&fixture);
	g_assert_cmpint(tell(&fixture, anna, NULL), ==, OUTCOME_PENDING);
	g_assert_true(anna->pending);
	g_assert_cmpuint(question.most, ==, TRAFFIC_MAX);
	answer(anna, 130);
	g_assert_cmpuint(question.from, ==, 130);
	g_assert_cmpuint(question.loop, ==, 0);
	answer(NULL, 0);
	g_assert_cmpuint(question.loop, ==, 1);
	g_assert_cmpuint(question.from, ==, 0);
	answer(new_one, 0);
	g_assert_false(anna->pending);
	g_assert_cmpuint(question.asked, ==, 3);
	fixture_expect(&fixture, anna,
	    ":chatd.localhost 211 anna anna[~anna@192.0.2.1] 7 4 2 3 1 :0|"
	    ":chatd.localhost 211 anna *[unknown@192.0.2.1] 7 4 2 3 1 :0|"
	    ":chatd.localhost 219 anna l :End of /STATS report|");
	fixture_clear(&fixture);
}

static void
test_one_user(void)
{
	ActFixture fixture;
	Session *anna, *bob;

	set_up(&fixture);
	anna = fixture_user(&fixture, "anna");
	bob = fixture_user(&fixture, "bob");
	g_assert_cmpint(tell(&fixture, anna, bob->user), ==, OUTCOME_PENDING);
	g_assert_cmpuint(question.from, ==, bob->conn.index & CONN_INDEX_MASK);
	g_assert_cmpuint(question.most, ==, 1);
	answer(bob, 5);
	fixture_expect(&fixture, anna,
	    ":chatd.localhost 211 anna bob[~bob@192.0.2.1] 7 4 2 3 1 :0|"
	    ":chatd.localhost 219 anna l :End of /STATS report|");
	/* Somebody else has his place by now. */
	g_assert_cmpint(tell(&fixture, anna, bob->user), ==, OUTCOME_PENDING);
	answer(anna, 5);
	fixture_expect(&fixture, anna, ":chatd.localhost 219 anna l :End of /STATS report|");
	fixture_clear(&fixture);
}

/* Nothing is left behind when the service ends or the asker went. */
static void
test_no_answer(void)
{
	ActFixture fixture;
	Session *anna;
	Ctx ctx;

	set_up(&fixture);
	anna = fixture_user(&fixture, "anna");
	g_assert_cmpint(tell(&fixture, anna, NULL), ==, OUTCOME_PENDING);
	question.then(question.data, NULL);
	fixture_expect(&fixture, anna, "");
	anna->pending = false;
	g_assert_cmpint(tell(&fixture, anna, NULL), ==, OUTCOME_PENDING);
	ctx = fixture_administrator(&fixture);
	act_quit(&ctx, anna, "gone");
	anna->stage = SESSION_CLOSING;
	answer(NULL, 0);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/link-list/all-loops", test_all_loops);
	g_test_add_func("/link-list/one-user", test_one_user);
	g_test_add_func("/link-list/no-answer", test_no_answer);
	return g_test_run();
}
