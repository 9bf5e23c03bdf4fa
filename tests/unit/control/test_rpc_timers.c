/* SPDX-License-Identifier: MIT */
#include "control/rpc_timers.h"

#include "control.h"
#include "control_fixture.h"

#define ADD(id, every, request)                                                                    \
	"{\"timer_id\":\"" id "\",\"every_msec\":" every ",\"request\":" request "}"
#define INNER(method) "{\"jsonrpc\":\"2.0\",\"method\":\"" method "\",\"params\":{},\"id\":100001}"

static void
advance(ControlFixture *fixture, int64_t milliseconds)
{
	clock_advance(&fixture->clock, milliseconds * CLOCK_MILLISECOND);
	timers_run(fixture->timers, clock_monotonic(&fixture->clock));
}

static void
assert_answer(TestPeer *peer)
{
	g_autoptr(json_t) answer = test_peer_poll(peer);

	g_assert_nonnull(answer);
	g_assert_cmpint(json_integer_value(json_at(answer, "id")), ==, 100001);
	g_assert_cmpstr(json_text_at(answer, "method"), ==, "stats.get");
	g_assert_nonnull(json_at(answer, "result.user"));
}

static void
test_again_and_again(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autofree char *gone = NULL;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	json_decref(test_peer_result(&peer, "rpc.add_timer", ADD("a", "1000", INNER("stats.get"))));
	g_assert_null(test_peer_poll(&peer));
	advance(&fixture, 999);
	g_assert_null(test_peer_poll(&peer));
	advance(&fixture, 1);
	assert_answer(&peer);
	advance(&fixture, 1000);
	assert_answer(&peer);
	/* Who does not read is left alone, and goes on after it. */
	peer.unsent = CONTROL_PUSH_QUEUE_MAX + 1;
	advance(&fixture, 1000);
	g_assert_null(test_peer_poll(&peer));
	peer.unsent = 0;
	advance(&fixture, 1000);
	assert_answer(&peer);
	json_decref(test_peer_result(&peer, "rpc.del_timer", "{\"timer_id\":\"a\"}"));
	gone = test_peer_error(
	    &peer, "rpc.del_timer", "{\"timer_id\":\"a\"}", CONTROL_ERROR_NOT_FOUND);
	advance(&fixture, 5000);
	g_assert_null(test_peer_poll(&peer));
	/* Those left end with the connection. */
	json_decref(test_peer_result(&peer, "rpc.add_timer", ADD("b", "250", INNER("stats.get"))));
	test_peer_close(&peer);
	advance(&fixture, 5000);
	control_fixture_clear(&fixture);
}

/* A timer may end itself. */
static void
test_ends_itself(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) answer = NULL;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	json_decref(test_peer_result(&peer, "rpc.add_timer",
	    ADD("a", "250",
		"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"rpc.del_timer\","
		"\"params\":{\"timer_id\":\"a\"}}")));
	advance(&fixture, 250);
	answer = test_peer_poll(&peer);
	g_assert_true(json_is_true(json_at(answer, "result")));
	advance(&fixture, 250);
	g_assert_null(test_peer_poll(&peer));
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_refused(void)
{
	static const struct {
		const char *params;
		int code;
	} cases[] = {
	    {ADD("a", "249", INNER("stats.get")), CONTROL_ERROR_INVALID_PARAMS},
	    {ADD("a", "250", "{}"), CONTROL_ERROR_INVALID_REQUEST},
	    {ADD("a", "250", "7"), CONTROL_ERROR_INVALID_PARAMS},
	    {ADD("a", "250", INNER("stats.put")), CONTROL_ERROR_METHOD_NOT_FOUND},
	    {ADD("a", "250", INNER("user.kill")), CONTROL_ERROR_DENIED},
	    {"{\"every_msec\":250,\"request\":" INNER("stats.get") "}",
		CONTROL_ERROR_INVALID_PARAMS},
	    {ADD("first", "250", INNER("stats.get")), CONTROL_ERROR_ALREADY_EXISTS},
	};
	ControlPeer viewer = {.uid = 4001};
	ControlFixture fixture;
	TestPeer peer;

	control_fixture_init(&fixture, "[role watch]\nrights = viewer\nusers = 4001\n");
	test_peer_open_as(&peer, &fixture, &viewer);
	json_decref(
	    test_peer_result(&peer, "rpc.add_timer", ADD("first", "86400000", INNER("stats.get"))));
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_free(test_peer_error(&peer, "rpc.add_timer", cases[i].params, cases[i].code));
	for (unsigned i = 1; i < RPC_TIMERS_MAX; i++) {
		g_autofree char *params =
		    g_strdup_printf("{\"timer_id\":\"t%u\",\"every_msec\":86400000,\"request\":%s}",
			i, INNER("stats.get"));

		json_decref(test_peer_result(&peer, "rpc.add_timer", params));
	}
	g_free(test_peer_error(&peer, "rpc.add_timer", ADD("one-more", "250", INNER("stats.get")),
	    CONTROL_ERROR_TOO_MANY));
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rpc-timers/again-and-again", test_again_and_again);
	g_test_add_func("/rpc-timers/ends-itself", test_ends_itself);
	g_test_add_func("/rpc-timers/refused", test_refused);
	return g_test_run();
}
