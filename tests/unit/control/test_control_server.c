/* SPDX-License-Identifier: MIT */
#include "control/control_server.h"

#include "control.h"
#include "control/judge.h"
#include "control/method.h"
#include "control_fixture.h"

#include <string.h>

static const char roles_config[] = "[role watch]\nrights = viewer\nusers = 4001\n"
				   "[role work]\nrights = operator\ngroups = 5002\n"
				   "[role all]\nrights = administrator\nusers = 4003\n";

static ControlPeer
peer_of_role(unsigned role)
{
	switch (role) {
	case ROLE_VIEWER:
		return (ControlPeer){.uid = 4001};
	case ROLE_OPERATOR:
		return (ControlPeer){.uid = 4002, .n_groups = 2, .groups = {4002, 5002}};
	default:
		return (ControlPeer){.uid = 4003};
	}
}

/* Every method for every role: below the row's role it is denied, from it on it is not. */
static void
test_role_matrix(void)
{
	ControlFixture fixture;
	unsigned count;
	const ControlMethod *methods = control_methods(&count);
	unsigned denied = 0;

	control_fixture_init(&fixture, roles_config);
	for (unsigned role = ROLE_VIEWER; role <= ROLE_ADMINISTRATOR; role++) {
		ControlPeer who = peer_of_role(role);
		TestPeer peer;

		test_peer_open_as(&peer, &fixture, &who);
		g_assert_nonnull(peer.session);
		for (unsigned i = 0; i < count; i++) {
			g_autoptr(json_t) answer = test_peer_call(&peer, methods[i].name, NULL);
			bool is_denied = json_integer_value(json_at(answer, "error.code")) ==
					 CONTROL_ERROR_DENIED;

			g_test_message("%s %s", role_name(role), methods[i].name);
			g_assert_true(is_denied == (role < methods[i].role));
			denied += is_denied;
			if (is_denied && !methods[i].compatible)
				g_assert_cmpstr(json_text_at(answer, "error.data.role"), ==,
				    role_name(methods[i].role));
			if (methods[i].compatible)
				g_assert_null(json_at(answer, "error.data"));
		}
		test_peer_close(&peer);
	}
	g_assert_cmpuint(denied, >, 10);
	control_fixture_clear(&fixture);
}

static void
test_no_role(void)
{
	ControlFixture fixture;
	ControlPeer who = {.uid = 4999, .n_groups = 1, .groups = {4999}};
	TestPeer peer;
	g_autoptr(json_t) told = NULL;

	control_fixture_init(&fixture, roles_config);
	test_peer_open_as(&peer, &fixture, &who);
	g_assert_true(peer.closed);
	g_assert_cmpint(peer.reason, ==, CLOSE_NOT_ALLOWED);
	/* What it sends after that is not heard. */
	test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.info\"}");
	told = test_peer_poll(&peer);
	g_assert_cmpint(json_integer_value(json_at(told, "error.code")), ==, CONTROL_ERROR_DENIED);
	g_assert_nonnull(strstr(json_text_at(told, "error.message"), "4999"));
	g_assert_nonnull(strstr(json_text_at(told, "error.message"), "chatadmin"));
	g_assert_nonnull(strstr(json_text_at(told, "error.message"), "5002"));
	g_assert_null(test_peer_poll(&peer));
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static ControlSession *
open_unjudged(TestPeer *peer, ControlFixture *fixture)
{
	static const char call[] = "{\"jsonrpc\":\"2.0\",\"id\":%u,\"method\":\"rpc.info\"}";
	ControlPeer who = peer_of_role(ROLE_OPERATOR);

	test_peer_prepare(peer, fixture, &who);
	g_assert_nonnull(peer->session->judge);
	for (unsigned i = 1; i <= 3; i++) {
		g_autofree char *line = g_strdup_printf(call, i);

		test_peer_send(peer, line);
	}
	g_assert_null(test_peer_poll(peer));
	return peer->session;
}

/* The look-up is a job: lines that come before its answer wait, in their order, and are bounded. */
static void
test_input_waits_for_the_role(void)
{
	ControlFixture fixture;
	TestPeer peer, gone;

	control_fixture_init(&fixture, roles_config);
	open_unjudged(&peer, &fixture);
	for (int i = 1; i <= 3; i++) {
		g_autoptr(json_t) answer = test_peer_next(&peer);

		g_assert_cmpint(json_integer_value(json_at(answer, "id")), ==, i);
		g_assert_nonnull(json_at(answer, "result"));
	}
	open_unjudged(&gone, &fixture);
	test_peer_close(&gone); /* the job's answer finds nobody */
	open_unjudged(&gone, &fixture);
	control_session_end(gone.session);
	g_assert_false(gone.closed);
	for (int i = 1; i <= 3; i++)
		json_decref(test_peer_next(&gone));
	g_assert_true(gone.closed);
	g_assert_cmpint(gone.reason, ==, CLOSE_PEER);
	test_peer_close(&gone);
	open_unjudged(&gone, &fixture);
	for (unsigned i = 0; i < EARLY_LINES_MAX - 3; i++)
		test_peer_send(&gone, "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"rpc.info\"}");
	g_assert_null(test_peer_poll(&gone));
	test_peer_send(&gone, "{\"jsonrpc\":\"2.0\",\"id\":10,\"method\":\"rpc.info\"}");
	{
		g_autoptr(json_t) answer = test_peer_poll(&gone);

		g_assert_cmpint(
		    json_integer_value(json_at(answer, "error.code")), ==, CONTROL_ERROR_BUSY);
	}
	test_peer_close(&gone);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* A role taken away by a change of the settings ends the session; a lower one counts at once. */
static void
test_roles_follow_the_settings(void)
{
	ControlFixture fixture;
	ControlPeer viewer = peer_of_role(ROLE_VIEWER);
	ControlPeer worker = peer_of_role(ROLE_OPERATOR);
	TestPeer admin, watch, work;
	g_autoptr(json_t) result = NULL;
	g_autoptr(json_t) told = NULL;
	g_autofree char *message = NULL;

	control_fixture_init(&fixture, roles_config);
	test_peer_open(&admin, &fixture, 0);
	test_peer_open_as(&watch, &fixture, &viewer);
	test_peer_open_as(&work, &fixture, &worker);
	result = test_peer_result(&admin, "config.set",
	    "{\"changes\":[{\"section\":\"role watch\",\"key\":null,\"value\":null},"
	    "{\"section\":\"role work\",\"key\":\"rights\",\"value\":\"viewer\"}]}");
	/* Who he is now is found out beside the state thread: it may come after the answer. */
	told = test_peer_next(&watch);
	g_assert_true(watch.closed);
	g_assert_cmpint(json_integer_value(json_at(told, "error.code")), ==, CONTROL_ERROR_DENIED);
	g_assert_false(work.closed);
	message = test_peer_error(
	    &work, "user.kill", "{\"nick\":\"a\",\"reason\":\"b\"}", CONTROL_ERROR_DENIED);
	g_assert_cmpstr(message, ==, "user.kill needs the role operator, you have viewer");
	test_peer_close(&admin);
	test_peer_close(&watch);
	test_peer_close(&work);
	control_fixture_clear(&fixture);
}

static void
test_malformed_closes(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) told = NULL;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	test_peer_send(&peer, "{\"a\":");
	told = test_peer_poll(&peer);
	g_assert_cmpint(json_integer_value(json_at(told, "error.code")), ==, CONTROL_ERROR_PARSE);
	g_assert_null(json_at(told, "id"));
	g_assert_true(peer.closed);
	g_assert_cmpint(peer.reason, ==, CLOSE_PROTOCOL);
	/* Nothing is understood after it. */
	test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.info\"}");
	g_assert_null(test_peer_poll(&peer));
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_too_long_closes(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) told = NULL;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	control_session_input(peer.session, "{}", 2, true);
	told = test_peer_poll(&peer);
	g_assert_cmpint(json_integer_value(json_at(told, "error.code")), ==, CONTROL_ERROR_PARSE);
	g_assert_true(peer.closed);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_echo(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) integer = NULL;
	g_autoptr(json_t) text = NULL;
	g_autoptr(json_t) unknown = NULL;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":12,\"method\":\"Stats.GET\"}");
	integer = test_peer_next(&peer);
	g_assert_true(json_is_integer(json_at(integer, "id")));
	/* As the caller spelled it. */
	g_assert_cmpstr(json_text_at(integer, "method"), ==, "Stats.GET");
	g_assert_nonnull(json_at(integer, "result"));
	test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":\"12\",\"method\":\"stats.get\"}");
	text = test_peer_next(&peer);
	g_assert_cmpstr(json_text_at(text, "id"), ==, "12");
	test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no.such\"}");
	unknown = test_peer_next(&peer);
	g_assert_cmpint(
	    json_integer_value(json_at(unknown, "error.code")), ==, CONTROL_ERROR_METHOD_NOT_FOUND);
	g_assert_cmpstr(json_text_at(unknown, "error.message"), ==, "Unsupported method");
	g_assert_cmpuint(json_object_size(json_at(unknown, "error")), ==, 2);
	g_assert_false(peer.closed);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* More calls than may be in flight are refused, the others answered, each once. */
static void
test_calls_in_flight(void)
{
	ControlFixture fixture;
	TestPeer peer;
	unsigned busy = 0, answered = 0;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	for (int i = 0; i < CONTROL_CALLS_MAX + 10; i++) {
		g_autofree char *line =
		    g_strdup_printf("{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"audit.list\"}", i);

		test_peer_send(&peer, line);
	}
	for (int i = 0; i < CONTROL_CALLS_MAX + 10; i++) {
		g_autoptr(json_t) answer = test_peer_next(&peer);

		if (json_integer_value(json_at(answer, "error.code")) == CONTROL_ERROR_BUSY)
			busy++;
		else
			answered += json_at(answer, "result") != NULL;
	}
	g_assert_cmpuint(busy, ==, 10);
	g_assert_cmpuint(answered, ==, CONTROL_CALLS_MAX);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* The connection goes while its calls are under way. */
static void
test_close_in_flight(void)
{
	ControlFixture fixture;
	TestPeer peer;

	control_fixture_init(&fixture, NULL);
	for (int i = 0; i < 20; i++) {
		test_peer_open(&peer, &fixture, 0);
		test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"audit.list\"}");
		test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"user.list\"}");
		test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"config.diff\"}");
		test_peer_send(
		    &peer, "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"server.rehash\"}");
		test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"config.set\","
				      "\"params\":{\"changes\":"
				      "[{\"section\":\"limits\",\"key\":\"nick\",\"value\":20}]}}");
		for (int turn = 0; turn < i; turn++)
			control_fixture_turn(&fixture);
		test_peer_close(&peer);
	}
	g_assert_cmpuint(control_sessions(fixture.control), ==, 0);
	control_fixture_clear(&fixture);
}

static void
test_sessions_have_an_end(void)
{
	ControlFixture fixture;
	TestPeer *peers = g_new0(TestPeer, CONTROL_SESSIONS_MAX);
	TestPeer last;
	g_autoptr(json_t) told = NULL;

	control_fixture_init(&fixture, NULL);
	for (unsigned i = 0; i < CONTROL_SESSIONS_MAX; i++)
		test_peer_open(&peers[i], &fixture, 0);
	test_peer_open(&last, &fixture, 0);
	g_assert_null(last.session);
	told = test_peer_poll(&last);
	g_assert_cmpint(
	    json_integer_value(json_at(told, "error.code")), ==, CONTROL_ERROR_TOO_MANY);
	for (unsigned i = 0; i < CONTROL_SESSIONS_MAX; i++)
		test_peer_close(&peers[i]);
	g_free(peers);
	control_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/control-server/role-matrix", test_role_matrix);
	g_test_add_func("/control-server/no-role", test_no_role);
	g_test_add_func("/control-server/input-waits-for-the-role", test_input_waits_for_the_role);
	g_test_add_func("/control-server/roles-follow", test_roles_follow_the_settings);
	g_test_add_func("/control-server/malformed-closes", test_malformed_closes);
	g_test_add_func("/control-server/too-long-closes", test_too_long_closes);
	g_test_add_func("/control-server/echo", test_echo);
	g_test_add_func("/control-server/calls-in-flight", test_calls_in_flight);
	g_test_add_func("/control-server/close-in-flight", test_close_in_flight);
	g_test_add_func("/control-server/sessions-end", test_sessions_have_an_end);
	return g_test_run();
}
