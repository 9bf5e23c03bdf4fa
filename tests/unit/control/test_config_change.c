/* SPDX-License-Identifier: MIT */
/* Changes of the configuration over the control socket: real file, real store, real reload. */
#include "control/config_change.h"

#include "control.h"
#include "control_fixture.h"

#include <string.h>
#include <unistd.h>

static const char config[] =
    "# our limits\n[limits]\n; of nicks\nnick = 20\n\n[log]\nlevel = warn\n";

#define SET(section, key, value)                                                                   \
	"{\"changes\":[{\"section\":\"" section "\",\"key\":\"" key "\",\"value\":" value "}]}"

static void
assert_file(const ControlFixture *fixture, const char *expected)
{
	g_autofree char *text = control_fixture_config(fixture);

	g_assert_cmpstr(text, ==, expected);
}

static void
assert_file_has(const ControlFixture *fixture, const char *part)
{
	g_autofree char *text = control_fixture_config(fixture);

	if (!strstr(text, part))
		g_error("no '%s' in: %s", part, text);
}

static void
test_set_applies_records_and_answers(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) result = NULL;
	g_autoptr(json_t) history = NULL;
	g_autoptr(json_t) audit = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	result = test_peer_result(&peer, "config.set",
	    "{\"changes\":[{\"section\":\"limits\",\"key\":\"topic\",\"value\":200},"
	    "{\"section\":\"log\",\"key\":\"level\",\"value\":\"error\"}],\"comment\":\"quiet\"}");
	g_assert_cmpint(json_integer_value(json_at(result, "id")), ==, 1);
	g_assert_cmpuint(json_array_size(json_at(result, "changed")), ==, 2);
	g_assert_cmpstr(json_text_at(result, "changed.0.section"), ==, "limits");
	g_assert_cmpstr(json_text_at(result, "changed.0.key"), ==, "topic");
	g_assert_cmpstr(json_text_at(result, "changed.0.from"), ==, "390");
	g_assert_cmpstr(json_text_at(result, "changed.0.to"), ==, "200");
	g_assert_true(json_is_true(json_at(result, "changed.0.live")));
	g_assert_cmpuint(json_array_size(json_at(result, "restart_needed")), ==, 0);
	/* In force, in the file with its comments, in the history, in the audit. */
	g_assert_cmpuint(fixture.community->settings->limits->topic, ==, 200);
	assert_file_has(&fixture, "# our limits\n[limits]\n; of nicks\nnick = 20\n");
	assert_file_has(&fixture, "topic = 200\n");
	assert_file_has(&fixture, "level = error\n");
	history = test_peer_result(&peer, "config.history", NULL);
	g_assert_cmpint(json_integer_value(json_at(history, "total")), ==, 1);
	g_assert_cmpstr(json_text_at(history, "list.0.state"), ==, "done");
	g_assert_cmpstr(json_text_at(history, "list.0.comment"), ==, "quiet");
	g_assert_nonnull(strstr(json_text_at(history, "list.0.who"), "(uid 0)"));
	g_assert_cmpstr(json_text_at(history, "list.0.changes.0.key"), ==, "topic");
	g_assert_true(json_is_null(json_at(history, "list.0.changes.0.from")));
	g_assert_cmpstr(json_text_at(history, "list.0.changes.1.from"), ==, "warn");
	g_assert_cmpstr(json_text_at(history, "list.0.time"), ==, "2017-07-14T02:40:00.000Z");
	audit = test_peer_result(&peer, "audit.list", NULL);
	g_assert_cmpint(json_integer_value(json_at(audit, "total")), ==, 1);
	g_assert_cmpstr(json_text_at(audit, "list.0.method"), ==, "config.set");
	g_assert_cmpstr(json_text_at(audit, "list.0.outcome"), ==, "done");
	g_assert_cmpstr(json_text_at(audit, "list.0.after.changed.1.to"), ==, "error");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* All or nothing: one bad value, and file, force and history are as they were. */
static void
test_bad_changes_change_nothing(void)
{
	static const struct {
		const char *params;
		const char *says;
	} cases[] = {
	    {SET("limits", "nick", "\"many\""), "nick"},
	    {SET("limits", "nick", "64"), "9 to 63"},
	    {SET("limits", "nick", "-1"), "nick"},
	    {SET("limits", "no_such", "1"), "no_such"},
	    {SET("nowhere", "nick", "1"), "no such section"},
	    {SET("limits x", "nick", "20"), "has no name"},
	    {SET("listener", "port", "7000"), "needs a name"},
	    {SET("log", "level", "\"loud\""), "level"},
	    {SET("limits", "nick", "{}"), "value must be"},
	    {SET("limits", "nick", "1.5"), "value must be"},
	    {SET("limits", "nick", "[1]"), "value must be"},
	    {SET("limits", "ni ck", "1"), "key"},
	    {SET("lim]its", "nick", "1"), "section"},
	    {SET("limits\\n[log]", "nick", "1"), "section"},
	    {"{\"changes\":[]}", "1 to 1000"},
	    {"{\"changes\":[1]}", "changes[0]"},
	    {"{\"changes\":[{\"section\":\"limits\",\"key\":\"nick\"}]}", "changes[0]"},
	    {"{\"changes\":{}}", "an array"},
	    {"{\"changes\":[{\"section\":\"limits\",\"key\":\"topic\",\"value\":200},"
	     "{\"section\":\"limits\",\"key\":\"nick\",\"value\":1}]}",
		"9 to 63"},
	    {"{\"changes\":[],\"more\":1}", "'more' is no parameter"},
	};
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) history = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *message = test_peer_error(
		    &peer, "config.set", cases[i].params, CONTROL_ERROR_INVALID_PARAMS);

		g_test_message("%s: %s", cases[i].params, message);
		g_assert_nonnull(strstr(message, cases[i].says));
		assert_file(&fixture, config);
	}
	g_assert_cmpuint(fixture.community->settings->limits->nick, ==, 20);
	g_assert_cmpuint(fixture.community->settings->limits->topic, ==, 390);
	history = test_peer_result(&peer, "config.history", NULL);
	g_assert_cmpint(json_integer_value(json_at(history, "total")), ==, 0);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_a_line_end_in_a_value_stays_a_value(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) result = NULL;

	control_fixture_init(&fixture, "[community main]\nnetwork = X\n");
	test_peer_open(&peer, &fixture, 0);
	result = test_peer_result(
	    &peer, "config.set", SET("community main", "motd", "\"a\\n[limits]\\nnick = 9\""));
	g_assert_cmpuint(fixture.community->settings->limits->nick, ==, 32);
	g_assert_cmpstr(
	    ((SettingsCommunity *)fixture.community->settings->communities->pdata[0])->motd, ==,
	    "a\n[limits]\nnick = 9");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_an_edited_file_is_not_touched(void)
{
	static const char edited[] = "# by hand\n[limits]\nnick = 25\n";
	ControlFixture fixture;
	TestPeer peer;
	g_autofree char *message = NULL;
	g_autofree char *broken = NULL;
	g_autoptr(json_t) diff = NULL;
	g_autoptr(json_t) rehash = NULL;
	g_autoptr(json_t) result = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	g_assert_true(g_file_set_contents(fixture.config_path, edited, -1, NULL));
	message = test_peer_error(
	    &peer, "config.set", SET("limits", "topic", "200"), CONTROL_ERROR_CONFLICT);
	g_assert_nonnull(strstr(message, "edited by hand"));
	assert_file(&fixture, edited);
	diff = test_peer_result(&peer, "config.diff", NULL);
	g_assert_cmpstr(json_text_at(diff, "state"), ==, "edited");
	g_assert_cmpstr(json_text_at(diff, "list.0.from"), ==, "20");
	g_assert_cmpstr(json_text_at(diff, "list.0.to"), ==, "25");
	g_assert_true(g_file_set_contents(fixture.config_path, "[limits]\nnick = x\n", -1, NULL));
	broken = test_peer_error(
	    &peer, "config.set", SET("limits", "topic", "200"), CONTROL_ERROR_CONFLICT);
	g_assert_nonnull(strstr(broken, "chatd.conf:2"));
	/* Reloaded, the file is the truth again. */
	g_assert_true(g_file_set_contents(fixture.config_path, edited, -1, NULL));
	rehash = test_peer_result(&peer, "server.rehash", NULL);
	g_assert_true(json_is_true(json_at(rehash, "success")));
	result = test_peer_result(&peer, "config.set", SET("limits", "topic", "200"));
	assert_file_has(&fixture, "# by hand\n[limits]\nnick = 25\n");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_rehash_of_a_broken_file_tells_where(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) rehash = NULL;
	g_autoptr(json_t) diff = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	g_assert_true(
	    g_file_set_contents(fixture.config_path, "[limits]\nnick = x\ntopic = y\n", -1, NULL));
	rehash = test_peer_result(&peer, "server.rehash", NULL);
	g_assert_true(json_is_false(json_at(rehash, "success")));
	g_assert_cmpuint(json_array_size(json_at(rehash, "log")), ==, 2);
	g_assert_nonnull(strstr(json_text_at(rehash, "log.1.msg"), "chatd.conf:3"));
	g_assert_cmpuint(json_object_size(json_at(rehash, "log.0")), ==, 6);
	g_assert_cmpuint(fixture.community->settings->limits->nick, ==, 20);
	diff = test_peer_result(&peer, "config.diff", NULL);
	g_assert_cmpstr(json_text_at(diff, "state"), ==, "invalid");
	g_assert_cmpuint(json_array_size(json_at(diff, "errors")), ==, 2);
	g_assert_cmpint(json_integer_value(json_at(diff, "errors.0.line")), ==, 2);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_undo(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) one = NULL;
	g_autoptr(json_t) two = NULL;
	g_autoptr(json_t) three = NULL;
	g_autoptr(json_t) four = NULL;
	g_autoptr(json_t) history = NULL;
	g_autofree char *later = NULL;
	g_autofree char *none = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	one = test_peer_result(&peer, "config.set", SET("limits", "nick", "30"));
	two = test_peer_result(&peer, "config.set", SET("limits", "nick", "31"));
	later = test_peer_error(&peer, "config.undo", "{\"id\":1}", CONTROL_ERROR_CONFLICT);
	g_assert_nonnull(strstr(later, "change 2"));
	three = test_peer_result(&peer, "config.undo", "{\"id\":2,\"comment\":\"no\"}");
	g_assert_cmpuint(fixture.community->settings->limits->nick, ==, 30);
	none = test_peer_error(&peer, "config.undo", "{\"id\":99}", CONTROL_ERROR_NOT_FOUND);
	/* The undo itself can be undone. */
	four = test_peer_result(&peer, "config.undo", "{\"id\":3}");
	g_assert_cmpuint(fixture.community->settings->limits->nick, ==, 31);
	history = test_peer_result(&peer, "config.history", "{\"limit\":2}");
	g_assert_cmpuint(json_array_size(json_at(history, "list")), ==, 2);
	g_assert_cmpint(json_integer_value(json_at(history, "list.0.undo_of")), ==, 3);
	g_assert_cmpint(json_integer_value(json_at(history, "list.1.undo_of")), ==, 2);
	g_assert_cmpstr(json_text_at(history, "next_cursor"), ==, "3");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* A section appears with its first key, goes whole, and comes back whole. */
static void
test_sections(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) one = NULL;
	g_autoptr(json_t) two = NULL;
	g_autoptr(json_t) three = NULL;
	g_autoptr(json_t) four = NULL;
	g_autoptr(json_t) got = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	one = test_peer_result(&peer, "config.set",
	    "{\"changes\":[{\"section\":\"role desk\",\"key\":\"rights\",\"value\":\"operator\"},"
	    "{\"section\":\"role desk\",\"key\":\"users\",\"value\":[\"anna\",\"bert\"]}]}");
	got = test_peer_result(&peer, "config.get", "{\"section\":\"role desk\"}");
	g_assert_cmpuint(json_array_size(json_at(got, "list")), ==, 3);
	g_assert_cmpstr(json_text_at(got, "list.0.value"), ==, "operator");
	two = test_peer_result(&peer, "config.set",
	    "{\"changes\":[{\"section\":\"role desk\",\"key\":null,\"value\":null}]}");
	g_assert_cmpuint(fixture.community->settings->roles->len, ==, 0);
	three = test_peer_result(&peer, "config.undo", "{\"id\":2}");
	g_assert_cmpuint(fixture.community->settings->roles->len, ==, 1);
	g_assert_cmpstr(
	    ((SettingsRole *)fixture.community->settings->roles->pdata[0])->users[1], ==, "bert");
	(void)four;
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_expect(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) one = NULL;
	g_autoptr(json_t) two = NULL;
	g_autofree char *message = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	one = test_peer_result(&peer, "config.set",
	    "{\"expect\":0,\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"value\":30}]}");
	message = test_peer_error(&peer, "config.set",
	    "{\"expect\":0,\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"value\":31}]}",
	    CONTROL_ERROR_CONFLICT);
	g_assert_nonnull(strstr(message, "somebody else was faster"));
	two = test_peer_result(&peer, "config.set",
	    "{\"expect\":1,\"changes\":[{\"section\":\"limits\",\"key\":\"nick\",\"value\":31}]}");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* Applying fails after the file was written: the file is put back, the record says failed. */
static void
test_a_refused_reload_restores_the_file(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autofree char *message = NULL;
	g_autoptr(json_t) history = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	fixture.refuse_reload = true;
	message = test_peer_error(
	    &peer, "config.set", SET("limits", "nick", "30"), CONTROL_ERROR_REFUSED);
	g_assert_nonnull(strstr(message, "the port is taken"));
	assert_file(&fixture, config);
	g_assert_cmpuint(fixture.community->settings->limits->nick, ==, 20);
	history = test_peer_result(&peer, "config.history", NULL);
	g_assert_cmpstr(json_text_at(history, "list.0.state"), ==, "failed");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_secrets_never_leave(void)
{
	static const char hash[] = "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2Fs$"
				   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"
				   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
	ControlFixture fixture;
	TestPeer peer;
	g_autofree char *params = g_strdup_printf("{\"changes\":[{\"section\":\"operator o\","
						  "\"key\":\"password\",\"value\":\"%s\"}]}",
	    hash);
	static const char *const readers[] = {
	    "config.get", "config.history", "config.diff", "audit.list", "log.list"};
	g_autoptr(json_t) subscribed = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	subscribed = test_peer_result(&peer, "service.subscribe", "{\"topics\":[\"config\"]}");
	test_peer_send(
	    &peer, "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"config.set\",\"params\":null}");
	json_decref(test_peer_next(&peer));
	{
		g_autofree char *line = g_strdup_printf(
		    "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"config.set\",\"params\":%s}",
		    params);

		test_peer_send(&peer, line);
	}
	/* The push and the answer. */
	for (int i = 0; i < 2; i++) {
		g_autoptr(json_t) told = test_peer_next(&peer);
		g_autofree char *text = json_compact(told);

		g_assert_null(json_at(told, "error"));
		g_assert_null(strstr(text, "AAAAAAAA"));
		g_assert_nonnull(strstr(text, "(secret)"));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(readers); i++) {
		g_autoptr(json_t) result = test_peer_result(&peer, readers[i], NULL);
		g_autofree char *text = json_compact(result);

		g_assert_null(strstr(text, "AAAAAAAA"));
	}
	{
		g_autoptr(json_t) got = test_peer_result(
		    &peer, "config.get", "{\"section\":\"operator o\",\"key\":\"password\"}");

		g_assert_true(json_is_null(json_at(got, "list.0.value")));
		g_assert_true(json_is_true(json_at(got, "list.0.set")));
	}
	assert_file_has(&fixture, hash);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_restart_rows_are_pending(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) result = NULL;
	g_autoptr(json_t) got = NULL;
	g_autoptr(json_t) again = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	result = test_peer_result(&peer, "config.set", SET("service", "io_threads", "2"));
	g_assert_cmpstr(json_text_at(result, "restart_needed.0"), ==, "[service] io_threads");
	got = test_peer_result(
	    &peer, "config.get", "{\"section\":\"service\",\"key\":\"io_threads\"}");
	g_assert_true(json_is_true(json_at(got, "list.0.pending")));
	g_assert_cmpstr(json_text_at(got, "list.0.source"), ==, fixture.config_path);
	test_peer_close(&peer);
	control_fixture_restart(&fixture);
	test_peer_open(&peer, &fixture, 0);
	again = test_peer_result(
	    &peer, "config.get", "{\"section\":\"service\",\"key\":\"io_threads\"}");
	g_assert_true(json_is_false(json_at(again, "list.0.pending")));
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* Two consoles at once: both are carried out, one after the other. */
static void
test_changes_wait_for_each_other(void)
{
	ControlFixture fixture;
	TestPeer a, b;
	g_autoptr(json_t) first = NULL;
	g_autoptr(json_t) second = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&a, &fixture, 0);
	test_peer_open(&b, &fixture, 0);
	test_peer_send(
	    &a, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"config.set\",\"params\":" SET(
		    "limits", "nick", "30") "}");
	test_peer_send(
	    &b, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"config.set\",\"params\":" SET(
		    "limits", "topic", "300") "}");
	first = test_peer_next(&a);
	second = test_peer_next(&b);
	g_assert_cmpint(json_integer_value(json_at(first, "result.id")), ==, 1);
	g_assert_cmpint(json_integer_value(json_at(second, "result.id")), ==, 2);
	g_assert_cmpuint(fixture.community->settings->limits->nick, ==, 30);
	g_assert_cmpuint(fixture.community->settings->limits->topic, ==, 300);
	test_peer_close(&a);
	test_peer_close(&b);
	control_fixture_clear(&fixture);
}

static void
test_nothing_to_change(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) result = NULL;

	control_fixture_init(&fixture, config);
	test_peer_open(&peer, &fixture, 0);
	result = test_peer_result(&peer, "config.set", SET("limits", "nick", "20"));
	g_assert_true(json_is_null(json_at(result, "id")));
	assert_file(&fixture, config);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/config-change/set", test_set_applies_records_and_answers);
	g_test_add_func("/config-change/bad", test_bad_changes_change_nothing);
	g_test_add_func("/config-change/line-end", test_a_line_end_in_a_value_stays_a_value);
	g_test_add_func("/config-change/edited", test_an_edited_file_is_not_touched);
	g_test_add_func("/config-change/broken-rehash", test_rehash_of_a_broken_file_tells_where);
	g_test_add_func("/config-change/undo", test_undo);
	g_test_add_func("/config-change/sections", test_sections);
	g_test_add_func("/config-change/expect", test_expect);
	g_test_add_func("/config-change/refused-reload", test_a_refused_reload_restores_the_file);
	g_test_add_func("/config-change/secrets", test_secrets_never_leave);
	g_test_add_func("/config-change/restart-rows", test_restart_rows_are_pending);
	g_test_add_func("/config-change/wait", test_changes_wait_for_each_other);
	g_test_add_func("/config-change/nothing", test_nothing_to_change);
	return g_test_run();
}
