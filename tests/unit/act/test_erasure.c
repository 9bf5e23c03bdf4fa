/* SPDX-License-Identifier: MIT */
/* Erasing an account: what names it in memory, what it said, and a job that outlives its service.
 */
#include "act/erasure.h"

#include "act/account_verbs.h"
#include "act/party.h"
#include "act_fixture.h"
#include "domain/read_markers.h"
#include "domain/whowas.h"
#include "store/store_erasure.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>

typedef struct Desk {
	ActFixture fixture;
	Clock clock;
	Log *log;
	Account *anna;
	int64_t id;
	Session *bob;
} Desk;

static void
erasures_start(Desk *desk)
{
	const ErasureSetup setup = {
	    .records = &desk->fixture.records,
	    .community = desk->fixture.community,
	    .clock = &desk->clock,
	    .timers = desk->fixture.timers,
	    .log = desk->log,
	};

	desk->fixture.records.erasures = erasures_new(&setup);
	g_assert_true(erasures_resume(desk->fixture.records.erasures, NULL));
}

static void
history_start(Desk *desk)
{
	g_autofree char *path = g_build_filename(desk->fixture.folder, "history.db", NULL);

	desk->fixture.records.history = history_open(path, desk->fixture.answers, NULL);
	g_assert_nonnull(desk->fixture.records.history);
}

static void
set_up(Desk *desk, gconstpointer data)
{
	ActFixture *fixture = &desk->fixture;
	Ctx ctx;

	fixture_init(fixture);
	fixture_add_store(fixture);
	desk->clock = clock_system();
	desk->log = log_new(&desk->clock);
	ctx = fixture_administrator(fixture);
	g_assert_cmpint(act_add_account(&ctx, "anna", "", ""), ==, OUTCOME_DONE);
	desk->anna = accounts_find(fixture->community->accounts, "anna");
	desk->id = desk->anna->id;
	desk->bob = fixture_user(fixture, "bob");
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	History *history = g_steal_pointer(&desk->fixture.records.history);
	g_autofree char *path = g_build_filename(desk->fixture.folder, "history.db", NULL);

	history_close(history);
	fixture_finish_answers(&desk->fixture);
	g_unlink(path);
	erasures_free(g_steal_pointer(&desk->fixture.records.erasures));
	fixture_clear(&desk->fixture);
	log_free(desk->log);
}

static unsigned
jobs(Desk *desk)
{
	g_autoptr(GArray) ids = store_read_erasures(desk->fixture.records.store, NULL);

	return ids->len;
}

static unsigned
rows(Desk *desk)
{
	const HistoryQuery query = {
	    .place = {.channel = "#x"}, .limit = 100, .bytes_max = SIZE_MAX};
	g_autoptr(GPtrArray) found = NULL;
	bool unknown;

	g_assert_true(history_read(desk->fixture.records.history, &query, &found, &unknown, NULL));
	return found->len;
}

static void
say(Desk *desk, int64_t owner)
{
	const HistoryRow row = {.said = HISTORY_SAID,
	    .channel = "#x",
	    .msgid = owner ? "hers" : "his",
	    .kind = "message",
	    .verb = "PRIVMSG",
	    .source = "a!b@c",
	    .owner = owner,
	    .time = FIXTURE_NOW,
	    .text = "hello"};

	history_add(desk->fixture.records.history, &row, NULL, NULL);
	history_submit(desk->fixture.records.history);
}

static void
settle(Desk *desk, unsigned left)
{
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	while (jobs(desk) != left) {
		struct pollfd wait = {
		    .fd = mailbox_descriptor(desk->fixture.answers), .events = POLLIN};

		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		poll(&wait, 1, 20);
		fixture_finish_answers(&desk->fixture);
	}
}

static void
erase(Desk *desk)
{
	Ctx ctx = fixture_administrator(&desk->fixture);

	g_assert_cmpint(act_erase_account(&ctx, desk->anna, ""), ==, OUTCOME_DONE);
	desk->anna = NULL;
}

static void
test_history(Desk *desk, gconstpointer data)
{
	history_start(desk);
	erasures_start(desk);
	say(desk, desk->id);
	say(desk, 0);
	erase(desk);
	settle(desk, 1);
	settle(desk, 0);
	g_assert_cmpuint(rows(desk), ==, 1);
}

/* The service ended before it was through, and kept no history the next time. */
static void
test_later(Desk *desk, gconstpointer data)
{
	erase(desk);
	settle(desk, 1);
	erasures_start(desk);
	erasures_free(g_steal_pointer(&desk->fixture.records.erasures));
	g_assert_cmpuint(jobs(desk), ==, 1);
	history_start(desk);
	say(desk, desk->id);
	erasures_start(desk);
	settle(desk, 0);
	g_assert_cmpuint(rows(desk), ==, 0);
}

static void
test_traces(Desk *desk, gconstpointer data)
{
	Community *community = desk->fixture.community;
	Channel *channel = channel_new("#x", FIXTURE_NOW);
	g_autofree char *party = party_of_account(desk->anna);
	MaskList *bans = &channel->lists[0];
	const WhowasEntry departed = {.nick = (char *)"x",
	    .username = (char *)"~x",
	    .host = (char *)"h",
	    .address = (char *)"a",
	    .real_name = (char *)"r",
	    .account = (char *)"anna",
	    .account_id = desk->id,
	    .event = "quit"};
	const void *cursor = NULL;

	directory_add_channel(community->directory, channel);
	channel_add_member(channel, desk->bob->user, FIXTURE_NOW);
	channel_set_topic(channel, "stays", "ann!~a@host", FIXTURE_NOW);
	accounts_add_nick(community->accounts, desk->anna, "ann");
	mask_list_add(bans, "*!*@one", "ANNA!~a@host", FIXTURE_NOW);
	mask_list_add(bans, "*!*@two", "annabel!~a@host", FIXTURE_NOW);
	read_markers_set(community->read_markers, party, "#x", 5);
	whowas_add(community->whowas, &departed);
	erase(desk);
	g_assert_null(accounts_find(community->accounts, "anna"));
	g_assert_cmpstr(channel->topic, ==, "stays");
	g_assert_cmpstr(channel->topic_by, ==, community->server_name);
	g_assert_cmpstr(bans->entries[0].set_by, ==, community->server_name);
	g_assert_cmpstr(bans->entries[1].set_by, ==, "annabel!~a@host");
	g_assert_cmpint(read_markers_get(community->read_markers, party, "#x"), ==, -1);
	g_assert_null(whowas_next(community->whowas, &cursor));
}

/* Whose client is elsewhere was there as that account only. */
static void
test_detached(Desk *desk, gconstpointer data)
{
	Directory *directory = desk->fixture.community->directory;
	User *user = user_new(&(UserFacts){.nick = "anna",
				  .username = "~a",
				  .real_name = "Anna",
				  .host = "h",
				  .address = "192.0.2.9"},
	    FIXTURE_NOW);

	directory_add_user(directory, user);
	user_set_account(user, desk->anna);
	erase(desk);
	g_assert_null(directory_find_user(directory, "anna"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function) g_test_add("/erasure/" name, Desk, NULL, set_up, function, tear_down)
	TEST("history", test_history);
	TEST("later", test_later);
	TEST("traces", test_traces);
	TEST("detached", test_detached);
	return g_test_run();
}
