/* SPDX-License-Identifier: MIT */
#include "control_fixture.h"

#include "control/control_state.h"

#include <string.h>

static void
take_line(void *data, Line *line)
{
	TestPeer *peer = data;
	json_t *value;

	peer->bytes += line->length;
	if (peer->count_only) {
		line_unref(line);
		return;
	}
	g_assert_false(peer->closed);
	g_assert_cmpint(line->data[line->length - 1], ==, '\n');
	g_assert_null(memchr(line->data, '\n', line->length - 1));
	g_assert_true(g_utf8_validate(line->data, line->length, NULL));
	value = json_loadb(line->data, line->length, JSON_REJECT_DUPLICATES, NULL);
	g_assert_nonnull(value);
	g_assert_cmpstr(json_text_at(value, "jsonrpc"), ==, "2.0");
	g_queue_push_tail(&peer->lines, value);
	line_unref(line);
}

static void
take_close(void *data, CloseReason reason)
{
	TestPeer *peer = data;

	peer->closed = true;
	peer->reason = reason;
}

static size_t
tell_unsent(void *data)
{
	return ((TestPeer *)data)->unsent;
}

void
test_peer_prepare(TestPeer *peer, ControlFixture *fixture, const ControlPeer *who)
{
	ControlOutput output = {
	    .data = peer, .send = take_line, .close = take_close, .unsent = tell_unsent};

	*peer = (TestPeer){.fixture = fixture};
	g_queue_init(&peer->lines);
	peer->session = control_session_open(fixture->control, who, &output);
}

void
test_peer_open_as(TestPeer *peer, ControlFixture *fixture, const ControlPeer *who)
{
	test_peer_prepare(peer, fixture, who);
	while (peer->session && peer->session->judge)
		control_fixture_turn(fixture);
}

void
test_peer_open(TestPeer *peer, ControlFixture *fixture, uid_t uid)
{
	ControlPeer who = {.uid = uid, .pid = 1};

	test_peer_open_as(peer, fixture, &who);
}

void
test_peer_close(TestPeer *peer)
{
	control_session_close(peer->session);
	peer->session = NULL;
	g_queue_clear_full(&peer->lines, (GDestroyNotify)json_decref);
}

void
test_peer_send(TestPeer *peer, const char *line)
{
	/* Exactly as many bytes as there are: a read past them is seen. */
	size_t length = strlen(line);
	char *copy = g_memdup2(line, MAX(length, 1));

	control_session_input(peer->session, copy, length, false);
	g_free(copy);
}

json_t *
test_peer_poll(TestPeer *peer)
{
	return g_queue_pop_head(&peer->lines);
}

json_t *
test_peer_next(TestPeer *peer)
{
	gint64 limit = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	while (g_queue_is_empty(&peer->lines)) {
		g_assert_cmpint(g_get_monotonic_time(), <, limit);
		control_fixture_turn(peer->fixture);
	}
	return g_queue_pop_head(&peer->lines);
}

json_t *
test_peer_call(TestPeer *peer, const char *method, const char *params)
{
	static int id;
	g_autofree char *line =
	    g_strdup_printf("{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}", ++id,
		method, params ? params : "null");

	test_peer_send(peer, line);
	for (;;) {
		json_t *answer = test_peer_next(peer);

		/* Pushes have no id. */
		if (json_integer_value(json_at(answer, "id")) == id)
			return answer;
		json_decref(answer);
	}
}

json_t *
test_peer_result(TestPeer *peer, const char *method, const char *params)
{
	g_autoptr(json_t) answer = test_peer_call(peer, method, params);
	json_t *result = json_at(answer, "result");

	if (!result)
		g_error("%s %s: %s", method, params, json_text_at(answer, "error.message"));
	g_assert_null(json_at(answer, "error"));
	g_assert_cmpstr(json_text_at(answer, "method"), ==, method);
	return json_incref(result);
}

char *
test_peer_error(TestPeer *peer, const char *method, const char *params, int code)
{
	g_autoptr(json_t) answer = test_peer_call(peer, method, params);
	json_t *error = json_at(answer, "error");

	g_assert_nonnull(error);
	g_assert_null(json_at(answer, "result"));
	if (json_integer_value(json_at(error, "code")) != code)
		g_test_message("%s", json_text_at(error, "message"));
	g_assert_cmpint(json_integer_value(json_at(error, "code")), ==, code);
	return g_strdup(json_text_at(error, "message"));
}

json_t *
json_at(const json_t *value, const char *path)
{
	g_auto(GStrv) steps = g_strsplit(path, ".", -1);

	for (char **step = steps; *step && value; step++) {
		if (json_is_array(value))
			value = json_array_get(value, (size_t)g_ascii_strtoull(*step, NULL, 10));
		else
			value = json_object_get(value, *step);
	}
	return (json_t *)value;
}

const char *
json_text_at(const json_t *value, const char *path)
{
	return json_string_value(json_at(value, path));
}
