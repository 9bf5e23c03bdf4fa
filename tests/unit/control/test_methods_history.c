/* SPDX-License-Identifier: MIT */
/* history.*: pages in both directions, search, deletion, and what is refused. */
#include "control/method.h"

#include "control.h"
#include "control_fixture.h"

#include <glib/gstdio.h>

typedef struct HistoryPeer {
	ControlFixture fixture;
	TestPeer peer;
	char *path;
	History *history;
} HistoryPeer;

static void
say(HistoryPeer *test, const char *channel, const char *nick, unsigned number, const char *text)
{
	g_autofree char *source = g_strdup_printf("%s!~u@host", nick);
	g_autofree char *msgid = g_strdup_printf("m%u", number);
	const HistoryRow row = {
	    .time = INT64_C(1500000000) * CLOCK_SECOND + number * CLOCK_SECOND,
	    .said = text ? HISTORY_SAID : HISTORY_HAPPENED,
	    .channel = channel,
	    .msgid = msgid,
	    .kind = text ? "message" : "join",
	    .verb = text ? "PRIVMSG" : NULL,
	    .source = source,
	    .text = text,
	};

	history_add(test->history, &row, NULL, NULL);
}

static void
begin(HistoryPeer *test)
{
	g_autoptr(GError) error = NULL;

	control_fixture_init(&test->fixture, NULL);
	test->path = g_build_filename(test->fixture.folder, "history.db", NULL);
	test->history = history_open(test->path, test->fixture.answers, &error);
	g_assert_no_error(error);
	test->fixture.records.history = test->history;
	say(test, "#chat", "anna", 1, NULL);
	for (unsigned i = 2; i <= 5; i++)
		say(test, "#chat", i == 4 ? "bert" : "anna", i, i == 3 ? "a secret word" : "hello");
	say(test, "#other", "anna", 6, "a secret elsewhere");
	history_submit(test->history);
	while (!history_is_settled(test->history))
		control_fixture_turn(&test->fixture);
	test_peer_open(&test->peer, &test->fixture, 0);
}

static void
end(HistoryPeer *test)
{
	test_peer_close(&test->peer);
	while (!history_is_settled(test->history))
		control_fixture_turn(&test->fixture);
	test->fixture.records.history = NULL;
	history_close(test->history);
	g_free(test->path);
	control_fixture_clear(&test->fixture);
}

/* Ids of the answer's list and its cursor: "m5,m4 next m4". Caller frees. */
static char *
page(HistoryPeer *test, const char *method, const char *params)
{
	g_autoptr(json_t) result = test_peer_result(&test->peer, method, params);
	const json_t *list = json_object_get(result, "list");
	const char *cursor = json_text_at(result, "next_cursor");
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < json_array_size(list); i++)
		g_string_append_printf(text, "%s%s", i > 0 ? "," : "",
		    json_string_value(json_object_get(json_array_get(list, i), "msgid")));
	g_string_append_printf(text, " next %s", cursor ? cursor : "-");
	return g_string_free(text, FALSE);
}

static void
assert_page(HistoryPeer *test, const char *method, const char *params, const char *expected)
{
	g_autofree char *got = page(test, method, params);

	g_assert_cmpstr(got, ==, expected);
}

static void
test_pages(void)
{
	HistoryPeer test;

	begin(&test);
	assert_page(
	    &test, "history.list", "{\"channel\":\"#chat\",\"limit\":3}", "m5,m4,m3 next m3");
	assert_page(&test, "history.list", "{\"channel\":\"#CHAT\",\"limit\":3,\"cursor\":\"m3\"}",
	    "m2 next m2");
	assert_page(&test, "history.list", "{\"channel\":\"#chat\",\"cursor\":\"m2\"}", " next -");
	assert_page(
	    &test, "history.list", "{\"channel\":\"#chat\",\"limit\":5000}", "m5,m4,m3,m2 next m2");
	assert_page(&test, "history.list", "{\"channel\":\"#none\"}", " next -");
	assert_page(
	    &test, "history.export", "{\"channel\":\"#chat\",\"limit\":3}", "m1,m2,m3 next m3");
	assert_page(
	    &test, "history.export", "{\"channel\":\"#chat\",\"cursor\":\"m3\"}", "m4,m5 next m5");
	assert_page(
	    &test, "history.export", "{\"channel\":\"#chat\",\"cursor\":\"m5\"}", " next -");
	end(&test);
}

static void
test_search(void)
{
	HistoryPeer test;

	begin(&test);
	assert_page(
	    &test, "history.search", "{\"channel\":\"#chat\",\"text\":\"secret\"}", "m3 next -");
	assert_page(
	    &test, "history.search", "{\"channel\":\"#chat\",\"from\":\"BERT\"}", "m4 next -");
	assert_page(&test, "history.search",
	    "{\"channel\":\"#chat\",\"from\":\"anna\",\"text\":\"hello\"}", "m5,m2 next -");
	end(&test);
}

static void
test_delete(void)
{
	const char *params = "{\"channel\":\"#chat\",\"msgid\":\"m3\",\"reason\":\"private\"}";
	g_autoptr(json_t) done = NULL;
	g_autoptr(json_t) audit = NULL;
	HistoryPeer test;

	begin(&test);
	done = test_peer_result(&test.peer, "history.delete", params);
	g_assert_true(json_is_true(done));
	assert_page(&test, "history.list", "{\"channel\":\"#chat\"}", "m5,m4,m2 next m2");
	assert_page(
	    &test, "history.search", "{\"channel\":\"#chat\",\"text\":\"secret\"}", " next -");
	g_free(test_peer_error(&test.peer, "history.delete", params, CONTROL_ERROR_NOT_FOUND));
	/* In another channel, and what is no message. */
	g_free(test_peer_error(&test.peer, "history.delete",
	    "{\"channel\":\"#chat\",\"msgid\":\"m6\"}", CONTROL_ERROR_NOT_FOUND));
	g_free(test_peer_error(&test.peer, "history.delete",
	    "{\"channel\":\"#chat\",\"msgid\":\"m1\"}", CONTROL_ERROR_NOT_FOUND));
	audit = test_peer_result(&test.peer, "audit.list", NULL);
	g_assert_cmpstr(json_text_at(audit, "list.3.method"), ==, "history.delete");
	g_assert_cmpstr(json_text_at(audit, "list.3.object"), ==, "#chat m3");
	g_assert_cmpstr(json_text_at(audit, "list.3.before.said_by"), ==, "anna!~u@host");
	end(&test);
}

static void
test_refused(void)
{
	HistoryPeer test;

	begin(&test);
	g_free(test_peer_error(
	    &test.peer, "history.list", "{\"channel\":\"anna\"}", CONTROL_ERROR_INVALID_PARAMS));
	g_free(test_peer_error(
	    &test.peer, "history.search", "{\"channel\":\"#chat\"}", CONTROL_ERROR_INVALID_PARAMS));
	g_free(test_peer_error(&test.peer, "history.list",
	    "{\"channel\":\"#chat\",\"cursor\":\"m99\"}", CONTROL_ERROR_INVALID_PARAMS));
	g_free(test_peer_error(&test.peer, "history.export",
	    "{\"channel\":\"#chat\",\"limit\":5001}", CONTROL_ERROR_INVALID_PARAMS));
	test.fixture.records.history = NULL;
	g_free(test_peer_error(
	    &test.peer, "history.list", "{\"channel\":\"#chat\"}", CONTROL_ERROR_REFUSED));
	test.fixture.records.history = test.history;
	end(&test);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/methods_history/pages", test_pages);
	g_test_add_func("/methods_history/search", test_search);
	g_test_add_func("/methods_history/delete", test_delete);
	g_test_add_func("/methods_history/refused", test_refused);
	return g_test_run();
}
