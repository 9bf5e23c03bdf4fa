/* SPDX-License-Identifier: MIT */
/* What a client is sent by itself: where it begins and ends, and what it looks like. */
#include "act/autoreplay.h"

#include "act/device.h"
#include "act_fixture.h"
#include "base/clock.h"
#include "proto/caps.h"

#include <string.h>

typedef struct Room {
	ActFixture fixture;
	Account *account;
	Session *anna; /* logged in */
	Channel *channel;
	unsigned said;
} Room;

static void
set_up(Room *room, gconstpointer data)
{
	ActFixture *fixture = &room->fixture;
	Ctx ctx;

	fixture_init(fixture);
	fixture_add_history(fixture);
	room->account = account_new(7, "anna", fixture->now);
	accounts_add(fixture->community->accounts, room->account);
	room->anna = fixture_user(fixture, "anna");
	user_set_account(room->anna->user, room->account);
	ctx = fixture_administrator(fixture);
	room->channel = act_make_channel(&ctx, "#a");
	room->channel->created_at = 0;
	channel_add_member(room->channel, room->anna->user, fixture->now);
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_clear(&room->fixture);
}

static void
stored(void *data, const StoreAnswer *answer)
{
	g_assert_true(answer->done);
}

static void
say(Room *room, int64_t time, const char *text)
{
	g_autofree char *msgid = g_strdup_printf("m%u", ++room->said);
	const HistoryRow row = {
	    .time = time,
	    .said = HISTORY_SAID,
	    .channel = "#a",
	    .msgid = msgid,
	    .kind = "message",
	    .verb = "PRIVMSG",
	    .source = "bea!~b@192.0.2.2",
	    .text = text,
	};

	history_add(room->fixture.records.history, &row, stored, NULL);
}

static void
ask(Room *room, void (*replay)(Ctx *ctx, const Channel *channel))
{
	Reply reply;
	Ctx ctx;

	fixture_begin(&room->fixture, room->anna, &ctx, &reply);
	replay(&ctx, room->channel);
	fixture_end(&room->fixture, &ctx);
}

static void
replay_everything(Ctx *ctx, const Channel *channel)
{
	autoreplay_all(ctx);
}

/* Said before the question, in the same turn too: told. Said after it: not, for it was delivered.
 */
static void
test_ends_at_the_question(Room *room, gconstpointer data)
{
	int64_t now = room->fixture.now;

	room->anna->device_seen_at = now - 10 * CLOCK_SECOND;
	say(room, now - 5 * CLOCK_SECOND, "before");
	fixture_settle_history(&room->fixture);
	say(room, now, "same turn");
	ask(room, autoreplay_channel);
	say(room, now, "after");
	fixture_settle_history(&room->fixture);
	fixture_expect(&room->fixture, room->anna,
	    ":bea!~b@192.0.2.2 PRIVMSG #a :[02:39:55Z] before|"
	    ":bea!~b@192.0.2.2 PRIVMSG #a :[02:40:00Z] same turn|");
	/* Nothing was ever said: nothing of what comes later is told. */
	history_forget(room->fixture.records.history, "#a", stored, NULL);
	fixture_settle_history(&room->fixture);
	room->anna->device_seen_at = now - CLOCK_SECOND;
	ask(room, replay_everything);
	say(room, now, "much later");
	fixture_settle_history(&room->fixture);
	fixture_expect(&room->fixture, room->anna, "");
}

/* Rows have milliseconds, devices microseconds: what shares the last one is told again. */
static void
test_begins_when_it_left(Room *room, gconstpointer data)
{
	int64_t left = room->fixture.now - 10 * CLOCK_SECOND + 500;

	room->anna->device_seen_at = left;
	say(room, left - 2 * CLOCK_MILLISECOND, "seen");
	say(room, left + 100, "the same millisecond");
	ask(room, autoreplay_channel);
	fixture_settle_history(&room->fixture);
	fixture_expect(&room->fixture, room->anna,
	    ":bea!~b@192.0.2.2 PRIVMSG #a :[02:39:50Z] the same millisecond|");
	/* Once. */
	ask(room, autoreplay_channel);
	fixture_settle_history(&room->fixture);
	fixture_expect(&room->fixture, room->anna, "");
}

static void
test_time_in_front(Room *room, gconstpointer data)
{
	g_autofree char *text = g_strnfill(480, 'x');
	g_autofree char *read = NULL;
	g_auto(GStrv) lines = NULL;
	size_t found = 0;

	room->anna->device_seen_at = 1;
	say(room, room->fixture.now - 86400 * CLOCK_SECOND, "yesterday");
	say(room, room->fixture.now, text);
	ask(room, autoreplay_channel);
	fixture_settle_history(&room->fixture);
	read = fixture_read(&room->fixture, room->anna);
	lines = g_strsplit(read, "|", -1);
	g_assert_cmpuint(g_strv_length(lines), ==, 4);
	g_assert_cmpstr(
	    lines[0], ==, ":bea!~b@192.0.2.2 PRIVMSG #a :[2017-07-13 02:40:00Z] yesterday");
	for (unsigned i = 1; i < 3; i++) {
		g_assert_cmpuint(strlen(lines[i]), <=, 510);
		g_assert_nonnull(strstr(lines[i], ":[02:40:00Z] x"));
		for (const char *at = lines[i]; *at; at++)
			found += *at == 'x';
	}
	g_assert_cmpuint(found, ==, 480);
}

static void
test_who_is_not_told(Room *room, gconstpointer data)
{
	room->anna->device_seen_at = 1;
	say(room, room->fixture.now, "hello");
	room->anna->caps = CAP_CHATHISTORY;
	ask(room, autoreplay_channel);
	room->anna->caps = 0;
	room->account->settings[ACCOUNT_SETTING_AUTOREPLAY] = 1;
	ask(room, autoreplay_channel);
	room->account->settings[ACCOUNT_SETTING_AUTOREPLAY] = 0;
	g_assert_cmpuint(room->fixture.records.asked, ==, 0);
	/* Who has left the channel before the answer. */
	ask(room, autoreplay_channel);
	g_assert_cmpuint(room->fixture.records.asked, ==, 1);
	member_free(user_seat(room->anna->user, room->channel));
	fixture_settle_history(&room->fixture);
	fixture_expect(&room->fixture, room->anna, "");
}

/* The new connection comes before the service knows that the old one is dead. */
static void
test_broken_connection(Room *room, gconstpointer data)
{
	ActFixture *fixture = &room->fixture;
	Session *phone = fixture_connect(fixture), *again = fixture_connect(fixture);
	int64_t heard = fixture->now;
	Ctx ctx;

	phone->device = g_strdup("phone");
	again->device = g_strdup("Phone");
	session_set_user(phone, room->anna->user);
	ctx = fixture_administrator(fixture);
	device_came(&ctx, phone);
	g_assert_cmpint(phone->device_seen_at, ==, 0);
	phone->heard_at = heard + CLOCK_SECOND;
	fixture->now += 60 * CLOCK_SECOND;
	ctx = fixture_administrator(fixture);
	session_set_user(again, room->anna->user);
	device_came(&ctx, again);
	g_assert_cmpint(again->device_seen_at, ==, heard + CLOCK_SECOND);
	device_caught_up(&ctx, again, fixture->now);
	phone->lost = true;
	device_left(&ctx, phone);
	g_assert_cmpint(account_device_seen(room->account, "phone"), ==, fixture->now);
	again->heard_at = fixture->now;
	fixture->now += 90 * CLOCK_SECOND;
	ctx = fixture_administrator(fixture);
	again->lost = true;
	device_left(&ctx, again);
	g_assert_cmpint(account_device_seen(room->account, "phone"), ==, again->heard_at);
	again->lost = false;
	device_left(&ctx, again);
	g_assert_cmpint(account_device_seen(room->account, "phone"), ==, fixture->now);
}

/* Who goes before the answer comes has missed it, and will be told the next time. */
static void
test_leaves_before_it_is_told(Room *room, gconstpointer data)
{
	ActFixture *fixture = &room->fixture;
	Ctx ctx;

	account_see_device(room->account, DEVICE_UNNAMED, fixture->now - CLOCK_SECOND);
	ctx = fixture_administrator(fixture);
	device_came(&ctx, room->anna);
	say(room, fixture->now, "hello");
	ask(room, replay_everything);
	device_left(&ctx, room->anna);
	g_assert_cmpint(
	    account_device_seen(room->account, DEVICE_UNNAMED), ==, fixture->now - CLOCK_SECOND);
	fixture_settle_history(fixture);
	fixture_expect(fixture, room->anna, ":bea!~b@192.0.2.2 PRIVMSG #a :[02:40:00Z] hello|");
	g_assert_cmpint(account_device_seen(room->account, DEVICE_UNNAMED), ==, fixture->now);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Room *, gconstpointer);
	} tests[] = {
	    {"/autoreplay/ends-at-the-question", test_ends_at_the_question},
	    {"/autoreplay/begins-when-it-left", test_begins_when_it_left},
	    {"/autoreplay/time-in-front", test_time_in_front},
	    {"/autoreplay/who-is-not-told", test_who_is_not_told},
	    {"/autoreplay/leaves-before-it-is-told", test_leaves_before_it_is_told},
	    {"/autoreplay/broken-connection", test_broken_connection},
	};

	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Room, NULL, set_up, tests[i].test, tear_down);
	return g_test_run();
}
