/* SPDX-License-Identifier: MIT */
/* Acts and answers of ours: the service, channels, the audit. */
#include "control/method.h"

#include "control.h"
#include "control_fixture.h"
#include "domain/channel.h"
#include "domain/directory.h"
#include "domain/user.h"

#include <string.h>
#include <unistd.h>

static void
assert_keys(const json_t *object, const char *keys)
{
	g_auto(GStrv) wanted = g_strsplit(keys, " ", -1);

	for (char **key = wanted; *key; key++)
		if (!json_object_get(object, *key))
			g_error("no key %s", *key);
	g_assert_cmpuint(json_object_size(object), ==, g_strv_length(wanted));
}

static void
test_status(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) status = NULL;

	control_fixture_init(&fixture, NULL);
	control_fixture_user(&fixture, "anna");
	test_peer_open(&peer, &fixture, 0);
	status = test_peer_result(&peer, "service.status", NULL);
	assert_keys(status,
	    "name network version state pid started_at uptime users users_peak users_maximum "
	    "unregistered operators channels accounts memory_bytes descriptors io_threads "
	    "turn_longest_us "
	    "listeners database config");
	assert_keys(json_at(status, "descriptors"), "used limit");
	assert_keys(
	    json_at(status, "listeners.0"), "name address port kind tls state error connections");
	assert_keys(json_at(status, "database"), "state path");
	assert_keys(json_at(status, "config"), "path state detail");
	g_assert_cmpint(json_integer_value(json_at(status, "users")), ==, 1);
	g_assert_cmpint(json_integer_value(json_at(status, "pid")), ==, getpid());
	g_assert_cmpstr(json_text_at(status, "state"), ==, "running");
	g_assert_cmpstr(json_text_at(status, "config.state"), ==, "ok");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* The state of the file is looked at in the background: it shows soon, not at once. */
static void
wait_for_config_state(TestPeer *peer, const char *state)
{
	gint64 limit = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	for (;;) {
		g_autoptr(json_t) status = test_peer_result(peer, "service.status", NULL);

		if (strcmp(json_text_at(status, "config.state"), state) == 0)
			return;
		g_assert_cmpint(g_get_monotonic_time(), <, limit);
		control_fixture_turn(peer->fixture);
	}
}

static void
test_status_of_the_file(void)
{
	ControlFixture fixture;
	TestPeer peer;

	control_fixture_init(&fixture, "[limits]\nnick = 20\n");
	test_peer_open(&peer, &fixture, 0);
	g_assert_true(g_file_set_contents(fixture.config_path, "[limits]\nnick = 21\n", -1, NULL));
	wait_for_config_state(&peer, "edited");
	g_assert_true(g_file_set_contents(fixture.config_path, "[limits]\nnick = x\n", -1, NULL));
	wait_for_config_state(&peer, "invalid");
	g_assert_true(g_file_set_contents(fixture.config_path, "[limits]\nnick = 20\n", -1, NULL));
	wait_for_config_state(&peer, "ok");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_whoami(void)
{
	ControlFixture fixture;
	ControlPeer who = {.uid = 0, .n_groups = 2, .groups = {0, 54321}};
	TestPeer peer;
	g_autoptr(json_t) result = NULL;

	control_fixture_init(&fixture, NULL);
	test_peer_open_as(&peer, &fixture, &who);
	result = test_peer_result(&peer, "service.whoami", NULL);
	assert_keys(result, "uid user role groups");
	g_assert_cmpstr(json_text_at(result, "user"), ==, "root");
	g_assert_cmpstr(json_text_at(result, "role"), ==, "administrator");
	g_assert_cmpstr(json_text_at(result, "groups.0"), ==, "root");
	g_assert_cmpstr(json_text_at(result, "groups.1"), ==, "54321");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* The service stops only once the answer and the record are out. */
static void
test_stop(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) result = NULL;
	g_autoptr(json_t) audit = NULL;
	g_autofree char *message = NULL;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	message = test_peer_error(
	    &peer, "service.stop", "{\"reason\":\"a\\r\\nQUIT\"}", CONTROL_ERROR_INVALID_PARAMS);
	g_assert_nonnull(strstr(message, "line ends"));
	g_assert_null(fixture.stop_reason);
	test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"service.stop\","
			      "\"params\":{\"reason\":\"x\"}}");
	g_assert_null(fixture.stop_reason);
	result = test_peer_next(&peer);
	g_assert_true(json_is_true(json_at(result, "result")));
	g_assert_cmpstr(fixture.stop_reason, ==, "x");
	audit = test_peer_result(&peer, "audit.list", NULL);
	g_assert_cmpstr(json_text_at(audit, "list.0.method"), ==, "service.stop");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_registered_channels(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) bad = NULL;
	g_autoptr(json_t) missing = NULL;
	Channel *channel;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	json_decref(test_peer_result(&peer, "channel.register", "{\"channel\":\"#Kept\"}"));
	channel = directory_find_channel(fixture.community->directory, "#kept");
	g_assert_nonnull(channel);
	g_assert_true(channel->registered);
	json_decref(test_peer_result(
	    &peer, "channel.set_topic", "{\"channel\":\"#kept\",\"topic\":\"stays\"}"));
	{
		/* The acknowledged topic is in the store. */
		g_autoptr(GPtrArray) rows = store_read_channels(fixture.store, NULL);

		g_assert_cmpuint(rows->len, ==, 1);
		g_assert_cmpstr(((StoreChannel *)rows->pdata[0])->topic, ==, "stays");
		g_assert_nonnull(
		    strstr(((StoreChannel *)rows->pdata[0])->registered_by, "(uid 0)"));
	}
	/* A refusal of a verb carries the numeric's name. */
	bad = test_peer_call(&peer, "channel.register", "{\"channel\":\"no channel\"}");
	g_assert_cmpstr(json_text_at(bad, "error.data.kind"), ==, "ERR_NOSUCHCHANNEL");
	g_assert_cmpstr(json_text_at(bad, "error.data.object"), ==, "no channel");
	json_decref(test_peer_result(&peer, "channel.unregister", "{\"channel\":\"#kept\"}"));
	g_assert_null(directory_find_channel(fixture.community->directory, "#kept"));
	missing = test_peer_call(&peer, "channel.unregister", "{\"channel\":\"#kept\"}");
	g_assert_cmpint(
	    json_integer_value(json_at(missing, "error.code")), ==, CONTROL_ERROR_NOT_FOUND);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* Every act leaves who, what and how it ended; what was refused too, what was denied not. */
static void
test_audit(void)
{
	ControlFixture fixture;
	ControlPeer viewer = {.uid = 4001};
	TestPeer peer, watch;
	g_autoptr(json_t) list = NULL;
	g_autoptr(json_t) older = NULL;
	g_autofree char *denied = NULL;
	g_autofree char *refused = NULL;

	control_fixture_init(&fixture, "[role watch]\nrights = viewer\nusers = 4001\n");
	control_fixture_user(&fixture, "anna");
	control_fixture_user(&fixture, "bert");
	test_peer_open(&peer, &fixture, 0);
	test_peer_open_as(&watch, &fixture, &viewer);
	json_decref(test_peer_result(&peer, "rpc.set_issuer", "{\"name\":\"carla\"}"));
	json_decref(
	    test_peer_result(&peer, "user.kill", "{\"nick\":\"anna\",\"reason\":\"spam\"}"));
	json_decref(test_peer_result(&peer, "user.quit", "{\"nick\":\"bert\",\"reason\":\"bye\"}"));
	g_assert_cmpuint(directory_users(fixture.community->directory), ==, 0);
	refused = test_peer_error(
	    &peer, "user.kill", "{\"nick\":\"anna\",\"reason\":\"spam\"}", CONTROL_ERROR_NOT_FOUND);
	denied = test_peer_error(
	    &watch, "user.kill", "{\"nick\":\"anna\",\"reason\":\"spam\"}", CONTROL_ERROR_DENIED);
	list = test_peer_result(&peer, "audit.list", "{\"limit\":2}");
	g_assert_cmpint(json_integer_value(json_at(list, "total")), ==, 3);
	assert_keys(json_at(list, "list.0"), "id time who role method object outcome before after");
	g_assert_cmpstr(json_text_at(list, "list.0.outcome"), ==, "Nickname not found");
	g_assert_cmpstr(json_text_at(list, "list.1.method"), ==, "user.quit");
	g_assert_cmpstr(json_text_at(list, "list.1.before.details"), ==, "bert!~u@host.example");
	g_assert_cmpstr(json_text_at(list, "list.1.after.reason"), ==, "bye");
	g_assert_cmpstr(json_text_at(list, "list.1.who"), ==, "root (uid 0) for carla");
	older = test_peer_result(&peer, "audit.list", "{\"limit\":2,\"cursor\":\"2\"}");
	g_assert_cmpstr(json_text_at(older, "list.0.object"), ==, "anna");
	g_assert_true(json_is_null(json_at(older, "next_cursor")));
	test_peer_close(&peer);
	test_peer_close(&watch);
	control_fixture_clear(&fixture);
}

static void
test_bad_subscriptions_and_cursors(void)
{
	static const struct {
		const char *method;
		const char *params;
	} cases[] = {
	    {"service.subscribe", "{\"topics\":[\"weather\"]}"},
	    {"service.subscribe", "{\"topics\":[\"log\"]}"},
	    {"service.subscribe", "{\"topics\":[1]}"},
	    {"service.subscribe", "{\"topics\":\"user\"}"},
	    {"service.subscribe", "{}"},
	    {"service.whoami", "{\"x\":1}"},
	    {"audit.list", "{\"cursor\":\"x\"}"},
	    {"audit.list", "{\"cursor\":\"0\"}"},
	    {"audit.list", "{\"cursor\":\"99999999999999999999\"}"},
	    {"config.history", "{\"limit\":5001}"},
	    {"config.undo", "{\"id\":0}"},
	    {"config.undo", "{\"id\":\"1\"}"},
	    {"channel.members", "{}"},
	};
	ControlFixture fixture;
	TestPeer peer;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *message = test_peer_error(
		    &peer, cases[i].method, cases[i].params, CONTROL_ERROR_INVALID_PARAMS);

		g_test_message("%s %s: %s", cases[i].method, cases[i].params, message);
	}
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/methods-service/status", test_status);
	g_test_add_func("/methods-service/status-of-the-file", test_status_of_the_file);
	g_test_add_func("/methods-service/whoami", test_whoami);
	g_test_add_func("/methods-service/stop", test_stop);
	g_test_add_func("/methods-service/registered-channels", test_registered_channels);
	g_test_add_func("/methods-service/audit", test_audit);
	g_test_add_func("/methods-service/bad", test_bad_subscriptions_and_cursors);
	return g_test_run();
}
