/* SPDX-License-Identifier: MIT */
/* A message is changed by somebody who is gone before the store has done it. */
#include "act/message_change.h"

#include "act/edit.h"
#include "act/query_records.h"
#include "act/redact.h"
#include "act_fixture.h"
#include "proto/caps.h"
#include "proto/modes.h"

#include <string.h>

typedef struct Room {
	ActFixture fixture;
	Session *anna; /* says it */
	Session *bea;
} Room;

static void
set_up(Room *room, gconstpointer data)
{
	ActFixture *fixture = &room->fixture;
	Channel *channel;
	Ctx ctx;

	fixture_init(fixture);
	fixture_add_history(fixture);
	room->anna = fixture_user(fixture, "anna");
	room->bea = fixture_user(fixture, "bea");
	room->bea->caps = CAP_MESSAGE_EDIT | CAP_MESSAGE_REDACTION;
	ctx = fixture_administrator(fixture);
	channel = act_make_channel(&ctx, "#a");
	channel_add_member(channel, room->anna->user, fixture->now);
	channel_add_member(channel, room->bea->user, fixture->now);
	history_add(fixture->records.history,
	    &(HistoryRow){.time = fixture->now,
		.said = HISTORY_SAID,
		.channel = "#a",
		.msgid = "m1",
		.kind = "message",
		.verb = "PRIVMSG",
		.source = "anna!~anna@192.0.2.1",
		.text = "teh text"},
	    NULL, NULL);
	fixture_settle_history(fixture);
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_clear(&room->fixture);
}

/* Asks, and once the message was found and the write is on its way, her connection is gone. */
static void
ask_and_go(Room *room, bool redact)
{
	ActFixture *fixture = &room->fixture;
	Reply reply;
	Ctx ctx;

	fixture_begin(fixture, room->anna, &ctx, &reply);
	if (redact)
		act_redact(&ctx, "#a", "m1", "oops");
	else
		act_edit(&ctx, &(ChangeRequest){.target = "#a", .msgid = "m1", .text = "the text"});
	g_assert_true(room->anna->pending);
	reply_abandon(&reply);
	while (fixture->records.asked > 0)
		fixture_finish_answers(fixture);
	g_assert_true(room->anna->pending);
	ctx = fixture_administrator(fixture);
	act_quit(&ctx, room->anna, "gone");
	slots_remove(fixture->community->sessions, room->anna->handle);
	session_free(room->anna);
	fixture_settle_history(fixture);
}

static void
note_audit(void *data, const RecordsAnswer *answer)
{
	const StoreAudit *audit = answer->rows->len > 0 ? answer->rows->pdata[0] : NULL;

	*(char **)data = g_strdup("");
	if (!audit)
		return;
	g_free(*(char **)data);
	*(char **)data = g_strdup_printf("%s %s %s", audit->who, audit->method, audit->object);
}

static void
expect_audit(Room *room, const char *expected)
{
	g_autofree char *newest = NULL;
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	/* It is written behind. */
	while (!newest || !*newest) {
		g_clear_pointer(&newest, g_free);
		records_read_audit(&room->fixture.records, 0, 1, note_audit, &newest);
		while (!newest) {
			g_assert_cmpint(g_get_monotonic_time(), <, deadline);
			fixture_finish_answers(&room->fixture);
		}
	}
	g_assert_cmpstr(newest, ==, expected);
}

static void
test_redact(Room *room, gconstpointer data)
{
	ask_and_go(room, true);
	fixture_expect(&room->fixture, room->bea,
	    ":anna!~anna@192.0.2.1 QUIT :gone|:anna!~anna@192.0.2.1 REDACT #a m1 :oops|");
	expect_audit(room, "anna!~anna@192.0.2.1 REDACT #a m1");
}

static void
test_edit(Room *room, gconstpointer data)
{
	ask_and_go(room, false);
	fixture_expect(&room->fixture, room->bea,
	    ":anna!~anna@192.0.2.1 QUIT :gone|:anna!~anna@192.0.2.1 EDIT #a m1 :the text|");
	expect_audit(room, "anna!~anna@192.0.2.1 EDIT #a m1");
}

/* Both found it; whose write comes second finds it no more, and nobody is told of what did not
 * happen. */
static void
test_both(Room *room, gconstpointer data)
{
	ActFixture *fixture = &room->fixture;
	const Channel *channel = directory_find_channel(fixture->community->directory, "#a");
	Reply first, second;
	Ctx ctx;

	member_set_ranks(user_seat(room->bea->user, channel), MODE_CHANNEL_OP);
	fixture_begin(fixture, room->bea, &ctx, &first);
	act_redact(&ctx, "#a", "m1", "no");
	reply_abandon(&first);
	fixture_begin(fixture, room->anna, &ctx, &second);
	act_edit(&ctx, &(ChangeRequest){.target = "#a", .msgid = "m1", .text = "put back again"});
	reply_abandon(&second);
	while (fixture->records.asked > 0)
		fixture_finish_answers(fixture);
	fixture_settle_history(fixture);
	fixture_expect(fixture, room->anna,
	    ":chatd.localhost FAIL EDIT UNKNOWN_MSGID #a m1 :This message does not exist or is too "
	    "old|");
	fixture_expect(fixture, room->bea, "");
	expect_audit(room, "bea!~bea@192.0.2.1 REDACT #a m1");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/message-change/redact", Room, NULL, set_up, test_redact, tear_down);
	g_test_add("/message-change/edit", Room, NULL, set_up, test_edit, tear_down);
	g_test_add("/message-change/both", Room, NULL, set_up, test_both, tear_down);
	return g_test_run();
}
