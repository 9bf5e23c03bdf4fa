/* SPDX-License-Identifier: MIT */
/* From event to queue: sharing of lines, the asker's own copy, self-messages, closes, the bus. */
#include "out/out.h"

#include "base/close_reason.h"
#include "out_fixture.h"
#include "proto/caps.h"

#include <string.h>

#define LABELS (CAP_LABELED_RESPONSE | CAP_BATCH)

static void
assert_sent(OutFixture *fixture, const User *user, const char *expected)
{
	g_autofree char *sent = out_fixture_sent(fixture, user);

	g_assert_cmpstr(sent, ==, expected);
}

static Event
message(User *from, Channel *channel, User *target)
{
	Event event = out_fixture_event(EVENT_MESSAGE, from);

	event.verb = "PRIVMSG";
	event.channel = channel;
	event.target = target;
	event.target_name = channel ? channel->name : target->nick;
	event.text = "hi";
	return event;
}

static void
publish_labeled(OutFixture *fixture, const Event *event, const char *label)
{
	Reply reply;

	reply_begin(&reply, fixture->community, &fixture->out.outbox, &fixture->random,
	    event->origin, FIXTURE_TIME, label);
	out_publish(&fixture->out, fixture->community, event, &reply);
	reply_end(&reply);
}

/* 100 members of two kinds: two lines, a hundred references. */
static void
test_lines_are_shared(OutFixture *fixture, gconstpointer data)
{
	Channel *channel = out_fixture_channel(fixture, "#x");
	g_autoptr(GHashTable) lines = g_hash_table_new(NULL, NULL);
	const Delivery *deliveries;
	size_t count;
	Event event;

	for (unsigned i = 0; i < 101; i++) {
		g_autofree char *nick = g_strdup_printf("n%u", i);
		User *user = out_fixture_user(fixture, nick, i % 2 ? CAP_SERVER_TIME : 0);

		out_fixture_join(channel, user, 0);
	}
	event = message(channel->members[0]->user, channel, NULL);
	out_publish(&fixture->out, fixture->community, &event, NULL);
	deliveries = outbox_take(&fixture->out.outbox, 0, &count);
	g_assert_cmpuint(count, ==, 100);
	for (size_t i = 0; i < count; i++)
		g_hash_table_add(lines, deliveries[i].line);
	g_assert_cmpuint(g_hash_table_size(lines), ==, 2);
	g_assert_cmpuint(atomic_load(&deliveries[0].line->references), ==, 50);
	g_assert_cmpuint(atomic_load(&deliveries[1].line->references), ==, 50);
	for (size_t i = 0; i < count; i++)
		line_unref(deliveries[i].line);
	g_assert_cmpuint(fixture->out.counters.values[COUNTER_LINES_RENDERED], ==, 2);
	g_assert_cmpuint(fixture->out.counters.values[COUNTER_EVENTS], ==, 1);
}

static void
test_own_copy(OutFixture *fixture, gconstpointer data)
{
	Channel *channel = out_fixture_channel(fixture, "#x");
	User *ann = out_fixture_user(fixture, "ann", LABELS | CAP_ECHO_MESSAGE);
	User *bob = out_fixture_user(fixture, "bob", LABELS);
	Event event;

	out_fixture_join(channel, ann, 0);
	out_fixture_join(channel, bob, 0);
	event = message(ann, channel, NULL);
	publish_labeled(fixture, &event, "one");
	assert_sent(fixture, ann, "@label=one :ann!~u@host PRIVMSG #x :hi\r\n");
	assert_sent(fixture, bob, ":ann!~u@host PRIVMSG #x :hi\r\n");
	event = message(bob, channel, NULL);
	publish_labeled(fixture, &event, "two");
	assert_sent(fixture, bob, "@label=two :srv.test ACK\r\n");
	assert_sent(fixture, ann, ":bob!~u@host PRIVMSG #x :hi\r\n");
}

/* IRCv3 labeled-response: what is delivered to oneself never carries the label, the echo does. */
static void
test_to_oneself(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS);
	User *bob = out_fixture_user(fixture, "bob", LABELS | CAP_ECHO_MESSAGE);
	Event event = message(ann, NULL, ann);

	publish_labeled(fixture, &event, "me");
	assert_sent(fixture, ann, ":ann!~u@host PRIVMSG ann :hi\r\n@label=me :srv.test ACK\r\n");
	event = message(bob, NULL, bob);
	publish_labeled(fixture, &event, "me");
	assert_sent(fixture, bob,
	    ":bob!~u@host PRIVMSG bob :hi\r\n@label=me :bob!~u@host PRIVMSG bob :hi\r\n");
}

static void
test_close(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	const Delivery *deliveries;
	g_autofree char *line = NULL;
	size_t count;

	out_close_session(&fixture->out, ann->sessions, CLOSE_QUIT, "Quit: bye");
	out_close_session(&fixture->out, ann->sessions, CLOSE_KILLED, "again");
	g_assert_cmpuint(ann->sessions->stage, ==, SESSION_CLOSING);
	deliveries = outbox_take(&fixture->out.outbox, 0, &count);
	g_assert_cmpuint(count, ==, 1);
	g_assert_cmpuint(deliveries[0].kind, ==, DELIVERY_CLOSE);
	g_assert_cmpuint(deliveries[0].value, ==, CLOSE_QUIT);
	line = g_strndup(deliveries[0].line->data, deliveries[0].line->length);
	g_assert_cmpstr(line, ==, "ERROR :Closing link: (192.0.2.1) [Quit: bye]\r\n");
	line_unref(deliveries[0].line);
}

/* Whatever the reason is, the ERROR is one line of at most 512 bytes and valid UTF-8. */
static void
test_close_long(OutFixture *fixture, gconstpointer data)
{
	for (unsigned lead = 0; lead < 3; lead++) {
		g_autofree char *nick = g_strdup_printf("n%u", lead);
		User *user = out_fixture_user(fixture, nick, 0);
		g_autoptr(GString) text = g_string_new(NULL);
		const Delivery *deliveries;
		size_t count;

		g_string_append_len(text, "xyz", (gssize)lead);
		while (text->len < 1000)
			g_string_append(text, "\xe2\x82\xac");
		out_close_session(&fixture->out, user->sessions, CLOSE_KILLED, text->str);
		deliveries = outbox_take(&fixture->out.outbox, 0, &count);
		g_assert_cmpuint(count, ==, 1);
		g_assert_cmpuint(deliveries[0].line->length, <=, 512);
		g_assert_cmpuint(deliveries[0].line->length, >, 400);
		g_assert_true(g_utf8_validate(
		    deliveries[0].line->data, (gssize)deliveries[0].line->length, NULL));
		line_unref(deliveries[0].line);
	}
}

static void
count_event(void *data, const Event *event)
{
	unsigned *seen = data;

	seen[event->kind]++;
}

static void
test_bus_hears_all(OutFixture *fixture, gconstpointer data)
{
	unsigned seen[EVENTS] = {0};
	User *ann = out_fixture_user(fixture, "ann", 0);
	Event nobody = out_fixture_event(EVENT_CONNECTED, ann);
	Event spoken = message(ann, NULL, ann);

	bus_subscribe(fixture->out.bus, count_event, seen);
	out_publish(&fixture->out, fixture->community, &nobody, NULL);
	g_assert_cmpuint(out_fixture_drop(fixture), ==, 0);
	out_publish(&fixture->out, fixture->community, &spoken, NULL);
	g_assert_cmpuint(out_fixture_drop(fixture), ==, 1);
	g_assert_cmpuint(seen[EVENT_CONNECTED], ==, 1);
	g_assert_cmpuint(seen[EVENT_MESSAGE], ==, 1);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(OutFixture *, gconstpointer);
	} tests[] = {
	    {"/out/lines-are-shared", test_lines_are_shared},
	    {"/out/own-copy", test_own_copy},
	    {"/out/to-oneself", test_to_oneself},
	    {"/out/close", test_close},
	    {"/out/close-long", test_close_long},
	    {"/out/bus-hears-all", test_bus_hears_all},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, OutFixture, NULL, out_fixture_set_up, tests[i].run,
		    out_fixture_tear_down);
	return g_test_run();
}
