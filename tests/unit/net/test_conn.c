/* SPDX-License-Identifier: MIT */
#include "net/io_loop.h"

#include "loop_fixture.h"
#include "memory_transport.h"

#include <string.h>

typedef struct Setup {
	LoopFixture fixture;
	MemoryPeer *peer;
} Setup;

static void
setup_init(Setup *setup, const IoProfile *profile, const MemoryFaults *faults)
{
	Clock clock = clock_frozen(CLOCK_SECOND);
	ConnInfo info = {.listener = 1, .address = "192.0.2.1"};

	fixture_init(&setup->fixture, profile, &clock, false);
	setup->peer = memory_peer_new(faults);
	io_loop_adopt(setup->fixture.loop, memory_peer_transport(setup->peer), NULL, &info, 0);
	FIXTURE_UNTIL(&setup->fixture, fixture_count(&setup->fixture) == 1);
}

static void
setup_clear(Setup *setup)
{
	fixture_clear(&setup->fixture);
	memory_peer_free(setup->peer);
}

/* What the peer got so far must be exactly this. */
static void
assert_received(Setup *setup, const char *expected)
{
	GString *got = memory_peer_receive(setup->peer);

	g_assert_cmpstr(got->str, ==, expected);
	g_string_free(got, TRUE);
}

static void
assert_line(Setup *setup, unsigned index, const char *expected, unsigned flags)
{
	FixtureConn *conn = fixture_conn(&setup->fixture, 0);

	g_assert_cmpuint(index, <, conn->lines->len);
	g_assert_cmpstr(conn->lines->pdata[index], ==, expected);
	g_assert_cmpuint(g_array_index(conn->flags, unsigned, index), ==, flags);
}

static void
test_lines_in_and_out(void)
{
	Setup setup;

	setup_init(&setup, &fixture_profile, NULL);
	g_assert_cmpstr(fixture_conn(&setup.fixture, 0)->info.address, ==, "192.0.2.1");
	g_assert_cmpuint(conn_loop(fixture_conn(&setup.fixture, 0)->handle), ==, 3);
	memory_peer_send_text(setup.peer, "NICK a\r\n\r\nUSER b\nhalf");
	FIXTURE_UNTIL(&setup.fixture, fixture_n_lines(&setup.fixture, 0) == 2);
	assert_line(&setup, 0, "NICK a", 0);
	assert_line(&setup, 1, "USER b", 0);
	memory_peer_send_text(setup.peer, " line\r\n");
	FIXTURE_UNTIL(&setup.fixture, fixture_n_lines(&setup.fixture, 0) == 3);
	assert_line(&setup, 2, "half line", 0);
	fixture_send(&setup.fixture, 0, "one\r\n");
	fixture_send(&setup.fixture, 0, "two\r\n");
	fixture_turns(&setup.fixture, 3);
	assert_received(&setup, "one\r\ntwo\r\n");
	g_assert_cmpuint(memory_peer_writes(setup.peer), ==, 1);
	memory_peer_close(setup.peer);
	FIXTURE_UNTIL(&setup.fixture, fixture_is_closed(&setup.fixture, 0));
	g_assert_cmpint(fixture_conn(&setup.fixture, 0)->reason, ==, CLOSE_PEER);
	g_assert_true(memory_peer_is_closed(setup.peer));
	setup_clear(&setup);
}

static void
test_short_reads_and_writes(void)
{
	Setup setup;
	MemoryFaults faults = {.read_most = 1, .write_most = 3, .room = 7};
	g_autoptr(GString) sent = g_string_new(NULL);
	g_autoptr(GString) got = g_string_new(NULL);

	setup_init(&setup, &fixture_profile, &faults);
	setup.fixture.echo = true;
	for (int i = 0; i < 200; i++)
		g_string_append_printf(sent, "line number %d\n", i);
	memory_peer_send_text(setup.peer, sent->str);
	while (got->len < sent->len) {
		GString *part;

		fixture_turn(&setup.fixture);
		part = memory_peer_receive(setup.peer);
		g_string_append(got, part->str);
		g_string_free(part, TRUE);
	}
	g_assert_cmpstr(got->str, ==, sent->str);
	setup_clear(&setup);
}

static void
test_reset(void)
{
	Setup setup;
	MemoryFaults faults = {.reset_after = 9};

	setup_init(&setup, &fixture_profile, &faults);
	memory_peer_send_text(setup.peer, "NICK a\r\nUSER b\r\n");
	FIXTURE_UNTIL(&setup.fixture, fixture_is_closed(&setup.fixture, 0));
	g_assert_cmpuint(fixture_n_lines(&setup.fixture, 0), ==, 1);
	g_assert_cmpint(fixture_conn(&setup.fixture, 0)->reason, ==, CLOSE_RESET);
	g_assert_cmpstr(fixture_conn(&setup.fixture, 0)->detail, ==, "Connection reset by peer");
	setup_clear(&setup);
}

static void
test_refused_write(void)
{
	Setup setup;
	MemoryFaults faults = {.write_most = 4, .refuse_after = 4};

	setup_init(&setup, &fixture_profile, &faults);
	fixture_send(&setup.fixture, 0, "12345678\r\n");
	memory_peer_send_text(setup.peer, "x");
	FIXTURE_UNTIL(&setup.fixture, ({
		memory_peer_send_text(setup.peer, "x");
		fixture_is_closed(&setup.fixture, 0);
	}));
	g_assert_cmpint(fixture_conn(&setup.fixture, 0)->reason, ==, CLOSE_RESET);
	assert_received(&setup, "1234");
	setup_clear(&setup);
}

/* With no credit left nothing more is reported and nothing is lost. */
static void
test_credit(void)
{
	Setup setup;
	IoProfile profile = fixture_profile;
	g_autoptr(GString) sent = g_string_new(NULL);

	profile.credit = 3;
	setup_init(&setup, &profile, NULL);
	for (int i = 0; i < 20; i++)
		g_string_append_printf(sent, "line %d\n", i);
	g_string_append(sent, "unfini");
	memory_peer_send_text(setup.peer, sent->str);
	fixture_turns(&setup.fixture, 10);
	g_assert_cmpuint(fixture_n_lines(&setup.fixture, 0), ==, 3);
	fixture_deliver(&setup.fixture, 0, DELIVERY_CREDIT, 5, NULL);
	fixture_turns(&setup.fixture, 10);
	g_assert_cmpuint(fixture_n_lines(&setup.fixture, 0), ==, 8);
	memory_peer_send_text(setup.peer, "shed\n");
	memory_peer_close(setup.peer);
	fixture_turns(&setup.fixture, 10);
	g_assert_cmpuint(fixture_n_lines(&setup.fixture, 0), ==, 8);
	g_assert_false(fixture_is_closed(&setup.fixture, 0));
	fixture_deliver(&setup.fixture, 0, DELIVERY_CREDIT, 100, NULL);
	FIXTURE_UNTIL(&setup.fixture, fixture_is_closed(&setup.fixture, 0));
	g_assert_cmpuint(fixture_n_lines(&setup.fixture, 0), ==, 21);
	for (unsigned i = 0; i < 20; i++) {
		g_autofree char *expected = g_strdup_printf("line %u", i);

		assert_line(&setup, i, expected, 0);
	}
	assert_line(&setup, 20, "unfinished", 0);
	setup_clear(&setup);
}

static void
test_long_line_before_registration(void)
{
	Setup setup;
	g_autofree char *line = g_strnfill(600, 'x');

	setup_init(&setup, &fixture_profile, NULL);
	memory_peer_send_text(setup.peer, line);
	FIXTURE_UNTIL(&setup.fixture, fixture_is_closed(&setup.fixture, 0));
	g_assert_cmpint(fixture_conn(&setup.fixture, 0)->reason, ==, CLOSE_RECVQ);
	assert_received(&setup, "ERROR :too much\r\n");
	setup_clear(&setup);
}

static void
test_long_line_after_registration(void)
{
	Setup setup;
	g_autofree char *line = g_strnfill(600, 'x');
	g_autofree char *cut = g_strnfill(510, 'x');

	setup_init(&setup, &fixture_profile, NULL);
	fixture_deliver(&setup.fixture, 0, DELIVERY_LIMITS, 1000, NULL);
	fixture_turns(&setup.fixture, 2);
	memory_peer_send_text(setup.peer, line);
	fixture_turns(&setup.fixture, 4);
	memory_peer_send_text(setup.peer, "y\r\nnext\r\n");
	FIXTURE_UNTIL(&setup.fixture, fixture_n_lines(&setup.fixture, 0) == 2);
	assert_line(&setup, 0, cut, INPUT_TOO_LONG);
	assert_line(&setup, 1, "next", 0);
	g_assert_false(fixture_is_closed(&setup.fixture, 0));
	setup_clear(&setup);
}

static void
test_sendq_cap(void)
{
	Setup setup;
	MemoryFaults faults = {.room = 1};

	setup_init(&setup, &fixture_profile, &faults);
	fixture_deliver(&setup.fixture, 0, DELIVERY_LIMITS, 10, NULL);
	fixture_send(&setup.fixture, 0, "12345\n");
	fixture_turns(&setup.fixture, 3);
	g_assert_false(fixture_is_closed(&setup.fixture, 0));
	fixture_send(&setup.fixture, 0, "12345\n");
	fixture_send(&setup.fixture, 0, "to the dead\n");
	fixture_turns(&setup.fixture, 3);
	g_assert_true(fixture_is_closed(&setup.fixture, 0));
	g_assert_cmpint(fixture_conn(&setup.fixture, 0)->reason, ==, CLOSE_SENDQ);
	g_assert_cmpuint(
	    io_stats_get(&io_loop_stats(setup.fixture.loop)->closed[CLOSE_SENDQ]), ==, 1);
	g_assert_cmpuint(io_stats_get(&io_loop_stats(setup.fixture.loop)->connections), ==, 0);
	setup_clear(&setup);
}

/* Told once, when what is left is as little as was asked for; never of who is gone. */
static void
test_mark(void)
{
	Setup setup;
	MemoryFaults faults = {.room = 4};
	FixtureConn *conn;

	setup_init(&setup, &fixture_profile, &faults);
	fixture_deliver(&setup.fixture, 0, DELIVERY_LIMITS, 1000, NULL);
	conn = fixture_conn(&setup.fixture, 0);
	fixture_deliver(&setup.fixture, 0, DELIVERY_MARK, 0, NULL);
	fixture_turns(&setup.fixture, 3);
	g_assert_cmpuint(conn->drained, ==, 1); /* nothing was queued */
	fixture_send(&setup.fixture, 0, "123456789012\n");
	fixture_deliver(&setup.fixture, 0, DELIVERY_MARK, 6, NULL);
	fixture_turns(&setup.fixture, 3);
	g_assert_cmpuint(conn->drained, ==, 1);
	assert_received(&setup, "1234");
	fixture_turns(&setup.fixture, 3);
	g_assert_cmpuint(conn->drained, ==, 2); /* five are left to be written */
	assert_received(&setup, "5678");
	fixture_turns(&setup.fixture, 3);
	assert_received(&setup, "9012");
	fixture_turns(&setup.fixture, 3);
	g_assert_cmpuint(conn->drained, ==, 2);
	fixture_send(&setup.fixture, 0, "123456789012\n");
	fixture_deliver(&setup.fixture, 0, DELIVERY_MARK, 0, NULL);
	fixture_deliver(&setup.fixture, 0, DELIVERY_CLOSE, CLOSE_KILLED, NULL);
	for (unsigned i = 0; i < 5; i++) {
		GString *got = memory_peer_receive(setup.peer);

		g_string_free(got, TRUE);
		fixture_turns(&setup.fixture, 3);
	}
	g_assert_cmpuint(conn->drained, ==, 2);
	setup_clear(&setup);
}

static void
test_registration_timeout(void)
{
	Setup setup;

	setup_init(&setup, &fixture_profile, NULL);
	clock_advance(&setup.fixture.clock, 20 * CLOCK_SECOND - 1);
	fixture_turns(&setup.fixture, 3);
	g_assert_false(fixture_is_closed(&setup.fixture, 0));
	clock_advance(&setup.fixture.clock, 1);
	fixture_turns(&setup.fixture, 3);
	g_assert_true(fixture_is_closed(&setup.fixture, 0));
	g_assert_cmpint(fixture_conn(&setup.fixture, 0)->reason, ==, CLOSE_REGISTRATION_TIMEOUT);
	assert_received(&setup, "ERROR :too slow\r\n");
	setup_clear(&setup);
}

static void
test_registered_stays(void)
{
	Setup setup;

	setup_init(&setup, &fixture_profile, NULL);
	fixture_deliver(&setup.fixture, 0, DELIVERY_LIMITS, 1000, NULL);
	fixture_turns(&setup.fixture, 2);
	clock_advance(&setup.fixture.clock, 1000 * CLOCK_SECOND);
	fixture_turns(&setup.fixture, 3);
	g_assert_false(fixture_is_closed(&setup.fixture, 0));
	setup_clear(&setup);
}

/* What was queued is sent before the end, and the last line may pass the cap. */
static void
test_close_sends_the_rest(void)
{
	Setup setup;

	setup_init(&setup, &fixture_profile, NULL);
	fixture_deliver(&setup.fixture, 0, DELIVERY_LIMITS, 6, NULL);
	fixture_send(&setup.fixture, 0, "first\n");
	fixture_deliver(&setup.fixture, 0, DELIVERY_CLOSE, CLOSE_KILLED, "ERROR :bye\n");
	fixture_send(&setup.fixture, 0, "late\n");
	fixture_turns(&setup.fixture, 3);
	assert_received(&setup, "first\nERROR :bye\n");
	g_assert_true(fixture_is_closed(&setup.fixture, 0));
	g_assert_cmpint(fixture_conn(&setup.fixture, 0)->reason, ==, CLOSE_KILLED);
	g_assert_true(memory_peer_is_closed(setup.peer));
	setup_clear(&setup);
}

static void
test_close_is_bounded(void)
{
	Setup setup;
	MemoryFaults faults = {.room = 1};

	setup_init(&setup, &fixture_profile, &faults);
	fixture_deliver(&setup.fixture, 0, DELIVERY_CLOSE, CLOSE_KILLED, "ERROR :bye\n");
	fixture_turns(&setup.fixture, 3);
	g_assert_false(memory_peer_is_closed(setup.peer));
	clock_advance(&setup.fixture.clock, IO_LINGER);
	fixture_turns(&setup.fixture, 3);
	g_assert_true(memory_peer_is_closed(setup.peer));
	g_assert_cmpint(fixture_conn(&setup.fixture, 0)->reason, ==, CLOSE_KILLED);
	setup_clear(&setup);
}

static void
test_tls_to_plain(void)
{
	static const size_t splits[] = {1, 100};

	for (size_t i = 0; i < G_N_ELEMENTS(splits); i++) {
		Setup setup;
		MemoryFaults faults = {.read_most = splits[i]};

		setup_init(&setup, &fixture_profile, &faults);
		memory_peer_send(setup.peer, "\x16\x03\x01\x02\x00\x01", 6);
		FIXTURE_UNTIL(&setup.fixture, fixture_is_closed(&setup.fixture, 0));
		g_assert_cmpint(fixture_conn(&setup.fixture, 0)->reason, ==, CLOSE_TLS_TO_PLAIN);
		g_assert_cmpuint(fixture_n_lines(&setup.fixture, 0), ==, 0);
		assert_received(&setup, "ERROR :no TLS here\r\n");
		setup_clear(&setup);
	}
}

/* Half a hello followed by text is text. */
static void
test_not_quite_tls(void)
{
	Setup setup;
	MemoryFaults faults = {.read_most = 1};

	setup_init(&setup, &fixture_profile, &faults);
	memory_peer_send_text(setup.peer, "\x16hello\r\n");
	FIXTURE_UNTIL(&setup.fixture, fixture_n_lines(&setup.fixture, 0) == 1);
	assert_line(&setup, 0, "\x16hello", 0);
	setup_clear(&setup);
}

static void
test_limits_change_live(void)
{
	Setup setup;
	IoProfile profile = fixture_profile;

	setup_init(&setup, &fixture_profile, NULL);
	profile.line_max = 5;
	io_loop_set_profile(setup.fixture.loop, 0, &profile);
	fixture_deliver(&setup.fixture, 0, DELIVERY_LIMITS, 1000, NULL);
	fixture_turns(&setup.fixture, 2);
	memory_peer_send_text(setup.peer, "1234567\n12345\n");
	FIXTURE_UNTIL(&setup.fixture, fixture_n_lines(&setup.fixture, 0) == 2);
	assert_line(&setup, 0, "12345", INPUT_TOO_LONG);
	assert_line(&setup, 1, "12345", 0);
	setup_clear(&setup);
}

/* One peer gets at most 64 KiB in a turn, and the rest in the next ones. */
static void
test_share_of_a_turn(void)
{
	Setup setup;
	g_autofree char *text = g_strnfill(1000, 'x');
	GString *got;
	size_t total = 0;

	setup_init(&setup, &fixture_profile, NULL);
	for (int i = 0; i < 200; i++)
		fixture_send(&setup.fixture, 0, text);
	fixture_turn(&setup.fixture);
	got = memory_peer_receive(setup.peer);
	g_assert_cmpuint(got->len, ==, IO_TURN_BYTES);
	total = got->len;
	g_string_free(got, TRUE);
	fixture_turns(&setup.fixture, 5);
	got = memory_peer_receive(setup.peer);
	g_assert_cmpuint(total + got->len, ==, 200000);
	g_string_free(got, TRUE);
	g_assert_cmpuint(memory_peer_writes(setup.peer), ==, 4);
	setup_clear(&setup);
}

static void
test_dead_handle(void)
{
	Setup setup;
	Delivery delivery = {{(3u << CONN_LOOP_SHIFT) | 99, 1}, NULL, 0, DELIVERY_SEND};
	Delivery elsewhere = {{0, 1}, NULL, 0, DELIVERY_SEND};

	setup_init(&setup, &fixture_profile, NULL);
	delivery.line = line_new("x", 1);
	elsewhere.line = line_new("x", 1);
	io_loop_deliver(setup.fixture.loop, &delivery, 1);
	io_loop_deliver(setup.fixture.loop, &elsewhere, 1);
	fixture_turns(&setup.fixture, 2);
	assert_received(&setup, "");
	setup_clear(&setup);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/conn/lines-in-and-out", test_lines_in_and_out);
	g_test_add_func("/conn/short-reads-and-writes", test_short_reads_and_writes);
	g_test_add_func("/conn/reset", test_reset);
	g_test_add_func("/conn/refused-write", test_refused_write);
	g_test_add_func("/conn/credit", test_credit);
	g_test_add_func("/conn/long-line-before-registration", test_long_line_before_registration);
	g_test_add_func("/conn/long-line-after-registration", test_long_line_after_registration);
	g_test_add_func("/conn/sendq-cap", test_sendq_cap);
	g_test_add_func("/conn/mark", test_mark);
	g_test_add_func("/conn/registration-timeout", test_registration_timeout);
	g_test_add_func("/conn/registered-stays", test_registered_stays);
	g_test_add_func("/conn/close-sends-the-rest", test_close_sends_the_rest);
	g_test_add_func("/conn/close-is-bounded", test_close_is_bounded);
	g_test_add_func("/conn/tls-to-plain", test_tls_to_plain);
	g_test_add_func("/conn/not-quite-tls", test_not_quite_tls);
	g_test_add_func("/conn/limits-change-live", test_limits_change_live);
	g_test_add_func("/conn/share-of-a-turn", test_share_of_a_turn);
	g_test_add_func("/conn/dead-handle", test_dead_handle);
	return g_test_run();
}
