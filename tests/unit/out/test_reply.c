/* SPDX-License-Identifier: MIT */
/* Replies: numerics, labels (none, one, several), chunks, standard replies, the cut. */
#include "out/reply.h"

#include "out_fixture.h"
#include "proto/caps.h"
#include "proto/message.h"

#include <string.h>

#define LABELS (CAP_LABELED_RESPONSE | CAP_BATCH)

static void
begin(OutFixture *fixture, Reply *reply, const User *user, const char *label)
{
	reply_begin(reply, fixture->community, &fixture->out.outbox, &fixture->random,
	    user->sessions, FIXTURE_TIME, label);
}

static void
assert_sent(OutFixture *fixture, const User *user, const char *expected)
{
	g_autofree char *sent = out_fixture_sent(fixture, user);

	g_assert_cmpstr(sent, ==, expected);
}

static void
test_numerics(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	Reply reply;

	begin(fixture, &reply, ann, NULL);
	reply_with(&reply, ERR_NOSUCHNICK, "bob");
	reply_line(&reply, "PONG %s :%s", "srv.test", "token");
	assert_sent(fixture, ann, ""); /* nothing before its end */
	reply_end(&reply);
	assert_sent(fixture, ann,
	    ":srv.test 401 ann bob :No such nick/channel\r\n:srv.test PONG srv.test :token\r\n");
	/* One write for all of it. */
	begin(fixture, &reply, ann, NULL);
	for (unsigned i = 0; i < 10; i++)
		reply_with(&reply, RPL_ENDOFWHO, "x");
	reply_end(&reply);
	g_assert_cmpuint(out_fixture_drop(fixture), ==, 1);
	begin(fixture, &reply, ann, NULL);
	reply_end(&reply);
	g_assert_cmpuint(out_fixture_drop(fixture), ==, 0);
}

static void
test_unregistered(OutFixture *fixture, gconstpointer data)
{
	SessionPeer peer = {.address = (char *)"192.0.2.1"};
	Session *session = session_new((Handle){9, 1}, &peer, FIXTURE_TIME, 0);
	User fake = {.sessions = session};
	Reply reply;

	begin(fixture, &reply, &fake, NULL);
	reply_with(&reply, ERR_NOTREGISTERED);
	session->registration->nick = g_strdup("early");
	reply_with(&reply, ERR_NOTREGISTERED);
	reply_end(&reply);
	assert_sent(fixture, &fake,
	    ":srv.test 451 * :You have not registered\r\n"
	    ":srv.test 451 early :You have not registered\r\n");
	session_free(session);
}

static void
test_time_tag(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", CAP_SERVER_TIME | LABELS);
	Reply reply;

	begin(fixture, &reply, ann, NULL);
	reply_line(&reply, "PONG");
	reply_end(&reply);
	assert_sent(fixture, ann, "@time=2017-07-14T02:40:00.000Z :srv.test PONG\r\n");
	begin(fixture, &reply, ann, "l");
	reply_line(&reply, "PONG");
	reply_end(&reply);
	assert_sent(fixture, ann, "@label=l;time=2017-07-14T02:40:00.000Z :srv.test PONG\r\n");
	begin(fixture, &reply, ann, "l");
	reply_end(&reply);
	assert_sent(fixture, ann, "@label=l;time=2017-07-14T02:40:00.000Z :srv.test ACK\r\n");
}

static void
test_label_none_and_one(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS);
	User *bob = out_fixture_user(fixture, "bob", 0);
	Reply reply;

	begin(fixture, &reply, ann, "a1");
	reply_end(&reply);
	assert_sent(fixture, ann, "@label=a1 :srv.test ACK\r\n");
	begin(fixture, &reply, ann, "a2");
	reply_line(&reply, "PONG srv.test :x");
	reply_end(&reply);
	assert_sent(fixture, ann, "@label=a2 :srv.test PONG srv.test :x\r\n");
	/* Without the capability, without a label, with an empty one: as if there were none. */
	begin(fixture, &reply, bob, "b1");
	reply_line(&reply, "PONG");
	reply_end(&reply);
	begin(fixture, &reply, bob, "b2");
	reply_end(&reply);
	assert_sent(fixture, bob, ":srv.test PONG\r\n");
	begin(fixture, &reply, ann, "");
	reply_end(&reply);
	assert_sent(fixture, ann, "");
}

/* The batch's reference is whatever random gave; the lines must agree on it. */
static void
test_label_batch(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS);
	g_autofree char *sent = NULL;
	g_autofree char *expected = NULL;
	g_autofree char *reference = NULL;
	const char *plus;
	Reply reply;

	begin(fixture, &reply, ann, "many");
	reply_line(&reply, "ONE");
	reply_line(&reply, "TWO");
	reply_end(&reply);
	sent = out_fixture_sent(fixture, ann);
	plus = strchr(sent, '+');
	g_assert_nonnull(plus);
	reference = g_strndup(plus + 1, strcspn(plus + 1, " "));
	g_assert_cmpuint(strlen(reference), ==, 8);
	expected = g_strdup_printf("@label=many :srv.test BATCH +%s labeled-response\r\n"
				   "@batch=%s :srv.test ONE\r\n"
				   "@batch=%s :srv.test TWO\r\n"
				   ":srv.test BATCH -%s\r\n",
	    reference, reference, reference, reference);
	g_assert_cmpstr(sent, ==, expected);
}

/* A reference as random gives it is as long as this; expectations are written with it. */
#define ANY "12345678"

/* Replaces the references of batches, in the order they appear, by ANY and by 87654321. */
static char *
with_fixed_references(const char *sent)
{
	static const char *const fixed[] = {ANY, "87654321"};
	GString *text = g_string_new(sent);
	const char *at = text->str;

	for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++) {
		const char *plus = strstr(at, "BATCH +");
		g_autofree char *reference = NULL;

		if (!plus)
			break;
		at = plus + strlen("BATCH +");
		reference = g_strndup(at, strcspn(at, " "));
		g_assert_cmpuint(strlen(reference), ==, strlen(ANY));
		g_string_replace(text, reference, fixed[i], 0);
	}
	return g_string_free(text, FALSE);
}

static void
assert_batches(OutFixture *fixture, const User *user, const char *expected)
{
	g_autofree char *sent = out_fixture_sent(fixture, user);
	g_autofree char *text = with_fixed_references(sent);

	g_assert_cmpstr(text, ==, expected);
}

/* An answer's own batch: alone it takes the label, with other lines it is nested, without the
 * capability it is not there. */
static void
test_own_batch(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS);
	User *bob = out_fixture_user(fixture, "bob", 0);
	Reply reply;

	begin(fixture, &reply, ann, "l");
	reply_batch_begin(&reply, "some/type", "#x");
	reply_line(&reply, "ONE");
	reply_line(&reply, "TWO");
	reply_batch_end(&reply);
	reply_end(&reply);
	assert_batches(fixture, ann,
	    "@label=l :srv.test BATCH +" ANY " some/type #x\r\n"
	    "@batch=" ANY " :srv.test ONE\r\n"
	    "@batch=" ANY " :srv.test TWO\r\n"
	    ":srv.test BATCH -" ANY "\r\n");
	begin(fixture, &reply, ann, "m");
	reply_batch_begin(&reply, "some/type", NULL);
	reply_batch_end(&reply);
	reply_line(&reply, "AFTER");
	reply_end(&reply);
	assert_batches(fixture, ann,
	    "@label=m :srv.test BATCH +" ANY " labeled-response\r\n"
	    "@batch=" ANY " :srv.test BATCH +87654321 some/type\r\n"
	    "@batch=" ANY " :srv.test BATCH -87654321\r\n"
	    "@batch=" ANY " :srv.test AFTER\r\n"
	    ":srv.test BATCH -" ANY "\r\n");
	begin(fixture, &reply, bob, NULL);
	reply_batch_begin(&reply, "some/type", NULL);
	reply_line(&reply, "PLAIN");
	reply_batch_end(&reply);
	reply_end(&reply);
	assert_sent(fixture, bob, ":srv.test PLAIN\r\n");
}

/* Lines of a nested batch are in that one only. */
static void
test_nested_batch(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS);
	Event event = out_fixture_event(EVENT_JOIN, ann);
	Reply reply;

	event.channel = out_fixture_channel(fixture, "#x");
	begin(fixture, &reply, ann, "l");
	reply_line(&reply, "BEFORE");
	reply_batch_begin(&reply, "t", NULL);
	reply_event(&reply, &event);
	reply_batch_end(&reply);
	reply_end(&reply);
	assert_batches(fixture, ann,
	    "@label=l :srv.test BATCH +" ANY " labeled-response\r\n"
	    "@batch=" ANY " :srv.test BEFORE\r\n"
	    "@batch=" ANY " :srv.test BATCH +87654321 t\r\n"
	    "@batch=87654321 :ann!~u@host JOIN #x\r\n"
	    "@batch=" ANY " :srv.test BATCH -87654321\r\n"
	    ":srv.test BATCH -" ANY "\r\n");
}

/* 64 bytes are a label, 65 are none (IRCv3 labeled-response). */
static void
test_label_length(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS);
	g_autofree char *longest = g_strnfill(REPLY_LABEL_MAX, 'l');
	g_autofree char *longer = g_strnfill(REPLY_LABEL_MAX + 1, 'l');
	g_autofree char *expected = g_strdup_printf("@label=%s :srv.test ACK\r\n", longest);
	Reply reply;

	begin(fixture, &reply, ann, longest);
	reply_end(&reply);
	assert_sent(fixture, ann, expected);
	begin(fixture, &reply, ann, longer);
	reply_end(&reply);
	assert_sent(fixture, ann, "");
}

/* How many lines of what was sent hold that text. */
static unsigned
count_lines(const char *sent, const char *text)
{
	unsigned count = 0;

	for (; (sent = strstr(sent, text)); sent++)
		count++;
	return count;
}

/* A long answer leaves in pieces, under a label too: one batch that stays open until its end. */
static void
test_chunks(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS);
	g_autofree char *text = g_strnfill(400, 't');
	g_autofree char *sent = NULL;
	g_autofree char *fixed = NULL;
	size_t deliveries;
	Reply reply;

	begin(fixture, &reply, ann, NULL);
	for (unsigned i = 0; i < 1000; i++)
		reply_line(&reply, "NOTICE x :%s", text);
	g_assert_cmpuint(reply.bytes.length, <, REPLY_CHUNK);
	reply_end(&reply);
	deliveries = out_fixture_drop(fixture);
	g_assert_cmpuint(deliveries, >, 10);
	g_assert_cmpuint(deliveries, <, 20);
	begin(fixture, &reply, ann, "x");
	for (unsigned i = 0; i < 1000; i++)
		reply_line(&reply, "NOTICE x :%s", text);
	g_assert_cmpuint(reply.bytes.length, <, REPLY_CHUNK);
	reply_batch_begin(&reply, "inner", NULL);
	reply_line(&reply, "INSIDE");
	reply_batch_end(&reply);
	g_assert_cmpuint(ann->sessions->reading.unread, >, 2 * 400 * 1000 - REPLY_CHUNK);
	reply_end(&reply);
	sent = out_fixture_sent(fixture, ann);
	fixed = with_fixed_references(sent);
	g_assert_true(g_str_has_prefix(fixed,
	    "@label=x :srv.test BATCH +" ANY " labeled-response\r\n@batch=" ANY " :srv.test"));
	g_assert_cmpuint(count_lines(fixed, "@batch=" ANY " :srv.test NOTICE x :"), ==, 1000);
	g_assert_true(g_str_has_suffix(fixed, "@batch=" ANY " :srv.test BATCH +87654321 inner\r\n"
					      "@batch=87654321 :srv.test INSIDE\r\n"
					      "@batch=" ANY " :srv.test BATCH -87654321\r\n"
					      ":srv.test BATCH -" ANY "\r\n"));
	g_assert_cmpuint(count_lines(fixed, "\r\n"), ==, 1005);
}

/* Without the capability the first line has the label, and the rest follows. */
static void
test_chunks_without_batch(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", CAP_LABELED_RESPONSE);
	g_autofree char *text = g_strnfill(400, 't');
	g_autofree char *sent = NULL;
	Reply reply;

	begin(fixture, &reply, ann, "x");
	for (unsigned i = 0; i < 200; i++)
		reply_line(&reply, "NOTICE x :%s", text);
	reply_end(&reply);
	sent = out_fixture_sent(fixture, ann);
	g_assert_true(g_str_has_prefix(sent, "@label=x :srv.test NOTICE x :"));
	g_assert_cmpuint(count_lines(sent, "label="), ==, 1);
	g_assert_cmpuint(count_lines(sent, "\r\n"), ==, 200);
}

/* What a closing session is answered comes before its end, whatever was called first. */
static void
test_farewell(OutFixture *fixture, gconstpointer data)
{
	static const DeliveryKind order[] = {DELIVERY_SEND, DELIVERY_SEND, DELIVERY_CLOSE};
	User *ann = out_fixture_user(fixture, "ann", 0);
	Session *session = ann->sessions;
	const Delivery *deliveries;
	Reply reply, other;
	size_t count;

	begin(fixture, &reply, ann, NULL);
	reply_with(&reply, ERR_PASSWDMISMATCH);
	out_close_session(&fixture->out, session, 7, "enough");
	begin(fixture, &other, ann, NULL); /* something else is told meanwhile */
	reply_line(&other, "MEANWHILE");
	reply_end(&other);
	reply_line(&reply, "AFTER");
	g_assert_cmpuint(fixture->out.outbox.loops[0].n_deliveries, ==, 1);
	reply_end(&reply);
	deliveries = outbox_take(&fixture->out.outbox, 0, &count);
	g_assert_cmpuint(count, ==, G_N_ELEMENTS(order));
	for (size_t i = 0; i < count; i++) {
		g_assert_cmpint(deliveries[i].kind, ==, order[i]);
		line_unref(deliveries[i].line);
	}
	g_assert_cmpuint(deliveries[2].value, ==, 7);
	g_assert_null(session->answering);
	g_assert_null(session->farewell);
}

/* It is not kept waiting by an answer that nobody ends. */
static void
test_farewell_abandoned(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	Reply reply;

	begin(fixture, &reply, ann, NULL);
	out_close_session(&fixture->out, ann->sessions, 7, "enough");
	g_assert_cmpuint(out_fixture_drop(fixture), ==, 0);
	reply_abandon(&reply);
	g_assert_cmpuint(out_fixture_drop(fixture), ==, 1);
}

/* More than is held back under a label: one error that carries the label, and nothing else. */
static void
test_label_too_large(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS);
	g_autofree char *text = g_strnfill(450, 't');
	Reply reply;

	begin(fixture, &reply, ann, "big");
	reply.held = true; /* it waits for the disk */
	for (unsigned i = 0; i < REPLY_LABELED_MAX / 450; i++)
		reply_line(&reply, "NOTICE x :%s", text);
	reply_end(&reply);
	assert_sent(fixture, ann,
	    "@label=big :srv.test 400 ann * :The answer is too large for a label\r\n");
}

static void
test_standard(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", CAP_STANDARD_REPLIES);
	User *bob = out_fixture_user(fixture, "bob", 0);
	User *both[] = {ann, bob};
	Reply reply;

	for (unsigned i = 0; i < 2; i++) {
		begin(fixture, &reply, both[i], NULL);
		reply_standard(&reply, "FAIL", "SETNAME", "INVALID_REALNAME", NULL, "Too long");
		reply_standard(&reply, "WARN", "JOIN", "CODE", "#x", "Careful");
		reply_own_standard(&reply, "FAIL", "JOIN", "OURS", "No");
		reply_end(&reply);
	}
	assert_sent(fixture, ann,
	    ":srv.test FAIL SETNAME INVALID_REALNAME :Too long\r\n"
	    ":srv.test WARN JOIN CODE #x :Careful\r\n"
	    ":srv.test FAIL JOIN OURS :No\r\n");
	/* What a specification defines needs no capability. */
	assert_sent(fixture, bob,
	    ":srv.test FAIL SETNAME INVALID_REALNAME :Too long\r\n"
	    ":srv.test WARN JOIN CODE #x :Careful\r\n"
	    ":srv.test NOTICE bob :*** FAIL JOIN: No\r\n");
}

/* Lines of the service keep to 512 bytes whatever is put into them. */
static void
test_cut(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", CAP_SERVER_TIME);
	g_autoptr(GString) text = g_string_new("x");
	g_autofree char *sent = NULL;
	Reply reply;

	while (text->len < 3000)
		g_string_append(text, "\xe2\x82\xac");
	begin(fixture, &reply, ann, NULL);
	reply_with(&reply, RPL_AWAY, "bob", text->str);
	reply_line(&reply, "NOTICE ann :%s", text->str);
	reply_end(&reply);
	sent = out_fixture_sent(fixture, ann);
	g_assert_true(g_utf8_validate(sent, -1, NULL));
	for (char *line = strtok(sent, "\r\n"); line; line = strtok(NULL, "\r\n")) {
		size_t body = strlen(strchr(line, ' ') + 1);

		g_assert_cmpuint(body, <=, MESSAGE_BODY_MAX);
		g_assert_cmpuint(body, >, MESSAGE_BODY_MAX - 3);
	}
}

static void
test_event(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS | CAP_MESSAGE_TAGS);
	Event event = out_fixture_event(EVENT_JOIN, ann);
	Reply reply;

	event.channel = out_fixture_channel(fixture, "#x");
	g_strlcpy(event.msgid, "id1", sizeof event.msgid);
	begin(fixture, &reply, ann, "e");
	reply_event(&reply, &event);
	reply_end(&reply);
	assert_sent(fixture, ann, "@label=e;msgid=id1 :ann!~u@host JOIN #x\r\n");
}

static void
test_abandon(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", LABELS);
	Reply reply;

	begin(fixture, &reply, ann, "p");
	reply_line(&reply, "PONG");
	reply_abandon(&reply);
	assert_sent(fixture, ann, "");
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(OutFixture *, gconstpointer);
	} tests[] = {
	    {"/reply/numerics", test_numerics},
	    {"/reply/unregistered", test_unregistered},
	    {"/reply/time-tag", test_time_tag},
	    {"/reply/label-none-and-one", test_label_none_and_one},
	    {"/reply/label-batch", test_label_batch},
	    {"/reply/own-batch", test_own_batch},
	    {"/reply/nested-batch", test_nested_batch},
	    {"/reply/label-length", test_label_length},
	    {"/reply/chunks", test_chunks},
	    {"/reply/chunks-without-batch", test_chunks_without_batch},
	    {"/reply/farewell", test_farewell},
	    {"/reply/farewell-abandoned", test_farewell_abandoned},
	    {"/reply/label-too-large", test_label_too_large},
	    {"/reply/standard", test_standard},
	    {"/reply/cut", test_cut},
	    {"/reply/event", test_event},
	    {"/reply/abandon", test_abandon},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, OutFixture, NULL, out_fixture_set_up, tests[i].run,
		    out_fixture_tear_down);
	return g_test_run();
}
