/* SPDX-License-Identifier: MIT */
/* Peers that go while they are not read from, and peers that end and still listen. */
#include "net/conn.h"

#include "loop_fixture.h"
#include "memory_transport.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CREDIT 3u

/* A client that sent more lines than it has credit for, and its connection. */
static int
crowd(LoopFixture *fixture, const Clock *clock, const char *more)
{
	IoProfile profile = fixture_profile;
	g_autoptr(GString) sent = g_string_new(NULL);
	int client;

	profile.credit = CREDIT;
	profile.recvq_max = 10;
	fixture_init(fixture, &profile, clock, false);
	client = fixture_connect(fixture_listen(fixture, NULL));
	for (unsigned i = 0; i < 100; i++)
		g_string_append_printf(sent, "line %u\n", i);
	g_string_append(sent, more);
	g_assert_cmpint(send(client, sent->str, sent->len, 0), ==, (gssize)sent->len);
	FIXTURE_UNTIL(
	    fixture, fixture_count(fixture) == 1 && fixture_n_lines(fixture, 0) == CREDIT);
	fixture_turns(fixture, 3);
	return client;
}

static void
reset(int descriptor)
{
	struct linger at_once = {1, 0};

	g_assert_cmpint(
	    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), ==, 0);
	close(descriptor);
}

/* Processor time of this thread over turns that would wait, were they not woken. */
static double
turns_while_idle(LoopFixture *fixture, unsigned *ret_turns)
{
	gint64 end = g_get_monotonic_time() + G_USEC_PER_SEC / 5;
	struct timespec before, after;
	unsigned turns = 0;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
	while (g_get_monotonic_time() < end) {
		struct timeval wait = {0, 20000};

		event_base_loopexit(fixture->base, &wait);
		fixture_wait(fixture);
		turns++;
	}
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
	*ret_turns = turns;
	return (double)(after.tv_sec - before.tv_sec) +
	       (double)(after.tv_nsec - before.tv_nsec) / 1e9;
}

static void
test_reset_while_unread(void)
{
	LoopFixture fixture;
	int client = crowd(&fixture, NULL, "");

	reset(client);
	FIXTURE_UNTIL(&fixture, fixture_is_closed(&fixture, 0));
	g_assert_cmpint(fixture_conn(&fixture, 0)->reason, ==, CLOSE_RESET);
	g_assert_cmpuint(fixture_n_lines(&fixture, 0), ==, CREDIT);
	fixture_clear(&fixture);
}

static void
test_end_while_unread(void)
{
	LoopFixture fixture;
	Clock clock = clock_frozen(CLOCK_SECOND);
	unsigned turns;
	int client = crowd(&fixture, &clock, "");

	close(client);
	g_assert_cmpfloat(turns_while_idle(&fixture, &turns), <, 0.1);
	g_assert_cmpuint(turns, <, 40);
	g_assert_false(fixture_is_closed(&fixture, 0));
	clock_advance(&fixture.clock, IO_LINGER);
	fixture_turns(&fixture, 3);
	g_assert_true(fixture_is_closed(&fixture, 0));
	g_assert_cmpint(fixture_conn(&fixture, 0)->reason, ==, CLOSE_PEER);
	fixture_clear(&fixture);
}

/* One that is there and is not read from costs nothing either, and is read again with credit. */
static void
test_present_while_unread(void)
{
	LoopFixture fixture;
	unsigned turns;
	int client = crowd(&fixture, NULL, "");

	g_assert_cmpfloat(turns_while_idle(&fixture, &turns), <, 0.1);
	g_assert_cmpuint(turns, <, 40);
	g_assert_false(fixture_is_closed(&fixture, 0));
	fixture_deliver(&fixture, 0, DELIVERY_CREDIT, 1000, NULL);
	FIXTURE_UNTIL(&fixture, fixture_n_lines(&fixture, 0) == 100);
	close(client);
	FIXTURE_UNTIL(&fixture, fixture_is_closed(&fixture, 0));
	fixture_clear(&fixture);
}

/* Room for output is still noticed while nobody reads. */
static void
test_output_while_unread(void)
{
	LoopFixture fixture;
	g_autofree char *text = g_strnfill(100000, 'x');
	g_autoptr(GString) got = g_string_new(NULL);
	int client = crowd(&fixture, NULL, "");

	fixture_deliver(&fixture, 0, DELIVERY_LIMITS, 100 << 20, NULL);
	for (unsigned i = 0; i < 200; i++)
		fixture_send(&fixture, 0, text);
	fixture_turns(&fixture, 400);
	FIXTURE_UNTIL(&fixture, ({
		g_assert_true(fixture_receive(client, got));
		got->len == 200 * 100000;
	}));
	close(client);
	fixture_clear(&fixture);
}

/* Half closed: everything is reported, then the end; what is said after that arrives. */
static void
half_close(bool fails)
{
	LoopFixture fixture;
	Clock clock = clock_frozen(CLOCK_SECOND);
	g_autoptr(GString) got = g_string_new(NULL);
	unsigned turns;
	int client = crowd(&fixture, &clock, "last\n");

	fixture.answers_late = true;
	shutdown(client, SHUT_WR);
	fixture_deliver(&fixture, 0, DELIVERY_CREDIT, 1000, NULL);
	FIXTURE_UNTIL(&fixture, fixture_has_ended(&fixture, 0));
	g_assert_cmpuint(fixture_n_lines(&fixture, 0), ==, 101);
	g_assert_cmpfloat(turns_while_idle(&fixture, &turns), <, 0.1);
	g_assert_cmpuint(turns, <, 40);
	g_assert_false(fixture_is_closed(&fixture, 0));
	if (fails) {
		reset(client);
		FIXTURE_UNTIL(&fixture, fixture_is_closed(&fixture, 0));
	} else {
		fixture_deliver(&fixture, 0, DELIVERY_LIMITS, 1000, NULL);
		fixture_deliver(&fixture, 0, DELIVERY_CREDIT, 1000, NULL);
		fixture_send(&fixture, 0, "answer\n");
		fixture_deliver(&fixture, 0, DELIVERY_CLOSE, CLOSE_PEER, "bye\n");
		FIXTURE_UNTIL(&fixture, !fixture_receive(client, got));
		g_assert_cmpstr(got->str, ==, "answer\nbye\n");
		g_assert_true(fixture_is_closed(&fixture, 0));
		close(client);
	}
	g_assert_cmpint(fixture_conn(&fixture, 0)->reason, ==, CLOSE_PEER);
	fixture_clear(&fixture);
}

static void
test_half_close(void)
{
	half_close(false);
}

static void
test_half_close_then_reset(void)
{
	half_close(true);
}

/* Nobody closes: the linger does, limits and all. */
static void
test_half_close_is_bounded(void)
{
	LoopFixture fixture;
	Clock clock = clock_frozen(CLOCK_SECOND);
	MemoryPeer *peer = memory_peer_new(NULL);
	ConnInfo info = {.address = "192.0.2.1"};

	fixture_init(&fixture, &fixture_profile, &clock, false);
	fixture.answers_late = true;
	io_loop_adopt(fixture.loop, memory_peer_transport(peer), NULL, &info, 0);
	memory_peer_send_text(peer, "PING\n");
	memory_peer_close(peer);
	FIXTURE_UNTIL(&fixture, fixture_count(&fixture) == 1 && fixture_has_ended(&fixture, 0));
	g_assert_cmpuint(fixture_n_lines(&fixture, 0), ==, 1);
	fixture_deliver(&fixture, 0, DELIVERY_LIMITS, 1000, NULL);
	clock_advance(&fixture.clock, IO_LINGER - 1);
	fixture_turns(&fixture, 3);
	g_assert_false(fixture_is_closed(&fixture, 0));
	clock_advance(&fixture.clock, 1);
	fixture_turns(&fixture, 3);
	g_assert_true(fixture_is_closed(&fixture, 0));
	g_assert_true(memory_peer_is_closed(peer));
	fixture_clear(&fixture);
	memory_peer_free(peer);
}

/* An end in the middle of a gentle close does not take what is queued. */
static void
test_end_while_closing(void)
{
	LoopFixture fixture;
	g_autofree char *text = g_strnfill(100000, 'x');
	g_autoptr(GString) got = g_string_new(NULL);
	int client;

	fixture_init(&fixture, &fixture_profile, NULL, false);
	client = fixture_connect(fixture_listen(&fixture, NULL));
	FIXTURE_UNTIL(&fixture, fixture_count(&fixture) == 1);
	fixture_deliver(&fixture, 0, DELIVERY_LIMITS, 100 << 20, NULL);
	for (unsigned i = 0; i < 100; i++)
		fixture_send(&fixture, 0, text);
	fixture_deliver(&fixture, 0, DELIVERY_CLOSE, CLOSE_QUIT, "bye\n");
	fixture_turns(&fixture, 3);
	shutdown(client, SHUT_WR);
	FIXTURE_UNTIL(&fixture, !fixture_receive(client, got));
	g_assert_cmpuint(got->len, ==, 100 * 100000 + 4);
	close(client);
	FIXTURE_UNTIL(&fixture, fixture_is_closed(&fixture, 0));
	g_assert_cmpint(fixture_conn(&fixture, 0)->reason, ==, CLOSE_QUIT);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/conn-leave/reset-while-unread", test_reset_while_unread);
	g_test_add_func("/conn-leave/end-while-unread", test_end_while_unread);
	g_test_add_func("/conn-leave/present-while-unread", test_present_while_unread);
	g_test_add_func("/conn-leave/output-while-unread", test_output_while_unread);
	g_test_add_func("/conn-leave/half-close", test_half_close);
	g_test_add_func("/conn-leave/half-close-then-reset", test_half_close_then_reset);
	g_test_add_func("/conn-leave/half-close-is-bounded", test_half_close_is_bounded);
	g_test_add_func("/conn-leave/end-while-closing", test_end_while_closing);
	return g_test_run();
}
