/* SPDX-License-Identifier: MIT */
#include "net/conn.h"

#include "loop_fixture.h"
#include "memory_transport.h"

#include <string.h>

#define PEERS 40u
#define STEPS 20000

typedef struct Peer {
	MemoryPeer *memory;
	unsigned index;    /* among the fixture's connections */
	GString *expected; /* everything delivered while it was open */
	GString *got;
	bool closing;
} Peer;

static void
peer_init(Peer *peer, LoopFixture *fixture)
{
	MemoryFaults faults = {
	    .read_most = (size_t)g_test_rand_int_range(0, 20),
	    .write_most = (size_t)g_test_rand_int_range(0, 50),
	    .room = (size_t)g_test_rand_int_range(0, 2) * 300,
	};
	ConnInfo info = {0};

	peer->memory = memory_peer_new(&faults);
	peer->index = fixture_count(fixture);
	peer->expected = g_string_new(NULL);
	peer->got = g_string_new(NULL);
	peer->closing = false;
	io_loop_adopt(fixture->loop, memory_peer_transport(peer->memory), NULL, &info, 0);
	FIXTURE_UNTIL(fixture, fixture_count(fixture) == peer->index + 1);
}

static void
peer_receive(Peer *peer)
{
	GString *part = memory_peer_receive(peer->memory);

	g_string_append_len(peer->got, part->str, (gssize)part->len);
	g_string_free(part, TRUE);
	g_assert_cmpuint(peer->got->len, <=, peer->expected->len);
}

static void
peer_clear(Peer *peer)
{
	g_string_free(peer->expected, TRUE);
	g_string_free(peer->got, TRUE);
	memory_peer_free(peer->memory);
}

static void
deliver(LoopFixture *fixture, Peer *peer, DeliveryKind kind)
{
	g_autofree char *text =
	    g_strnfill((gsize)g_test_rand_int_range(1, 200), (char)g_test_rand_int_range('a', 'z'));

	fixture_deliver(fixture, peer->index, kind, CLOSE_QUIT, text);
	g_string_append(peer->expected, text);
	peer->closing = kind == DELIVERY_CLOSE;
}

/* Reads all that is on its way; what came must be what was delivered, to the byte. */
static void
settle(LoopFixture *fixture, Peer *peer)
{
	FIXTURE_UNTIL(fixture, ({
		peer_receive(peer);
		peer->got->len == peer->expected->len;
	}));
	g_assert_cmpstr(peer->got->str, ==, peer->expected->str);
	if (!peer->closing)
		return;
	FIXTURE_UNTIL(fixture, fixture_is_closed(fixture, peer->index));
	g_assert_cmpint(fixture_conn(fixture, peer->index)->reason, ==, CLOSE_QUIT);
	g_assert_true(memory_peer_is_closed(peer->memory));
	peer_clear(peer);
	peer_init(peer, fixture);
}

/* Many peers with short writes and little room, at random: order and bytes are kept, and a close
 * comes after what was queued before it. */
static void
test_random(void)
{
	LoopFixture fixture;
	Clock clock = clock_frozen(CLOCK_SECOND);
	Peer peers[PEERS];

	fixture_init(&fixture, &fixture_profile, &clock, false);
	for (unsigned i = 0; i < PEERS; i++)
		peer_init(&peers[i], &fixture);
	for (int step = 0; step < STEPS; step++) {
		Peer *peer = &peers[g_test_rand_int_range(0, PEERS)];
		int action = g_test_rand_int_range(0, 100);

		if (action < 60 && !peer->closing)
			deliver(&fixture, peer, DELIVERY_SEND);
		else if (action < 61 && !peer->closing)
			deliver(&fixture, peer, DELIVERY_CLOSE);
		else if (action < 80)
			peer_receive(peer);
		else if (action < 97)
			fixture_turn(&fixture);
		else
			settle(&fixture, peer);
	}
	for (unsigned i = 0; i < PEERS; i++) {
		settle(&fixture, &peers[i]);
		peer_clear(&peers[i]);
	}
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/conn-output/random", test_random);
	return g_test_run();
}
