/* SPDX-License-Identifier: MIT */
#include "control/list_query.h"

#include "control.h"
#include "control_fixture.h"
#include "domain/channel.h"
#include "domain/directory.h"
#include "domain/session.h"
#include "domain/user.h"

#include <string.h>

#define USERS (2 * LIST_SLICE_OBJECTS + 1)
#define MEMBERS (6 * LIST_SLICE_ROWS)

static void
add_users(ControlFixture *fixture, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		char nick[16];

		/* Not in the order of their names. */
		snprintf(nick, sizeof nick, "user%05u", (i * 7919u) % 100003u);
		control_fixture_user(fixture, nick);
	}
}

static void
remove_user(ControlFixture *fixture, User *user)
{
	Session *session = user->sessions;

	directory_remove_user(fixture->community->directory, user);
	user_free(user);
	slots_remove(fixture->community->sessions, session->handle);
	session_free(session);
}

/* All pages of a list put together. */
static json_t *
all_pages(TestPeer *peer, const char *method, const char *params)
{
	json_t *list = json_array();
	g_autofree char *cursor = NULL;

	for (unsigned pages = 0; pages < 1000; pages++) {
		g_autofree char *with_cursor =
		    cursor ? g_strdup_printf("{%s,\"cursor\":\"%s\"}", params, cursor)
			   : g_strdup_printf("{%s}", params);
		g_autoptr(json_t) page = test_peer_result(peer, method, with_cursor);

		json_array_extend(list, json_at(page, "list"));
		g_clear_pointer(&cursor, g_free);
		cursor = g_strdup(json_text_at(page, "next_cursor"));
		if (!cursor)
			return list;
	}
	g_assert_not_reached();
}

static void
test_pages_hold_every_user_once(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) up = NULL;
	g_autoptr(json_t) down = NULL;
	size_t count = 1000;

	control_fixture_init(&fixture, NULL);
	add_users(&fixture, (unsigned)count);
	test_peer_open(&peer, &fixture, 0);
	up = all_pages(
	    &peer, "user.list", "\"limit\":7,\"sort\":\"name\",\"fields\":[\"name\",\"id\"]");
	down = all_pages(&peer, "user.list", "\"limit\":333,\"sort\":\"-name\"");
	g_assert_cmpuint(json_array_size(up), ==, count);
	g_assert_cmpuint(json_array_size(down), ==, count);
	for (size_t i = 0; i < count; i++) {
		const char *name = json_text_at(json_array_get(up, i), "name");

		g_assert_cmpuint(json_object_size(json_array_get(up, i)), ==, 2);
		g_assert_cmpuint(json_object_size(json_array_get(down, i)), ==, 15);
		g_assert_cmpstr(
		    name, ==, json_text_at(json_array_get(down, count - 1 - i), "name"));
		if (i > 0)
			g_assert_cmpstr(json_text_at(json_array_get(up, i - 1), "name"), <, name);
	}
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* Equal sort values: the order of their ids keeps pages apart. */
static void
test_pages_over_equal_values(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) list = NULL;
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	control_fixture_init(&fixture, NULL);
	add_users(&fixture, 100);
	test_peer_open(&peer, &fixture, 0);
	list = all_pages(&peer, "user.list", "\"limit\":9,\"sort\":\"-connected_since\"");
	g_assert_cmpuint(json_array_size(list), ==, 100);
	for (size_t i = 0; i < 100; i++)
		g_assert_true(
		    g_hash_table_add(seen, (void *)json_text_at(json_array_get(list, i), "id")));
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* Users come and go between two pages: whoever stayed is seen exactly once. */
static void
test_cursor_is_stable(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) first = NULL;
	g_autoptr(json_t) second = NULL;
	g_autofree char *params = NULL;
	User *last;

	control_fixture_init(&fixture, NULL);
	for (char letter = 'a'; letter <= 'j'; letter++)
		control_fixture_user(&fixture, (char[]){letter, '\0'});
	test_peer_open(&peer, &fixture, 0);
	first = test_peer_result(&peer, "user.list", "{\"limit\":5}");
	g_assert_cmpstr(json_text_at(first, "list.4.name"), ==, "e");
	/* The one the cursor names goes, others come before and after it. */
	last = directory_find_user(fixture.community->directory, "e");
	remove_user(&fixture, last);
	control_fixture_user(&fixture, "aa");
	control_fixture_user(&fixture, "ff");
	params =
	    g_strdup_printf("{\"limit\":5,\"cursor\":\"%s\"}", json_text_at(first, "next_cursor"));
	second = test_peer_result(&peer, "user.list", params);
	g_assert_cmpstr(json_text_at(second, "list.0.name"), ==, "f");
	g_assert_cmpstr(json_text_at(second, "list.1.name"), ==, "ff");
	g_assert_cmpstr(json_text_at(second, "list.4.name"), ==, "i");
	g_assert_cmpint(json_integer_value(json_at(second, "total")), ==, 11);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static unsigned
count_of(TestPeer *peer, const char *method, const char *params)
{
	g_autoptr(json_t) result = test_peer_result(peer, method, params);

	g_assert_cmpint(json_integer_value(json_at(result, "total")), ==,
	    json_array_size(json_at(result, "list")));
	return (unsigned)json_array_size(json_at(result, "list"));
}

static void
test_filters(void)
{
	ControlFixture fixture;
	TestPeer peer;
	Channel *channel;

	control_fixture_init(&fixture, NULL);
	channel = control_fixture_channel(&fixture, "#Chat");
	control_fixture_join(&fixture, control_fixture_user(&fixture, "Anna"), channel);
	control_fixture_user(&fixture, "bert");
	control_fixture_channel(&fixture, "#other");
	test_peer_open(&peer, &fixture, 0);
	g_assert_cmpuint(count_of(&peer, "user.list", "{\"filter\":\"NN\"}"), ==, 1);
	g_assert_cmpuint(count_of(&peer, "user.list", "{\"filter\":\"192.0.2\"}"), ==, 2);
	g_assert_cmpuint(count_of(&peer, "user.list", "{\"filter\":\"name:a*\"}"), ==, 1);
	g_assert_cmpuint(count_of(&peer, "user.list", "{\"filter\":\"name:nn\"}"), ==, 0);
	g_assert_cmpuint(count_of(&peer, "user.list", "{\"filter\":\"channels:1\"}"), ==, 1);
	g_assert_cmpuint(count_of(&peer, "user.list", "{\"filter\":\"tls:true\"}"), ==, 2);
	g_assert_cmpuint(
	    count_of(&peer, "user.list", "{\"filter\":\"connected_since:2017*\"}"), ==, 2);
	g_assert_cmpuint(count_of(&peer, "user.list", "{\"filter\":\"\"}"), ==, 2);
	/* No field of that name: it is a text like any other. */
	g_assert_cmpuint(count_of(&peer, "user.list", "{\"filter\":\"2001:db8\"}"), ==, 0);
	g_assert_cmpuint(count_of(&peer, "channel.list", "{\"filter\":\"chat\"}"), ==, 1);
	g_assert_cmpuint(
	    count_of(&peer, "channel.members", "{\"channel\":\"#chat\",\"filter\":\"zz\"}"), ==, 0);
	g_assert_cmpuint(count_of(&peer, "channel.members", "{\"channel\":\"#chat\"}"), ==, 1);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_bad_parameters(void)
{
	static const struct {
		const char *params;
		const char *says;
	} cases[] = {
	    {"{\"limit\":0}", "1 to 5000"},
	    {"{\"limit\":5001}", "1 to 5000"},
	    {"{\"limit\":\"5\"}", "an integer"},
	    {"{\"limit\":1e3}", "an integer"},
	    {"{\"sort\":\"nothing\"}", "name"},
	    {"{\"sort\":\"\"}", "'sort'"},
	    {"{\"sort\":\"-\"}", "no field"},
	    {"{\"fields\":[\"name\",\"password\"]}", "'password' is no field"},
	    {"{\"fields\":[1]}", "not a string"},
	    {"{\"fields\":\"name\"}", "an array"},
	    {"{\"cursor\":\"x\"}", "next_cursor"},
	    {"{\"cursor\":\"W10=\"}", "next_cursor"},
	    {"{\"cursor\":\"WyJuYW1lIiwxLDEsMV0=\",\"sort\":\"-name\"}", "next_cursor"},
	    {"{\"limit\":1,\"unknown\":2}", "'unknown' is no parameter"},
	};
	ControlFixture fixture;
	TestPeer peer;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *message = test_peer_error(
		    &peer, "user.list", cases[i].params, CONTROL_ERROR_INVALID_PARAMS);

		g_test_message("%s: %s", cases[i].params, message);
		g_assert_nonnull(strstr(message, cases[i].says));
	}
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* More users than a slice looks at and more rows than it makes: a page takes many turns, and
 * between them others are served. */
static void
test_slices(void)
{
	ControlFixture fixture;
	TestPeer lister, other;
	gint64 longest = 0;
	unsigned turns;
	g_autoptr(json_t) quick = NULL;

	control_fixture_init(&fixture, NULL);
	add_users(&fixture, USERS);
	test_peer_open(&lister, &fixture, 0);
	test_peer_open(&other, &fixture, 0);
	lister.count_only = true;
	fixture.clock = clock_system();
	test_peer_send(&lister,
	    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"user.list\",\"params\":{\"limit\":5000,"
	    "\"sort\":\"-name\",\"filter\":\"user\"}}");
	test_peer_send(&other, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"stats.get\"}");
	quick = test_peer_poll(&other);
	g_assert_nonnull(quick);
	for (turns = 0; lister.bytes == 0; turns++) {
		gint64 begun = g_get_monotonic_time();

		control_fixture_turn(&fixture);
		longest = MAX(longest, g_get_monotonic_time() - begun);
	}
	g_test_message("%u turns, the longest %d us, %zu bytes", turns, (int)longest, lister.bytes);
	g_assert_cmpuint(turns, >, USERS / LIST_SLICE_OBJECTS + 5000 / LIST_SLICE_ROWS);
	g_assert_cmpuint(lister.bytes, >, 5000 * 100);
	test_peer_close(&lister);
	test_peer_close(&other);
	control_fixture_clear(&fixture);
}

/* A channel of many is told in slices; one of nobody has an empty list. */
static void
test_members(void)
{
	ControlFixture fixture;
	TestPeer peer;
	Channel *channel;
	uint32_t cursor = 0;
	User *user;
	unsigned turns;
	g_autoptr(json_t) empty = NULL;
	g_autoptr(json_t) whole = NULL;

	control_fixture_init(&fixture, NULL);
	add_users(&fixture, MEMBERS);
	channel = control_fixture_channel(&fixture, "#all");
	control_fixture_channel(&fixture, "#nobody");
	while ((user = directory_next_user(fixture.community->directory, &cursor)))
		control_fixture_join(&fixture, user, channel);
	test_peer_open(&peer, &fixture, 0);
	empty = test_peer_result(&peer, "channel.get", "{\"channel\":\"#nobody\"}");
	g_assert_cmpuint(json_array_size(json_at(empty, "channel.members")), ==, 0);
	whole = test_peer_result(&peer, "channel.get", "{\"channel\":\"#all\"}");
	g_assert_cmpuint(json_array_size(json_at(whole, "channel.members")), ==, MEMBERS);
	peer.count_only = true;
	peer.bytes = 0;
	test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"channel.get\","
			      "\"params\":{\"channel\":\"#all\"}}");
	for (turns = 0; peer.bytes == 0; turns++)
		control_fixture_turn(&fixture);
	g_assert_cmpuint(turns, >=, MEMBERS / LIST_SLICE_ROWS);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* An answer that would be too long says so instead. */
static void
test_too_long_an_answer(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autofree char *message = NULL;
	g_autofree char *away = g_strnfill(CONTROL_ANSWER_MAX / 200, 'a');
	uint32_t cursor = 0;
	User *user;

	control_fixture_init(&fixture, NULL);
	add_users(&fixture, 201);
	while ((user = directory_next_user(fixture.community->directory, &cursor)))
		user_set_away(user, away, 0);
	test_peer_open(&peer, &fixture, 0);
	message = test_peer_error(&peer, "user.list", NULL, CONTROL_ERROR_INTERNAL);
	g_assert_nonnull(strstr(message, "use limit"));
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_abandoned_lists(void)
{
	ControlFixture fixture;
	TestPeer peer;

	control_fixture_init(&fixture, NULL);
	add_users(&fixture, MEMBERS);
	for (int turns = 0; turns < 5; turns++) {
		test_peer_open(&peer, &fixture, 0);
		test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"user.list\","
				      "\"params\":{\"limit\":5000}}");
		test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"user.list\"}");
		for (int turn = 0; turn < turns; turn++)
			control_fixture_turn(&fixture);
		test_peer_close(&peer);
	}
	/* One is still running when the service ends. */
	test_peer_open(&peer, &fixture, 0);
	test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"user.list\"}");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/list-query/every-user-once", test_pages_hold_every_user_once);
	g_test_add_func("/list-query/equal-values", test_pages_over_equal_values);
	g_test_add_func("/list-query/stable-cursor", test_cursor_is_stable);
	g_test_add_func("/list-query/filters", test_filters);
	g_test_add_func("/list-query/bad-parameters", test_bad_parameters);
	g_test_add_func("/list-query/slices", test_slices);
	g_test_add_func("/list-query/members", test_members);
	g_test_add_func("/list-query/too-long", test_too_long_an_answer);
	g_test_add_func("/list-query/abandoned", test_abandoned_lists);
	return g_test_run();
}
