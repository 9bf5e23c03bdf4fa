/* SPDX-License-Identifier: MIT */
/* Connections that are WebSockets, through a whole loop. */
#include "net/conn.h"

#include "loop_fixture.h"
#include "memory_transport.h"

#include <string.h>

#define REQUEST                                                                                    \
	"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"               \
	"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"             \
	"Sec-WebSocket-Protocol: text.ircv3.net\r\n\r\n"
#define ANSWER                                                                                     \
	"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"        \
	"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"                                   \
	"Sec-WebSocket-Protocol: text.ircv3.net\r\n\r\n"
#define NICK "\x81\x86\0\0\0\0NICK a"
#define USER "\x81\x86\0\0\0\0USER b"

typedef struct Setup {
	LoopFixture fixture;
	MemoryPeer *peer;
	ListenRules *rules;
	GString *got;
} Setup;

static void
setup_init(Setup *setup, const MemoryFaults *faults, uint32_t credit)
{
	Clock clock = clock_frozen(CLOCK_SECOND);
	ConnInfo info = {.listener = 1, .address = "192.0.2.1"};
	IoProfile profile = fixture_profile;

	profile.credit = credit;
	fixture_init(&setup->fixture, &profile, &clock, false);
	setup->peer = memory_peer_new(faults);
	setup->got = g_string_new(NULL);
	setup->rules = listen_rules_new();
	setup->rules->websocket = true;
	io_loop_adopt(
	    setup->fixture.loop, memory_peer_transport(setup->peer), setup->rules, &info, 0);
	fixture_turns(&setup->fixture, 2);
	g_assert_cmpuint(fixture_count(&setup->fixture), ==, 0);
}

static void
setup_clear(Setup *setup)
{
	fixture_clear(&setup->fixture);
	memory_peer_free(setup->peer);
	listen_rules_unref(setup->rules);
	g_string_free(setup->got, TRUE);
}

static void
receive_until(Setup *setup, const char *expected, size_t length)
{
	FIXTURE_UNTIL(&setup->fixture, ({
		GString *part = memory_peer_receive(setup->peer);

		g_string_append_len(setup->got, part->str, (gssize)part->len);
		g_string_free(part, TRUE);
		setup->got->len >= length;
	}));
	g_assert_cmpmem(setup->got->str, setup->got->len, expected, length);
	g_string_truncate(setup->got, 0);
}

static CloseReason
closed_as(Setup *setup)
{
	FIXTURE_UNTIL(&setup->fixture, fixture_is_closed(&setup->fixture, 0));
	return fixture_conn(&setup->fixture, 0)->reason;
}

static void
test_talk(void)
{
	const MemoryFaults faults[] = {{0}, {.read_most = 1}, {.write_most = 1}, {.room = 3}};

	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
		static const char said[] = "\x81\x03one\x81\x03two\x88\x02\x03\xE8";
		Setup setup;
		unsigned writes;

		setup_init(&setup, &faults[i], 64);
		memory_peer_send(setup.peer, REQUEST NICK, sizeof REQUEST NICK - 1);
		receive_until(&setup, ANSWER, sizeof ANSWER - 1);
		memory_peer_send(setup.peer, USER, sizeof USER - 1);
		FIXTURE_UNTIL(&setup.fixture,
		    fixture_count(&setup.fixture) == 1 && fixture_n_lines(&setup.fixture, 0) == 2);
		g_assert_cmpstr(fixture_conn(&setup.fixture, 0)->lines->pdata[0], ==, "NICK a");
		g_assert_cmpstr(fixture_conn(&setup.fixture, 0)->lines->pdata[1], ==, "USER b");
		writes = memory_peer_writes(setup.peer);
		fixture_send(&setup.fixture, 0, "one\r\n");
		fixture_deliver(&setup.fixture, 0, DELIVERY_CLOSE, CLOSE_QUIT, "two\r\n");
		receive_until(&setup, said, sizeof said - 1);
		if (i == 0)
			g_assert_cmpuint(memory_peer_writes(setup.peer) - writes, ==, 1);
		memory_peer_close(setup.peer);
		g_assert_cmpint(closed_as(&setup), ==, CLOSE_QUIT);
		setup_clear(&setup);
	}
}

/* Without credit messages wait here, whole and in order. */
static void
test_credit(void)
{
	Setup setup;

	setup_init(&setup, NULL, 1);
	memory_peer_send(setup.peer, REQUEST NICK USER NICK, sizeof REQUEST NICK USER NICK - 1);
	FIXTURE_UNTIL(&setup.fixture, fixture_count(&setup.fixture) == 1);
	fixture_turns(&setup.fixture, 5);
	g_assert_cmpuint(fixture_n_lines(&setup.fixture, 0), ==, 1);
	fixture_deliver(&setup.fixture, 0, DELIVERY_CREDIT, 1, NULL);
	fixture_turns(&setup.fixture, 5);
	g_assert_cmpuint(fixture_n_lines(&setup.fixture, 0), ==, 2);
	fixture_deliver(&setup.fixture, 0, DELIVERY_CREDIT, 5, NULL);
	FIXTURE_UNTIL(&setup.fixture, fixture_n_lines(&setup.fixture, 0) == 3);
	g_assert_cmpstr(fixture_conn(&setup.fixture, 0)->lines->pdata[1], ==, "USER b");
	setup_clear(&setup);
}

/* Who closes in WebSocket's terms has ended, is answered, and may be told nothing more. */
static void
test_peer_closes(void)
{
	static const char said[] = ANSWER "\x88\x02\x03\xE8";
	Setup setup;

	setup_init(&setup, NULL, 64);
	memory_peer_send(setup.peer, REQUEST NICK "\x88\x82\0\0\0\0\x03\xE8",
	    sizeof REQUEST NICK "\x88\x82\0\0\0\0\x03\xE8" - 1);
	receive_until(&setup, said, sizeof said - 1);
	g_assert_true(fixture_has_ended(&setup.fixture, 0));
	g_assert_cmpint(closed_as(&setup), ==, CLOSE_PEER);
	g_assert_true(memory_peer_is_closed(setup.peer));
	setup_clear(&setup);
}

static void
test_broken_rules(void)
{
	static const struct {
		const char *frame;
		size_t length;
		CloseReason reason;
		const char *close;
	} cases[] = {
	    {"\x81\x02hi", 4, CLOSE_PROTOCOL, "\x88\x02\x03\xEA"},
	    {"\x81\xFE\xFF\xFF\0\0\0\0x", 9, CLOSE_RECVQ, "\x88\x02\x03\xF1"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) said = g_string_new(ANSWER);
		Setup setup;

		setup_init(&setup, NULL, 64);
		memory_peer_send(setup.peer, REQUEST, sizeof REQUEST - 1);
		receive_until(&setup, ANSWER, sizeof ANSWER - 1);
		memory_peer_send(setup.peer, cases[i].frame, cases[i].length);
		if (cases[i].reason == CLOSE_RECVQ)
			g_string_assign(said, "\x81\x10"
					      "ERROR :too much");
		else
			g_string_assign(said, "");
		if (said->len > 0)
			said->str[1] = (char)(said->len - 2);
		g_string_append_len(said, cases[i].close, 4);
		receive_until(&setup, said->str, said->len);
		memory_peer_close(setup.peer);
		g_assert_cmpint(closed_as(&setup), ==, cases[i].reason);
		setup_clear(&setup);
	}
}

static void
assert_refused(const char *request, size_t length, const char *status)
{
	Setup setup;
	const IoStats *stats;
	GString *got;

	setup_init(&setup, NULL, 64);
	stats = io_loop_stats(setup.fixture.loop);
	memory_peer_send(setup.peer, request, length);
	FIXTURE_UNTIL(&setup.fixture, io_stats_get(&stats->closed[CLOSE_WEBSOCKET_HANDSHAKE]) == 1);
	got = memory_peer_receive(setup.peer);
	g_assert_true(g_str_has_prefix(got->str, status));
	g_string_free(got, TRUE);
	g_assert_cmpuint(fixture_count(&setup.fixture), ==, 0);
	setup_clear(&setup);
}

static void
test_refused(void)
{
	g_autofree char *endless = g_strnfill(HTTP_HEAD_MAX + 100, 'x');
	static const char *const requests[][2] = {
	    {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 426 "},
	    {"POST / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 405 "},
	    {"NICK a\r\nUSER b\r\n\r\n", "HTTP/1.1 400 "},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(requests); i++)
		assert_refused(requests[i][0], strlen(requests[i][0]), requests[i][1]);
	assert_refused(endless, strlen(endless), "HTTP/1.1 431 ");
}

static void
test_late(void)
{
	Setup setup;
	const IoStats *stats;
	GString *got;

	setup_init(&setup, NULL, 64);
	stats = io_loop_stats(setup.fixture.loop);
	memory_peer_send_text(setup.peer, "GET / HTTP/1.1\r\n");
	fixture_turns(&setup.fixture, 3);
	clock_advance(&setup.fixture.clock, fixture_profile.registration_timeout);
	FIXTURE_UNTIL(&setup.fixture, io_stats_get(&stats->closed[CLOSE_WEBSOCKET_HANDSHAKE]) == 1);
	got = memory_peer_receive(setup.peer);
	g_assert_true(g_str_has_prefix(got->str, "HTTP/1.1 408 "));
	g_string_free(got, TRUE);
	setup_clear(&setup);
}

static void
test_tls_to_plain(void)
{
	Setup setup;
	const IoStats *stats;

	setup_init(&setup, NULL, 64);
	stats = io_loop_stats(setup.fixture.loop);
	memory_peer_send(setup.peer, "\x16\x03\x01", 3);
	FIXTURE_UNTIL(&setup.fixture, io_stats_get(&stats->closed[CLOSE_TLS_TO_PLAIN]) == 1);
	setup_clear(&setup);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/conn-prelude/talk", test_talk);
	g_test_add_func("/conn-prelude/credit", test_credit);
	g_test_add_func("/conn-prelude/peer-closes", test_peer_closes);
	g_test_add_func("/conn-prelude/broken-rules", test_broken_rules);
	g_test_add_func("/conn-prelude/refused", test_refused);
	g_test_add_func("/conn-prelude/late", test_late);
	g_test_add_func("/conn-prelude/tls-to-plain", test_tls_to_plain);
	return g_test_run();
}
