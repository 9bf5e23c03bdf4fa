/* SPDX-License-Identifier: MIT */
/* What consoles are told: events, in order, never between a call and its answer, resync. */
#include "control/control_state.h"

#include "act/verbs.h"
#include "control_fixture.h"
#include "domain/channel.h"
#include "domain/directory.h"

#include <string.h>

#define ALL "{\"topics\":[\"user\",\"channel\",\"member\",\"config\",\"service\"]}"

static void
follow(TestPeer *peer, ControlFixture *fixture, const char *topics)
{
	test_peer_open(peer, fixture, 0);
	json_decref(test_peer_result(peer, "service.subscribe", topics));
}

/* The next push is of this type; gives its result, which the caller frees. */
static json_t *
expect_push(TestPeer *peer, const char *type)
{
	g_autoptr(json_t) push = test_peer_next(peer);

	g_assert_cmpstr(json_text_at(push, "method"), ==, "service.event");
	g_assert_null(json_at(push, "id"));
	g_assert_cmpstr(json_text_at(push, "result.type"), ==, type);
	return json_incref(json_at(push, "result"));
}

static void
assert_push(TestPeer *peer, const char *type, const char *path, const char *value)
{
	g_autoptr(json_t) result = expect_push(peer, type);

	g_assert_cmpstr(json_text_at(result, path), ==, value);
}

static void
test_a_users_life(void)
{
	ControlFixture fixture;
	TestPeer watch, act;
	User *anna;
	Channel *chat;
	g_autoptr(json_t) changed = NULL;

	control_fixture_init(&fixture, NULL);
	follow(&watch, &fixture, ALL);
	test_peer_open(&act, &fixture, 0);
	anna = control_fixture_user(&fixture, "anna");
	chat = control_fixture_channel(&fixture, "#chat");
	control_fixture_join(&fixture, anna, chat);
	assert_push(&watch, "user.add", "user.name", "anna");
	assert_push(&watch, "channel.add", "channel.name", "#chat");
	assert_push(&watch, "member.add", "member.name", "anna");
	/* Coalesced, with the state after the turn. */
	changed = expect_push(&watch, "user.change");
	g_assert_cmpint(json_integer_value(json_at(changed, "user.channels")), ==, 1);
	assert_push(&watch, "channel.change", "channel.name", "#chat");
	json_decref(test_peer_result(&act, "channel.set_mode",
	    "{\"channel\":\"#chat\",\"modes\":\"+ov-t\",\"parameters\":\"anna anna\"}"));
	assert_push(&watch, "member.change", "member.level", "ov");
	assert_push(&watch, "member.change", "member.level", "ov");
	assert_push(&watch, "channel.change", "channel.modes", "n");
	json_decref(test_peer_result(
	    &act, "channel.set_topic", "{\"channel\":\"#chat\",\"topic\":\"new\"}"));
	assert_push(&watch, "channel.change", "channel.topic", "new");
	json_decref(
	    test_peer_result(&act, "user.kill", "{\"nick\":\"anna\",\"reason\":\"enough\"}"));
	assert_push(&watch, "member.remove", "channel", "#chat");
	assert_push(&watch, "user.remove", "name", "anna");
	assert_push(&watch, "channel.remove", "name", "#chat");
	g_assert_null(test_peer_poll(&act));
	test_peer_close(&watch);
	test_peer_close(&act);
	control_fixture_clear(&fixture);
}

static void
test_an_accounts_life(void)
{
	ControlFixture fixture;
	TestPeer watch, act;
	User *anna;
	g_autoptr(json_t) added = NULL;
	g_autoptr(json_t) login = NULL;
	g_autofree char *id = NULL;

	control_fixture_init(&fixture, NULL);
	follow(&watch, &fixture, "{\"topics\":[\"account\",\"user\"]}");
	test_peer_open(&act, &fixture, 0);
	json_decref(test_peer_result(&act, "account.add",
	    "{\"account\":\"bea\",\"password\":\"open sesame\","
	    "\"email\":\"bea@example.org\"}"));
	added = expect_push(&watch, "account.change");
	g_assert_cmpstr(json_text_at(added, "account.email"), ==, "bea@example.org");
	g_assert_cmpstr(json_text_at(added, "account.name"), ==, "bea");
	id = g_strdup(json_text_at(added, "account.id"));
	json_decref(test_peer_result(&act, "account.suspend", "{\"account\":\"bea\"}"));
	login = expect_push(&watch, "account.change");
	g_assert_true(json_is_true(json_at(login, "account.suspended")));
	json_decref(test_peer_result(&act, "account.remove", "{\"account\":\"bea\"}"));
	assert_push(&watch, "account.remove", "id", id);
	/* A login is seen at the user and at the account. */
	json_decref(test_peer_result(
	    &act, "account.add", "{\"account\":\"anna\",\"password\":\"open sesame\"}"));
	assert_push(&watch, "account.change", "account.name", "anna");
	anna = control_fixture_user(&fixture, "anna");
	assert_push(&watch, "user.add", "user.name", "anna");
	control_fixture_login(&fixture, anna, "anna");
	assert_push(&watch, "user.change", "user.account", "anna");
	g_clear_pointer(&login, json_decref);
	login = expect_push(&watch, "account.change");
	g_assert_cmpint(json_integer_value(json_at(login, "account.users")), ==, 1);
	g_assert_null(test_peer_poll(&watch));
	test_peer_close(&watch);
	test_peer_close(&act);
	control_fixture_clear(&fixture);
}

static void
test_topics_are_kept_apart(void)
{
	ControlFixture fixture;
	TestPeer users, channels;

	control_fixture_init(&fixture, NULL);
	follow(&users, &fixture, "{\"topics\":[\"user\"]}");
	follow(&channels, &fixture, "{\"topics\":[\"channel\"]}");
	control_fixture_user(&fixture, "anna");
	control_fixture_channel(&fixture, "#chat");
	assert_push(&users, "user.add", "user.name", "anna");
	assert_push(&channels, "channel.add", "channel.name", "#chat");
	g_assert_null(test_peer_poll(&users));
	g_assert_null(test_peer_poll(&channels));
	/* An empty list ends it. */
	json_decref(test_peer_result(&users, "service.subscribe", "{\"topics\":[]}"));
	control_fixture_user(&fixture, "bert");
	g_assert_null(test_peer_poll(&users));
	test_peer_close(&users);
	test_peer_close(&channels);
	control_fixture_clear(&fixture);
}

static void
test_configuration_is_told(void)
{
	ControlFixture fixture;
	TestPeer watch, act;
	g_autoptr(json_t) ours = NULL;
	g_autoptr(json_t) other = NULL;

	control_fixture_init(&fixture, NULL);
	follow(&watch, &fixture, "{\"topics\":[\"config\"]}");
	test_peer_open(&act, &fixture, 0);
	json_decref(test_peer_result(&act, "config.set",
	    "{\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"value\":20}]}"));
	ours = expect_push(&watch, "config.changed");
	g_assert_cmpint(json_integer_value(json_at(ours, "id")), ==, 1);
	g_assert_cmpstr(json_text_at(ours, "changes.0.to"), ==, "20");
	g_assert_true(g_file_set_contents(fixture.config_path, "[limits]\nnick = 21\n", -1, NULL));
	json_decref(test_peer_result(&act, "server.rehash", NULL));
	other = expect_push(&watch, "config.changed");
	g_assert_true(json_is_null(json_at(other, "id")));
	g_assert_cmpstr(json_text_at(other, "changes.0.from"), ==, "20");
	g_assert_cmpstr(json_text_at(other, "changes.0.to"), ==, "21");
	test_peer_close(&watch);
	test_peer_close(&act);
	control_fixture_clear(&fixture);
}

/* Another secret is told as a change, without either. */
static void
test_another_secret_is_told(void)
{
	static const char text[] = "[operator o]\nmasks = *!*@192.0.2.1\npassword = "
				   "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2Fs$"
				   "%sAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"
				   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
	g_autofree char *one = g_strdup_printf(text, "AA");
	g_autofree char *two = g_strdup_printf(text, "BB");
	g_autofree char *told = NULL;
	ControlFixture fixture;
	TestPeer watch, act;
	g_autoptr(json_t) push = NULL;

	control_fixture_init(&fixture, one);
	follow(&watch, &fixture, "{\"topics\":[\"config\"]}");
	test_peer_open(&act, &fixture, 0);
	json_decref(test_peer_result(&act, "server.rehash", NULL));
	g_assert_null(test_peer_poll(&watch));
	g_assert_true(g_file_set_contents(fixture.config_path, two, -1, NULL));
	json_decref(test_peer_result(&act, "server.rehash", NULL));
	push = expect_push(&watch, "config.changed");
	g_assert_cmpuint(json_array_size(json_at(push, "changes")), ==, 1);
	g_assert_cmpstr(json_text_at(push, "changes.0.key"), ==, "password");
	g_assert_cmpstr(json_text_at(push, "changes.0.from"), ==, "(secret)");
	g_assert_cmpstr(json_text_at(push, "changes.0.to"), ==, "(secret)");
	told = json_dumps(push, 0);
	g_assert_null(strstr(told, "AAAA"));
	test_peer_close(&watch);
	test_peer_close(&act);
	control_fixture_clear(&fixture);
}

/* What happens while a call is in flight comes after its answer. */
static void
test_never_between_call_and_answer(void)
{
	ControlFixture fixture;
	TestPeer watch;
	g_autoptr(json_t) answer = NULL;

	control_fixture_init(&fixture, NULL);
	follow(&watch, &fixture, ALL);
	test_peer_send(&watch, "{\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"audit.list\"}");
	control_fixture_user(&fixture, "anna");
	control_fixture_user(&fixture, "bert");
	g_assert_null(test_peer_poll(&watch));
	answer = test_peer_next(&watch);
	g_assert_cmpint(json_integer_value(json_at(answer, "id")), ==, 77);
	assert_push(&watch, "user.add", "user.name", "anna");
	assert_push(&watch, "user.add", "user.name", "bert");
	test_peer_close(&watch);
	control_fixture_clear(&fixture);
}

static void
test_a_slow_reader_is_resynced(void)
{
	ControlFixture fixture;
	TestPeer slow, quick;
	g_autoptr(json_t) resync = NULL;

	control_fixture_init(&fixture, NULL);
	follow(&slow, &fixture, "{\"topics\":[\"user\",\"channel\"]}");
	follow(&quick, &fixture, "{\"topics\":[\"user\"]}");
	slow.unsent = CONTROL_PUSH_QUEUE_MAX;
	control_fixture_user(&fixture, "anna");
	control_fixture_user(&fixture, "bert");
	assert_push(&quick, "user.add", "user.name", "anna");
	assert_push(&quick, "user.add", "user.name", "bert");
	g_assert_null(test_peer_poll(&slow));
	/* Its answers still come. */
	json_decref(test_peer_result(&slow, "stats.get", NULL));
	slow.unsent = 0;
	/* Half of the truth is worse than none: still nothing of that topic, but the other. */
	control_fixture_user(&fixture, "carl");
	assert_push(&quick, "user.add", "user.name", "carl");
	control_fixture_channel(&fixture, "#chat");
	assert_push(&slow, "channel.add", "channel.name", "#chat");
	resync = expect_push(&slow, "resync");
	g_assert_cmpuint(json_array_size(json_at(resync, "topics")), ==, 1);
	g_assert_cmpstr(json_text_at(resync, "topics.0"), ==, "user");
	control_fixture_user(&fixture, "dora");
	assert_push(&slow, "user.add", "user.name", "dora");
	test_peer_close(&slow);
	test_peer_close(&quick);
	control_fixture_clear(&fixture);
}

static void
test_log_events(void)
{
	ControlFixture fixture;
	TestPeer watch, act;
	g_autoptr(json_t) push = NULL;
	g_autoptr(json_t) list = NULL;
	g_autoptr(json_t) all = NULL;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&watch, &fixture, 0);
	test_peer_open(&act, &fixture, 0);
	json_decref(test_peer_result(
	    &watch, "log.subscribe", "{\"sources\":[\"!debug\",\"door\",\"!DOOR_SHUT\"]}"));
	log_event(fixture.log, LOG_LEVEL_INFO, "window", "WINDOW_OPEN", NULL, "not wanted");
	log_event(fixture.log, LOG_LEVEL_INFO, "door", "DOOR_SHUT", NULL, "not wanted");
	log_event(fixture.log, LOG_LEVEL_DEBUG, "door", "DOOR_THOUGHT", NULL, "not wanted");
	json_decref(test_peer_result(&act, "log.send",
	    "{\"message\":\"open \\u00e4\",\"level\":\"warn\",\"subsystem\":\"door\","
	    "\"event_id\":\"DOOR_OPEN\"}"));
	push = test_peer_next(&watch);
	g_assert_cmpstr(json_text_at(push, "method"), ==, "log.event");
	g_assert_cmpstr(json_text_at(push, "result.event_id"), ==, "DOOR_OPEN");
	g_assert_cmpstr(json_text_at(push, "result.level"), ==, "warn");
	g_assert_cmpstr(json_text_at(push, "result.msg"), ==, "open \xc3\xa4");
	g_assert_cmpstr(json_text_at(push, "result.timestamp"), ==, "2017-07-14T02:40:00.000Z");
	g_assert_cmpstr(json_text_at(push, "result.log_source"), ==, "chatd.localhost");
	g_assert_null(test_peer_poll(&watch));
	list = test_peer_result(&act, "log.list", "{\"sources\":[\"window\"]}");
	g_assert_cmpuint(json_array_size(json_at(list, "list")), ==, 1);
	all = test_peer_result(&act, "log.list", NULL);
	g_assert_cmpuint(json_array_size(json_at(all, "list")), ==, 3);
	test_peer_close(&watch);
	test_peer_close(&act);
	control_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/push/users-life", test_a_users_life);
	g_test_add_func("/push/accounts-life", test_an_accounts_life);
	g_test_add_func("/push/topics", test_topics_are_kept_apart);
	g_test_add_func("/push/configuration", test_configuration_is_told);
	g_test_add_func("/push/another-secret-is-told", test_another_secret_is_told);
	g_test_add_func("/push/never-between", test_never_between_call_and_answer);
	g_test_add_func("/push/slow-reader", test_a_slow_reader_is_resynced);
	g_test_add_func("/push/log", test_log_events);
	return g_test_run();
}
