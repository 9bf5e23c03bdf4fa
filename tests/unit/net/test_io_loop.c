/* SPDX-License-Identifier: MIT */
#include "net/io_loop.h"

#include "loop_fixture.h"
#include "memory_transport.h"
#include "net/listen_socket.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A loop on a thread of its own, sockets, echo, and the end of it all. */
static void
test_threaded(void)
{
	LoopFixture fixture;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) got = g_string_new(NULL);
	int client;

	fixture_init(&fixture, &fixture_profile, NULL, true);
	fixture.echo = true;
	g_assert_true(io_loop_start(fixture.loop, &error));
	client = fixture_connect(fixture_listen(&fixture, NULL));
	for (int i = 0; i < 100; i++)
		g_assert_cmpint(send(client, "line\r\n", 6, 0), ==, 6);
	FIXTURE_UNTIL(&fixture, fixture_receive(client, got) && got->len == 500);
	fixture_deliver(&fixture, 0, DELIVERY_CLOSE, CLOSE_SHUTDOWN, "ERROR :bye\n");
	io_loop_stop(fixture.loop); /* what was posted before is still carried out */
	g_assert_true(fixture_is_closed(&fixture, 0));
	g_assert_cmpint(fixture_conn(&fixture, 0)->reason, ==, CLOSE_SHUTDOWN);
	FIXTURE_UNTIL(&fixture, ({
		fixture_receive(client, got);
		g_str_has_suffix(got->str, "ERROR :bye\n");
	}));
	g_assert_cmpuint(io_stats_get(&io_loop_stats(fixture.loop)->lines_in), ==, 100);
	g_assert_cmpuint(io_stats_get(&io_loop_stats(fixture.loop)->lines_out), ==, 101);
	g_assert_cmpuint(io_stats_get(&io_loop_stats(fixture.loop)->accepted), ==, 1);
	g_assert_cmpuint(io_stats_get(&io_loop_stats(fixture.loop)->closed[CLOSE_SHUTDOWN]), ==, 1);
	close(client);
	fixture_clear(&fixture);
}

/* A memory peer talks to a loop on another thread. */
static void
test_threaded_memory(void)
{
	LoopFixture fixture;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(MemoryPeer) peer = memory_peer_new(NULL);
	ConnInfo info = {0};

	fixture_init(&fixture, &fixture_profile, NULL, true);
	fixture.echo = true;
	g_assert_true(io_loop_start(fixture.loop, &error));
	io_loop_adopt(fixture.loop, memory_peer_transport(peer), NULL, &info, 0);
	for (int i = 0; i < 1000; i++)
		memory_peer_send_text(peer, "hello\n");
	FIXTURE_UNTIL(&fixture, ({
		GString *part = memory_peer_receive(peer);

		g_string_append(got, part->str);
		g_string_free(part, TRUE);
		got->len == 6000;
	}));
	memory_peer_close(peer);
	FIXTURE_UNTIL(&fixture, fixture_is_closed(&fixture, 0));
	fixture_clear(&fixture);
}

#define SPREAD_LOOPS 2u
#define SPREAD_CLIENTS 8u

/* One loop listens, several get the connections in turn. */
static void
test_spread(void)
{
	LoopFixture fixtures[SPREAD_LOOPS];
	IoLoop *loops[SPREAD_LOOPS];
	IoListen listen = {.id = 1, .loops = loops, .n_loops = SPREAD_LOOPS};
	int clients[SPREAD_CLIENTS];
	uint16_t port;

	for (unsigned i = 0; i < SPREAD_LOOPS; i++) {
		fixture_init(&fixtures[i], &fixture_profile, NULL, true);
		fixtures[i].echo = true;
		loops[i] = fixtures[i].loop;
	}
	listen.descriptor = listen_socket_tcp("127.0.0.1", 0, false, 16, NULL);
	port = listen_socket_port(listen.descriptor);
	io_loop_listen(loops[0], &listen);
	for (unsigned i = 0; i < SPREAD_LOOPS; i++)
		g_assert_true(io_loop_start(loops[i], NULL));
	for (unsigned i = 0; i < SPREAD_CLIENTS; i++) {
		g_autoptr(GString) got = g_string_new(NULL);

		clients[i] = fixture_connect(port);
		g_assert_cmpint(send(clients[i], "hi\n", 3, 0), ==, 3);
		FIXTURE_UNTIL(&fixtures[0], fixture_receive(clients[i], got) && got->len == 3);
	}
	for (unsigned i = 0; i < SPREAD_LOOPS; i++)
		g_assert_cmpuint(fixture_count(&fixtures[i]), ==, SPREAD_CLIENTS / SPREAD_LOOPS);
	for (unsigned i = 0; i < SPREAD_CLIENTS; i++)
		close(clients[i]);
	/* Nobody hands to a loop that is gone: the one that listens ends first. */
	for (unsigned i = 0; i < SPREAD_LOOPS; i++)
		fixture_clear(&fixtures[i]);
}

/* Lines of one turn leave in one write. */
static void
test_one_write_per_turn(void)
{
	LoopFixture fixture;
	g_autoptr(GString) sent = g_string_new(NULL);
	g_autoptr(GString) got = g_string_new(NULL);
	const IoStats *stats;
	int client;

	fixture_init(&fixture, &fixture_profile, NULL, false);
	fixture.echo = true;
	stats = io_loop_stats(fixture.loop);
	client = fixture_connect(fixture_listen(&fixture, NULL));
	for (int i = 0; i < 60; i++)
		g_string_append_printf(sent, "%d\n", i);
	g_assert_cmpint(send(client, sent->str, sent->len, 0), ==, (gssize)sent->len);
	FIXTURE_UNTIL(&fixture, fixture_receive(client, got) && got->len == sent->len);
	g_assert_cmpstr(got->str, ==, sent->str);
	g_assert_cmpuint(io_stats_get(&stats->writes), ==, 1);
	g_assert_cmpuint(io_stats_get(&stats->lines_out), ==, 60);
	close(client);
	fixture_clear(&fixture);
}

/* A peer that stops reading is closed when its queue is full; the loop waits in between, and a peer
 * that reads on again gets everything. */
static void
test_slow_reader(void)
{
	LoopFixture fixture;
	g_autofree char *text = g_strnfill(10000, 'x');
	g_autoptr(GString) got = g_string_new(NULL);
	unsigned sent = 0;
	int slow;

	fixture_init(&fixture, &fixture_profile, NULL, false);
	slow = fixture_connect(fixture_listen(&fixture, NULL));
	FIXTURE_UNTIL(&fixture, fixture_count(&fixture) == 1);
	fixture_deliver(&fixture, 0, DELIVERY_LIMITS, 100 << 20, NULL);
	for (; sent < 1000; sent++) {
		fixture_send(&fixture, 0, text);
		fixture_turn(&fixture);
	}
	FIXTURE_UNTIL(&fixture, ({
		g_assert_true(fixture_receive(slow, got));
		got->len == (gsize)sent * 10000;
	}));
	fixture_deliver(&fixture, 0, DELIVERY_LIMITS, 100000, NULL);
	FIXTURE_UNTIL(&fixture, ({
		fixture_send(&fixture, 0, text);
		fixture_is_closed(&fixture, 0);
	}));
	g_assert_cmpint(fixture_conn(&fixture, 0)->reason, ==, CLOSE_SENDQ);
	close(slow);
	fixture_clear(&fixture);
}

/* A reset by the peer is told from an end. */
static void
test_reset_by_peer(void)
{
	LoopFixture fixture;
	struct linger at_once = {1, 0};
	int client;

	fixture_init(&fixture, &fixture_profile, NULL, false);
	client = fixture_connect(fixture_listen(&fixture, NULL));
	FIXTURE_UNTIL(&fixture, fixture_count(&fixture) == 1);
	setsockopt(client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(client);
	FIXTURE_UNTIL(&fixture, fixture_is_closed(&fixture, 0));
	g_assert_cmpint(fixture_conn(&fixture, 0)->reason, ==, CLOSE_RESET);
	fixture_clear(&fixture);
}

/* Who is open is counted, in pieces, with what waits for him. */
static void
test_count(void)
{
	static const char text[] = "one line\r\nand another\r\n";
	LoopFixture fixture;
	int clients[3];
	uint16_t port;

	fixture_init(&fixture, &fixture_profile, NULL, false);
	fixture.echo = true;
	port = fixture_listen(&fixture, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(clients); i++) {
		clients[i] = fixture_connect(port);
		FIXTURE_UNTIL(&fixture, fixture_count(&fixture) == i + 1);
	}
	g_assert_cmpint(send(clients[0], text, sizeof text - 1, 0), ==, sizeof text - 1);
	FIXTURE_UNTIL(&fixture, fixture_n_lines(&fixture, 0) == 2);
	fixture_turn(&fixture);
	fixture_turn(&fixture);
	io_loop_count(fixture.loop, &(TrafficQuestion){.id = 5, .from = 0, .most = 2});
	FIXTURE_UNTIL(&fixture, fixture.counted.id == 5);
	g_assert_cmpuint(fixture.counted.count, ==, 2);
	g_assert_cmpuint(fixture.counted.next, >, 0);
	g_assert_true(
	    handle_equal(fixture.counted_rows[0].conn, fixture_conn(&fixture, 0)->handle));
	g_assert_cmpuint(fixture.counted_rows[0].lines_in, ==, 2);
	g_assert_cmpuint(fixture.counted_rows[0].bytes_in, ==, sizeof text - 1);
	g_assert_cmpuint(fixture.counted_rows[0].lines_out, ==, 2);
	g_assert_cmpuint(fixture.counted_rows[0].bytes_out, ==, sizeof text - 3);
	g_assert_cmpuint(fixture.counted_rows[1].lines_in, ==, 0);
	fixture_deliver(&fixture, 2, DELIVERY_SEND, 0, "waiting\r\n");
	io_loop_count(fixture.loop,
	    &(TrafficQuestion){.id = 6, .from = fixture.counted.next, .most = TRAFFIC_MAX});
	FIXTURE_UNTIL(&fixture, fixture.counted.id == 6);
	g_assert_cmpuint(fixture.counted.count, ==, 1);
	g_assert_cmpuint(fixture.counted.next, ==, 0);
	g_assert_cmpuint(fixture.counted_rows[0].unsent, ==, strlen("waiting\r\n"));
	io_loop_count(fixture.loop, &(TrafficQuestion){.id = 7, .from = 1000, .most = 1});
	FIXTURE_UNTIL(&fixture, fixture.counted.id == 7);
	g_assert_cmpuint(fixture.counted.count, ==, 0);
	for (unsigned i = 0; i < G_N_ELEMENTS(clients); i++)
		close(clients[i]);
	/* One that is never answered. */
	io_loop_count(fixture.loop, &(TrafficQuestion){.id = 8, .from = 0, .most = 1});
	fixture_clear(&fixture);
}

/* What was posted and never dealt with is freed with the loop: the sanitizer counts. */
static void
test_free_with_mail(void)
{
	LoopFixture fixture;
	g_autoptr(MemoryPeer) peer = memory_peer_new(NULL);
	ConnInfo info = {0};
	Delivery delivery = {{1, 1}, NULL, 0, DELIVERY_SEND};
	int pair[2];

	fixture_init(&fixture, &fixture_profile, NULL, false);
	delivery.line = line_new("x\n", 2);
	io_loop_deliver(fixture.loop, &delivery, 1);
	io_loop_adopt(fixture.loop, memory_peer_transport(peer), NULL, &info, 0);
	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	io_loop_adopt_socket(fixture.loop, pair[0], NULL, NULL, &info, 0);
	fixture_listen(&fixture, NULL);
	fixture_clear(&fixture);
	g_assert_true(memory_peer_is_closed(peer));
	close(pair[1]);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/io-loop/threaded", test_threaded);
	g_test_add_func("/io-loop/threaded-memory", test_threaded_memory);
	g_test_add_func("/io-loop/spread", test_spread);
	g_test_add_func("/io-loop/one-write-per-turn", test_one_write_per_turn);
	g_test_add_func("/io-loop/slow-reader", test_slow_reader);
	g_test_add_func("/io-loop/reset-by-peer", test_reset_by_peer);
	g_test_add_func("/io-loop/count", test_count);
	g_test_add_func("/io-loop/free-with-mail", test_free_with_mail);
	return g_test_run();
}
