/* SPDX-License-Identifier: MIT */
#include "cmd/held_reply.h"

#include "act_fixture.h"
#include "cmd/dispatch.h"
#include "proto/caps.h"

#include <string.h>

typedef struct Room {
	ActFixture fixture;
	Session *anna, *bea;
	void *wait;
} Room;

/* As the gate does it. */
static Outcome
say(Room *room, Session *session, const char *text)
{
	g_autofree char *line = g_strdup(text);
	MessageStatus status;
	Outcome outcome;
	Message message;
	Reply reply;
	Ctx ctx;

	status = message_parse(line, strlen(line), &message);
	fixture_begin(&room->fixture, session, &ctx, &reply);
	outcome = cmd_dispatch(&ctx, &message, status);
	if (outcome == OUTCOME_PENDING)
		reply_abandon(&reply);
	else
		fixture_end(&room->fixture, &ctx);
	return outcome;
}

static void
set_up(Room *room, gconstpointer data)
{
	Ctx ctx;

	fixture_init(&room->fixture);
	room->anna = fixture_user(&room->fixture, "anna");
	room->bea = fixture_user(&room->fixture, "bea");
	say(room, room->anna, "JOIN #x");
	say(room, room->bea, "JOIN #x");
	fixture_add_store(&room->fixture);
	ctx = fixture_administrator(&room->fixture);
	g_assert_cmpint(act_register_channel(&ctx, "#x"), ==, OUTCOME_DONE);
	g_free(fixture_read(&room->fixture, room->anna));
	g_free(fixture_read(&room->fixture, room->bea));
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_clear(&room->fixture);
}

static void
test_after_the_commit(Room *room, gconstpointer data)
{
	g_autoptr(GPtrArray) rows = NULL;

	g_assert_cmpint(say(room, room->anna, "TOPIC #x :tea"), ==, OUTCOME_PENDING);
	g_assert_true(room->anna->pending);
	fixture_expect(&room->fixture, room->bea, ":anna!~anna@192.0.2.1 TOPIC #x :tea|");
	fixture_expect(&room->fixture, room->anna, "");
	fixture_settle(&room->fixture, room->anna);
	fixture_expect(&room->fixture, room->anna, ":anna!~anna@192.0.2.1 TOPIC #x :tea|");
	rows = fixture_stored(&room->fixture);
	g_assert_cmpstr(((const StoreChannel *)g_ptr_array_index(rows, 0))->topic, ==, "tea");
}

/* What others do meanwhile comes after it, or a client would show the older topic. */
static void
test_others_wait_behind_it(Room *room, gconstpointer data)
{
	say(room, room->anna, "MODE #x -t");
	fixture_settle(&room->fixture, room->anna);
	g_free(fixture_read(&room->fixture, room->anna));
	g_assert_cmpint(say(room, room->anna, "TOPIC #x :tea"), ==, OUTCOME_PENDING);
	g_assert_cmpint(say(room, room->bea, "TOPIC #x :coffee"), ==, OUTCOME_PENDING);
	g_assert_cmpint(say(room, room->bea, "PRIVMSG anna :see?"), ==, OUTCOME_DONE);
	fixture_expect(&room->fixture, room->anna, "");
	fixture_settle(&room->fixture, room->anna);
	fixture_expect(&room->fixture, room->anna,
	    ":anna!~anna@192.0.2.1 TOPIC #x :tea|"
	    ":bea!~bea@192.0.2.1 TOPIC #x :coffee|"
	    ":bea!~bea@192.0.2.1 PRIVMSG anna :see?|");
	fixture_settle(&room->fixture, room->bea);
	say(room, room->bea, "PRIVMSG anna :now at once");
	fixture_expect(
	    &room->fixture, room->anna, ":bea!~bea@192.0.2.1 PRIVMSG anna :now at once|");
}

static void
test_nothing_to_store(Room *room, gconstpointer data)
{
	g_assert_cmpint(say(room, room->anna, "PRIVMSG #x :tea"), ==, OUTCOME_DONE);
	g_assert_cmpint(say(room, room->bea, "TOPIC #x :no"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(say(room, room->anna, "JOIN #y"), ==, OUTCOME_DONE);
	g_assert_cmpint(say(room, room->anna, "TOPIC #y :not registered"), ==, OUTCOME_DONE);
	g_assert_false(room->anna->pending);
}

/* A row that cannot be written: the database was taken away. */
static void
test_not_stored(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);
	Channel *channel = directory_find_channel(room->fixture.community->directory, "#x");

	room->anna->caps |= CAP_STANDARD_REPLIES;
	store_remove_channel(room->fixture.records.store, channel->name, NULL, NULL);
	g_assert_cmpint(say(room, room->anna, "MODE #x +b evil"), ==, OUTCOME_PENDING);
	fixture_settle(&room->fixture, room->anna);
	fixture_expect(&room->fixture, room->anna,
	    ":anna!~anna@192.0.2.1 MODE #x +b evil!*@*|"
	    ":chatd.localhost FAIL MODE NOT_STORED :#x is not a registered channel|");
	act_unregister_channel(&ctx, channel);
}

static void
note_writing(void *data, const Event *event)
{
	Room *room = data;

	if (event->kind == EVENT_JOIN && event->user == room->anna->user)
		room->wait = records_writing(&room->fixture.records);
}

/* Who is moved by what is stored is sent nothing before, and hears all of it in its order. */
static void
test_in_order(Room *room, gconstpointer data)
{
	static const char *const problems[] = {NULL, "no room"};

	room->anna->caps |= CAP_STANDARD_REPLIES;
	bus_subscribe(room->fixture.out.bus, note_writing, room);
	for (unsigned i = 0; i < G_N_ELEMENTS(problems); i++) {
		const StoreAnswer answer = {
		    .done = !problems[i], .text = problems[i] ? problems[i] : ""};
		g_autofree char *told = NULL;

		say(room, room->bea, "JOIN #y");
		g_assert_cmpint(say(room, room->anna, "JOIN #y"), ==, OUTCOME_PENDING);
		g_assert_true(room->anna->pending);
		say(room, room->bea, "PRIVMSG #y :welcome");
		g_free(fixture_read(&room->fixture, room->bea));
		fixture_expect(&room->fixture, room->anna, "");
		records_written(room->wait, &answer);
		g_assert_false(room->anna->pending);
		told = g_strconcat(":anna!~anna@192.0.2.1 JOIN #y|"
				   ":chatd.localhost 353 anna = #y :@bea anna|"
				   ":chatd.localhost 366 anna #y :End of /NAMES list.|",
		    problems[i] ? ":chatd.localhost FAIL JOIN NOT_STORED :no room|" : "",
		    ":bea!~bea@192.0.2.1 PRIVMSG #y :welcome|", NULL);
		fixture_expect(&room->fixture, room->anna, told);
		say(room, room->anna, "PART #y");
		g_free(fixture_read(&room->fixture, room->anna));
	}
}

/* Who leaves meanwhile is not answered. */
static void
test_session_gone(Room *room, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&room->fixture);

	say(room, room->anna, "TOPIC #x :tea");
	act_quit(&ctx, room->anna, "gone");
	slots_remove(room->fixture.community->sessions, room->anna->handle);
	say(room, room->bea, "PART #x");
	/* Writes are answered in order: with the next one both are. */
	act_unregister_channel(
	    &ctx, directory_find_channel(room->fixture.community->directory, "#x"));
	session_free(room->anna);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name) g_test_add("/held_reply/" #name, Room, NULL, set_up, test_##name, tear_down)
	ADD(after_the_commit);
	ADD(others_wait_behind_it);
	ADD(nothing_to_store);
	ADD(not_stored);
	ADD(in_order);
	ADD(session_gone);
#undef ADD
	return g_test_run();
}
