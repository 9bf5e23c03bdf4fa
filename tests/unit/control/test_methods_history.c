/* SPDX-License-Identifier: MIT */
/* history.*: pages in both directions, search, deletion, and what is refused. */
#include "control/method.h"

#include "control.h"
#include "control_fixture.h"
#include "store/history_message.h"

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
begin_with(HistoryPeer *test, const char *config)
{
	g_autoptr(GError) error = NULL;

	control_fixture_init(&test->fixture, config);
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
begin(HistoryPeer *test)
{
	begin_with(test, NULL);
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

/* anna, of account 7, and bert, who has none. */
static void
whisper(HistoryPeer *test, unsigned number, const char *text)
{
	g_autofree char *msgid = g_strdup_printf("m%u", number);
	const HistoryRow row = {
	    .time = INT64_C(1500000000) * CLOCK_SECOND + number * CLOCK_SECOND,
	    .said = HISTORY_SAID,
	    .sender = "=7",
	    .sender_name = "anna",
	    .receiver = "~bert",
	    .receiver_name = "bert",
	    .printed = "bert",
	    .msgid = msgid,
	    .kind = "message",
	    .verb = "PRIVMSG",
	    .source = "anna!~u@host",
	    .text = text,
	};

	history_add(test->history, &row, NULL, NULL);
}

static void
begin_private(HistoryPeer *test, const char *config)
{
	begin_with(test, config);
	accounts_add(test->fixture.community->accounts, account_new(7, "anna", 0));
	whisper(test, 11, "between us");
	whisper(test, 12, "a secret of two");
	history_submit(test->history);
	while (!history_is_settled(test->history))
		control_fixture_turn(&test->fixture);
}

static void
test_private(void)
{
	g_autoptr(json_t) talks = NULL, audit = NULL;
	HistoryPeer test;

	begin_private(&test, "[history]\nprivate_access = yes\n");
	talks = test_peer_result(&test.peer, "history.talks", "{\"account\":\"Anna\"}");
	g_assert_cmpuint(json_array_size(json_object_get(talks, "list")), ==, 1);
	g_assert_cmpstr(json_text_at(talks, "list.0.with"), ==, "bert");
	assert_page(&test, "history.talk", "{\"account\":\"anna\",\"with\":\"bert\",\"limit\":1}",
	    "m12 next m12");
	assert_page(&test, "history.talk",
	    "{\"account\":\"anna\",\"with\":\"bert\",\"cursor\":\"m12\"}", "m11 next m11");
	assert_page(
	    &test, "history.find", "{\"text\":\"secret\",\"private\":true}", "m12,m6,m3 next -");
	assert_page(&test, "history.find", "{\"text\":\"secret\"}", "m6,m3 next -");
	g_free(test_peer_error(
	    &test.peer, "history.talks", "{\"account\":\"nobody\"}", CONTROL_ERROR_NOT_FOUND));
	g_free(test_peer_error(&test.peer, "history.find", "{}", CONTROL_ERROR_INVALID_PARAMS));
	/* Whoever looks is looked at. */
	audit = test_peer_result(&test.peer, "audit.list", NULL);
	g_assert_cmpstr(json_text_at(audit, "list.6.method"), ==, "history.talks");
	g_assert_cmpstr(json_text_at(audit, "list.6.object"), ==, "Anna");
	g_assert_cmpstr(json_text_at(audit, "list.5.object"), ==, "anna bert");
	g_assert_cmpstr(json_text_at(audit, "list.3.method"), ==, "history.find");
	g_assert_cmpstr(json_text_at(audit, "list.3.object"), ==, "private secret");
	end(&test);
}

static void
test_not_private(void)
{
	g_autoptr(json_t) audit = NULL;
	HistoryPeer test;

	begin_private(&test, NULL);
	g_free(test_peer_error(
	    &test.peer, "history.talks", "{\"account\":\"anna\"}", CONTROL_ERROR_REFUSED));
	g_free(test_peer_error(&test.peer, "history.talk",
	    "{\"account\":\"anna\",\"with\":\"bert\"}", CONTROL_ERROR_REFUSED));
	g_free(test_peer_error(&test.peer, "history.find", "{\"text\":\"secret\",\"private\":true}",
	    CONTROL_ERROR_REFUSED));
	assert_page(
	    &test, "history.find", "{\"from\":\"anna\",\"text\":\"secret\"}", "m6,m3 next -");
	/* Who tried is in the audit, too. */
	audit = test_peer_result(&test.peer, "audit.list", NULL);
	g_assert_cmpstr(json_text_at(audit, "list.3.method"), ==, "history.talks");
	g_assert_cmpstr(json_text_at(audit, "list.3.outcome"), !=, "done");
	end(&test);
}

static void
test_versions(void)
{
	const HistoryPlace chat = {.channel = "#chat"};
	const HistoryEdit edit = {"m3", "nothing", false, INT64_C(1500000100) * CLOCK_SECOND, true};
	const char *params = "{\"channel\":\"#chat\",\"msgid\":\"m3\"}";
	g_autoptr(json_t) versions = NULL, list = NULL;
	HistoryPeer test;

	begin(&test);
	history_edit(test.history, &chat, &edit, NULL, NULL);
	history_submit(test.history);
	while (!history_is_settled(test.history))
		control_fixture_turn(&test.fixture);
	versions = test_peer_result(&test.peer, "history.versions", params);
	g_assert_cmpuint(json_array_size(json_object_get(versions, "list")), ==, 1);
	g_assert_cmpstr(json_text_at(versions, "list.0.text"), ==, "a secret word");
	g_assert_cmpstr(json_text_at(versions, "list.0.replaced"), ==, "2017-07-14T02:41:40.000Z");
	list = test_peer_result(&test.peer, "history.list", "{\"channel\":\"#chat\"}");
	g_assert_cmpstr(json_text_at(list, "list.2.text"), ==, "nothing");
	g_assert_cmpstr(json_text_at(list, "list.2.edited"), ==, "2017-07-14T02:41:40.000Z");
	g_free(test_peer_error(&test.peer, "history.versions",
	    "{\"channel\":\"#chat\",\"msgid\":\"m99\"}", CONTROL_ERROR_NOT_FOUND));
	end(&test);
}

static void
test_retention(void)
{
	const char *params = "{\"channel\":\"#chat\"}";
	g_autoptr(json_t) before = NULL, after = NULL, list = NULL, none = NULL, audit = NULL;
	HistoryPeer test;

	begin(&test);
	before = test_peer_result(&test.peer, "history.get_retention", params);
	g_assert_true(json_is_null(json_object_get(before, "messages")));
	g_assert_cmpint(
	    json_integer_value(json_object_get(before, "messages_in_force")), ==, 10000);
	json_decref(test_peer_result(
	    &test.peer, "history.set_retention", "{\"channel\":\"#Chat\",\"age\":3600}"));
	after = test_peer_result(&test.peer, "history.get_retention", params);
	g_assert_true(json_is_null(json_object_get(after, "messages")));
	g_assert_cmpint(json_integer_value(json_object_get(after, "age")), ==, 3600);
	g_assert_cmpint(json_integer_value(json_object_get(after, "age_in_force")), ==, 3600);
	json_decref(test_peer_result(
	    &test.peer, "history.set_retention", "{\"channel\":\"#new\",\"messages\":0}"));
	list = test_peer_result(&test.peer, "history.list_retention", NULL);
	g_assert_cmpuint(json_array_size(json_object_get(list, "list")), ==, 2);
	g_assert_cmpstr(json_text_at(list, "list.0.channel"), ==, "#chat");
	g_assert_cmpint(json_integer_value(json_object_get(
			    json_array_get(json_object_get(list, "list"), 1), "messages")),
	    ==, 0);
	json_decref(test_peer_result(&test.peer, "history.remove_retention", params));
	g_free(test_peer_error(
	    &test.peer, "history.remove_retention", params, CONTROL_ERROR_NOT_FOUND));
	g_free(test_peer_error(
	    &test.peer, "history.set_retention", params, CONTROL_ERROR_INVALID_PARAMS));
	none = test_peer_result(&test.peer, "history.list_retention", NULL);
	g_assert_cmpuint(json_array_size(json_object_get(none, "list")), ==, 1);
	audit = test_peer_result(&test.peer, "audit.list", NULL);
	g_assert_cmpstr(json_text_at(audit, "list.2.method"), ==, "history.remove_retention");
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
	g_test_add_func("/methods_history/private", test_private);
	g_test_add_func("/methods_history/not-private", test_not_private);
	g_test_add_func("/methods_history/versions", test_versions);
	g_test_add_func("/methods_history/retention", test_retention);
	return g_test_run();
}
