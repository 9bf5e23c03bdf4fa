/* SPDX-License-Identifier: MIT */
/* A channel is renamed in two files: both take it, one of them does not, or a crash comes between.
 */
#include "act/kept_rename.h"

#include "act/query_history.h"
#include "domain/former_names.h"
#include "proto/caps.h"
#include "proto/modes.h"
#include "store/history_renames.h"
#include "store/store_renames.h"
#include "store_refusal.h"

#include <poll.h>

typedef struct Room {
	ActFixture fixture;
	Returned returned;
	Session *bea;
	Channel *channel;
	unsigned said;
} Room;

static void
say(Room *room, const char *channel)
{
	g_autofree char *msgid = g_strdup_printf("m%u", ++room->said);
	const HistoryRow row = {.said = HISTORY_SAID,
	    .time = room->fixture.now + room->said * INT64_C(1000000),
	    .channel = channel,
	    .msgid = msgid,
	    .kind = "message",
	    .verb = "PRIVMSG",
	    .source = "bea!~bea@192.0.2.1",
	    .text = "text"};

	history_add(room->fixture.records.history, &row, NULL, NULL);
}

static bool
is_open(Room *room)
{
	const Ctx ctx = fixture_administrator(&room->fixture);

	return kept_rename_is_open(&ctx, room->channel);
}

/* Until both files have answered all. */
static void
settle(Room *room)
{
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	history_submit(room->fixture.records.history);
	while (is_open(room)) {
		struct pollfd wait = {
		    .fd = mailbox_descriptor(room->fixture.answers), .events = POLLIN};

		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		poll(&wait, 1, 100);
		fixture_finish_answers(&room->fixture);
	}
	fixture_settle_kept(&room->fixture);
	fixture_settle_history(&room->fixture);
}

static void
set_up(Room *room, gconstpointer data)
{
	ActFixture *fixture = &room->fixture;
	Ctx ctx;

	*room = (Room){0};
	fixture_init(fixture);
	fixture_add_refusing_store(fixture, &room->returned);
	fixture_add_history(fixture);
	room->bea = fixture_user(fixture, "bea");
	room->bea->caps = CAP_CHANNEL_RENAME;
	ctx = fixture_administrator(fixture);
	g_assert_cmpint(act_register_channel(&ctx, "#old"), ==, OUTCOME_DONE);
	room->channel = directory_find_channel(fixture->community->directory, "#old");
	channel_add_member(room->channel, room->bea->user, fixture->now);
	say(room, "#old");
	settle(room);
	g_free(fixture_read(fixture, room->bea));
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_end_returns(&room->fixture);
	fixture_clear(&room->fixture);
}

static Outcome
rename_to(Room *room, const char *name)
{
	Ctx ctx = fixture_administrator(&room->fixture);

	return act_rename_channel(&ctx, room->channel, name, "reason");
}

static void
expect_said(Room *room, const char *channel, const char *expected)
{
	const HistoryQuery query = {
	    .place = {.channel = channel}, .limit = 100, .bytes_max = SIZE_MAX};
	g_autoptr(GPtrArray) rows = NULL;
	g_autoptr(GString) ids = g_string_new(NULL);
	bool unknown;

	g_assert_true(history_read(room->fixture.records.history, &query, &rows, &unknown, NULL));
	for (guint i = 0; i < rows->len; i++)
		g_string_append_printf(ids, "%s ", ((const HistoryRow *)rows->pdata[i])->msgid);
	g_assert_cmpstr(ids->str, ==, expected);
}

static void
expect_stored(Room *room, const char *name)
{
	g_autoptr(GPtrArray) rows = fixture_stored(&room->fixture);

	g_assert_cmpuint(rows->len, ==, 1);
	g_assert_cmpstr(((const StoreChannel *)rows->pdata[0])->name, ==, name);
}

static void
expect_nothing_remembered(Room *room)
{
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	/* It is ended one after the other. */
	for (;;) {
		g_autoptr(GPtrArray) store = store_read_renames(room->fixture.records.store, NULL);
		g_autoptr(GPtrArray) history =
		    history_read_renames(room->fixture.records.history, NULL);

		if (store->len + history->len == 0)
			return;
		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		fixture_finish_answers(&room->fixture);
	}
}

static void
test_done(Room *room, gconstpointer data)
{
	g_assert_cmpint(rename_to(room, "#new"), ==, OUTCOME_DONE);
	say(room, "#new");
	/* Not again before that is known. */
	g_assert_cmpint(rename_to(room, "#newer"), ==, OUTCOME_REFUSED);
	g_assert_true(g_str_has_prefix(room->fixture.refusal, "CANNOT_RENAME "));
	settle(room);
	expect_stored(room, "#new");
	expect_said(room, "#new", "m1 m2 ");
	expect_nothing_remembered(room);
	g_assert_cmpuint(room->returned.count, ==, 0);
	g_assert_cmpint(rename_to(room, "#newer"), ==, OUTCOME_DONE);
	settle(room);
	expect_said(room, "#newer", "m1 m2 ");
}

/* What was said before and meanwhile is said in it. */
static void
test_store_refuses(Room *room, gconstpointer data)
{
	fixture_run_sql(&room->fixture, "chatd.db", REFUSE("a", "INSERT ON registered_channel"));
	rename_to(room, "#new");
	say(room, "#new");
	settle(room);
	g_assert_cmpuint(room->returned.count, >=, 1);
	g_assert_cmpstr(room->channel->name, ==, "#old");
	fixture_expect(&room->fixture, room->bea,
	    ":chatd.localhost RENAME #old #new :reason|"
	    ":chatd.localhost RENAME #new #old :The new name could not be stored|");
	expect_stored(room, "#old");
	say(room, "#old");
	fixture_settle_history(&room->fixture);
	expect_said(room, "#old", "m1 m2 m3 ");
	expect_nothing_remembered(room);
}

static void
test_history_refuses(Room *room, gconstpointer data)
{
	fixture_run_sql(&room->fixture, "history.db", REFUSE("a", "INSERT ON renaming"));
	rename_to(room, "#new");
	settle(room);
	g_assert_cmpuint(room->returned.count, ==, 1);
	g_assert_cmpstr(room->channel->name, ==, "#old");
	g_assert_cmpuint(room->channel->registered, !=, 0);
	expect_stored(room, "#old");
	expect_said(room, "#old", "m1 ");
	expect_nothing_remembered(room);
}

/* Of a channel that is not stored the history alone is told, and may refuse as well. */
static void
test_not_stored(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	Channel *other = act_make_channel(&ctx, "#other");
	Channel *registered = room->channel;

	channel_add_member(other, room->bea->user, room->fixture.now);
	room->channel = other;
	say(room, "#other");
	rename_to(room, "#another");
	settle(room);
	expect_said(room, "#another", "m2 ");
	fixture_run_sql(&room->fixture, "history.db", REFUSE("a", "INSERT ON renaming"));
	other->renamed_at = 0;
	rename_to(room, "#third");
	settle(room);
	g_assert_cmpstr(other->name, ==, "#another");
	expect_said(room, "#another", "m2 ");
	room->channel = registered;
	expect_stored(room, "#old");
}

static void
resume(Room *room)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(kept_renames_resume(
	    &room->fixture.records, room->fixture.community, room->fixture.now, NULL, &error));
	g_assert_no_error(error);
	fixture_settle_history(&room->fixture);
	expect_nothing_remembered(room);
}

static void
ignore(void *data, const StoreAnswer *answer)
{
	g_assert_true(answer->done);
	++*(unsigned *)data;
}

static void
wait_for(Room *room, const unsigned *answers)
{
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	history_submit(room->fixture.records.history);
	while (*answers == 0) {
		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		fixture_finish_answers(&room->fixture);
	}
}

/* The store had committed, the history had not. */
static void
test_crash_before_history(Room *room, gconstpointer data)
{
	const StoreRename row = {0, (char *)"#old", (char *)"#new", room->fixture.now, 0};
	unsigned answers = 0;

	store_rename_channel(room->fixture.records.store, &row, ignore, &answers);
	wait_for(room, &answers);
	/* As the start finds it. */
	directory_rename_channel(room->fixture.community->directory, room->channel, "#new");
	resume(room);
	expect_said(room, "#new", "m1 ");
	/* Once. */
	resume(room);
	expect_said(room, "#new", "m1 ");
}

static void
test_crash_before_store(Room *room, gconstpointer data)
{
	unsigned answers = 0;

	history_rename(
	    room->fixture.records.history, "#old", "#new", room->fixture.now, ignore, &answers);
	wait_for(room, &answers);
	expect_said(room, "#new", "m1 ");
	resume(room);
	expect_said(room, "#old", "m1 ");
}

/* Both had, and it was not ended anywhere. */
static void
test_crash_before_end(Room *room, gconstpointer data)
{
	const StoreRename row = {0, (char *)"#old", (char *)"#new", room->fixture.now, 0};
	unsigned stored = 0, followed = 0;

	store_rename_channel(room->fixture.records.store, &row, ignore, &stored);
	history_rename(
	    room->fixture.records.history, "#old", "#new", room->fixture.now, ignore, &followed);
	wait_for(room, &stored);
	wait_for(room, &followed);
	directory_rename_channel(room->fixture.community->directory, room->channel, "#new");
	resume(room);
	expect_said(room, "#new", "m1 ");
}

static void
test_former_names(Room *room, gconstpointer data)
{
	Community *community = room->fixture.community;
	Handle found;

	room->fixture.settings->channels->rename_redirect = 60 * INT64_C(1000000);
	rename_to(room, "#new");
	settle(room);
	expect_nothing_remembered(room);
	former_names_remove(community->former_names, "#old");
	resume(room);
	found = former_names_find(community->former_names, "#OLD", room->fixture.now);
	g_assert_true(handle_equal(found, room->channel->handle));
	/* Off is off, and what has ended leads nowhere. */
	former_names_remove(community->former_names, "#old");
	room->fixture.now += 61 * INT64_C(1000000);
	resume(room);
	g_assert_cmpuint(former_names_count(community->former_names), ==, 0);
	room->fixture.now -= 61 * INT64_C(1000000);
	room->fixture.settings->channels->rename_redirect = 0;
	resume(room);
	g_assert_cmpuint(former_names_count(community->former_names), ==, 0);
}

/* The service ends while it is on its way: nothing is asked of what is closed, the next start finds
 * out how it stands. */
static void
test_stop(Room *room, gconstpointer data)
{
	rename_to(room, "#new");
	say(room, "#new");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, run) g_test_add("/kept-rename/" name, Room, NULL, set_up, run, tear_down)
	TEST("done", test_done);
	TEST("store-refuses", test_store_refuses);
	TEST("history-refuses", test_history_refuses);
	TEST("not-stored", test_not_stored);
	TEST("crash-before-history", test_crash_before_history);
	TEST("crash-before-store", test_crash_before_store);
	TEST("crash-before-end", test_crash_before_end);
	TEST("former-names", test_former_names);
	TEST("stop", test_stop);
	return g_test_run();
}
