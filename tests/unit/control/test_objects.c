/* SPDX-License-Identifier: MIT */
/* Compatible answers, whole: their clients take no key more and no key less. */
#include "control/rows.h"

#include "control.h"
#include "control_fixture.h"
#include "domain/channel.h"
#include "domain/directory.h"
#include "proto/modes.h"

#include <string.h>

#define IDENTITY "\"name\":\"anna\",\"id\":\"ID\""
#define LEVEL_1                                                                                    \
	IDENTITY ",\"hostname\":\"host.example\",\"ip\":\"192.0.2.7\","                            \
		 "\"details\":\"anna!~u@host.example\""
#define LEVEL_2                                                                                    \
	LEVEL_1                                                                                    \
	",\"server_port\":6667,\"client_port\":50000,"                                             \
	"\"connected_since\":\"2017-07-14T02:40:00.000Z\","                                        \
	"\"idle_since\":\"2017-07-14T02:40:00.000Z\","                                             \
	"\"tls\":{\"cipher\":\"TLS_AES_256_GCM_SHA384\"},\"user\":{\"username\":\"~u\","           \
	"\"realname\":\"Real Name\",\"servername\":\"chatd.localhost\",\"reputation\":0,"          \
	"\"security-groups\":[\"unknown-users\"],\"modes\":\"\""
#define CHANNEL_1                                                                                  \
	"\"name\":\"#chat\",\"creation_time\":\"2017-07-14T02:40:00.000Z\",\"num_users\":1,"       \
	"\"topic\":\"hello\",\"topic_set_by\":\"anna!~u@host.example\","                           \
	"\"topic_set_at\":\"2017-07-14T02:40:01.000Z\",\"modes\":\"nt\""
#define CHANNEL_2                                                                                  \
	CHANNEL_1                                                                                  \
	",\"bans\":[{\"name\":\"*!*@bad\",\"set_by\":\"anna\","                                    \
	"\"set_at\":\"2017-07-14T02:40:02.000Z\"}],\"ban_exemptions\":[],\"invite_exceptions\":[]"

typedef struct Stage {
	ControlFixture fixture;
	TestPeer peer;
	User *anna;
	Channel *chat;
} Stage;

static void
stage_init(Stage *stage)
{
	int64_t at = INT64_C(1500000000) * CLOCK_SECOND;

	control_fixture_init(&stage->fixture, NULL);
	stage->anna = control_fixture_user(&stage->fixture, "anna");
	stage->chat = control_fixture_channel(&stage->fixture, "#chat");
	control_fixture_join(&stage->fixture, stage->anna, stage->chat);
	user_seat(stage->anna, stage->chat)->ranks = MODE_CHANNEL_OP;
	channel_set_topic(stage->chat, "hello", "anna!~u@host.example", at + CLOCK_SECOND);
	mask_list_add(&stage->chat->lists[CHANNEL_BANS], "*!*@bad", "anna", at + 2 * CLOCK_SECOND);
	test_peer_open(&stage->peer, &stage->fixture, 0);
}

static void
stage_clear(Stage *stage)
{
	test_peer_close(&stage->peer);
	control_fixture_clear(&stage->fixture);
}

/* The answer's result as text is exactly this, with ID for anna's id. */
static void
assert_golden(Stage *stage, const char *method, const char *params, const char *expected)
{
	g_autoptr(json_t) result = test_peer_result(&stage->peer, method, params);
	g_autofree char *text = json_compact(result);
	g_autoptr(GString) masked = g_string_new(text);
	char id[USER_ID_SIZE];

	user_id_text(stage->anna, id);
	g_string_replace(masked, id, "ID", 0);
	g_assert_cmpstr(masked->str, ==, expected);
}

static void
test_users(void)
{
	Stage stage;

	stage_init(&stage);
	assert_golden(&stage, "user.get", "{\"nick\":\"anna\",\"object_detail_level\":0}",
	    "{\"client\":{" IDENTITY "}}");
	assert_golden(&stage, "user.get", "{\"nick\":\"ANNA\",\"object_detail_level\":1}",
	    "{\"client\":{" LEVEL_1 "}}");
	assert_golden(&stage, "user.get", "{\"nick\":\"anna\",\"object_detail_level\":2}",
	    "{\"client\":{" LEVEL_2 "}}}");
	assert_golden(&stage, "user.get", "{\"nick\":\"anna\"}",
	    "{\"client\":{" LEVEL_2 ",\"channels\":[{\"name\":\"#chat\",\"level\":\"o\"}]}}}");
	assert_golden(&stage, "user.list", NULL, "{\"list\":[{" LEVEL_2 "}}]}");
	assert_golden(
	    &stage, "user.list", "{\"object_detail_level\":0}", "{\"list\":[{" IDENTITY "}]}");
	/* What these clients send beside: nulls, unknown keys, wrong types. */
	assert_golden(&stage, "user.list", "{\"object_detail_level\":null,\"what\":[]}",
	    "{\"list\":[{" LEVEL_2 "}}]}");
	assert_golden(
	    &stage, "user.list", "{\"object_detail_level\":\"0\"}", "{\"list\":[{" LEVEL_2 "}}]}");
	stage_clear(&stage);
}

/* TLS is told where all clients have it; each of them is told by itself to who asks. */
static void
test_clients(void)
{
	Stage stage;
	Session *second;
	const SessionPeer peer = {.address = (char *)"198.51.100.2",
	    .gateway = (char *)"web",
	    .certificate_fingerprint = (char *)""};
	g_autoptr(json_t) alone = NULL;
	g_autoptr(json_t) both = NULL;
	g_autofree char *text = NULL;

	stage_init(&stage);
	alone = test_peer_result(&stage.peer, "user.list", "{\"fields\":[\"tls\"]}");
	g_assert_true(json_is_true(json_at(alone, "list.0.tls")));
	second = session_new((Handle){99, 1}, &peer, INT64_C(1500000000) * CLOCK_SECOND, 0);
	second->device = g_strdup("phone");
	session_set_user(second, stage.anna);
	both = test_peer_result(&stage.peer, "user.list", "{\"fields\":[\"tls\"]}");
	g_assert_true(json_is_false(json_at(both, "list.0.tls")));
	json_decref(both);
	both = test_peer_result(&stage.peer, "user.get",
	    "{\"nick\":\"anna\",\"object_detail_level\":0,\"clients\":true}");
	g_assert_cmpuint(json_array_size(json_at(both, "client.clients")), ==, 2);
	g_assert_cmpstr(json_string_value(json_at(both, "client.clients.0.cipher")), ==,
	    "TLS_AES_256_GCM_SHA384");
	text = json_compact(json_at(both, "client.clients.1"));
	g_assert_cmpstr(text, ==,
	    "{\"ip\":\"198.51.100.2\",\"gateway\":\"web\",\"tls\":false,\"tls_version\":null,"
	    "\"cipher\":null,\"certfp\":null,\"device\":\"phone\","
	    "\"connected_since\":\"2017-07-14T02:40:00.000Z\"}");
	session_leave_user(second);
	session_free(second);
	stage_clear(&stage);
}

static void
test_channels(void)
{
	Stage stage;

	stage_init(&stage);
	assert_golden(&stage, "channel.list", "{\"object_detail_level\":0}",
	    "{\"list\":[{\"name\":\"#chat\"}]}");
	assert_golden(&stage, "channel.list", NULL, "{\"list\":[{" CHANNEL_1 "}]}");
	assert_golden(&stage, "channel.get", "{\"channel\":\"#CHAT\",\"object_detail_level\":2}",
	    "{\"channel\":{" CHANNEL_2 "}}");
	assert_golden(&stage, "channel.get", "{\"channel\":\"#chat\"}",
	    "{\"channel\":{" CHANNEL_2 ",\"members\":[{\"level\":\"o\"," IDENTITY "}]}}");
	assert_golden(&stage, "channel.get", "{\"channel\":\"#chat\",\"object_detail_level\":4}",
	    "{\"channel\":{" CHANNEL_2 ",\"members\":[{\"level\":\"o\"," LEVEL_1 "}]}}");
	stage_clear(&stage);
}

static void
test_the_rest(void)
{
	Stage stage;
	g_autoptr(json_t) info = NULL;

	stage_init(&stage);
	assert_golden(&stage, "stats.get", NULL,
	    "{\"server\":{\"total\":1,\"ulined\":0},\"user\":{\"total\":1,\"ulined\":0,\"oper\":0,"
	    "\"record\":0,\"countries\":[]},\"channel\":{\"total\":1},\"server_ban\":{\"total\":0,"
	    "\"server_ban\":0,\"spamfilter\":0,\"name_ban\":0,\"server_ban_exception\":0}}");
	assert_golden(&stage, "rpc.set_issuer", "{\"name\":\"berta\"}", "true");
	assert_golden(&stage, "whowas.get", NULL, "{\"list\":[]}");
	assert_golden(&stage, "log.unsubscribe", NULL, "true");
	info = test_peer_result(&stage.peer, "rpc.info", NULL);
	g_assert_cmpstr(
	    json_text_at(json_object_get(json_at(info, "methods"), "user.get"), "module"), ==,
	    "rpc/user");
	stage_clear(&stage);
}

/* The version one of the clients reads: between the first and the second dash, numbers and dots. */
static void
test_server(void)
{
	static const char *const keys[] = {
	    "name", "id", "hostname", "ip", "details", "connected_since", "idle_since", "server"};
	Stage stage;
	g_autoptr(json_t) result = NULL;
	g_auto(GStrv) parts = NULL;
	int major, minor, patch;
	g_autofree char *none = NULL;

	stage_init(&stage);
	result = test_peer_result(&stage.peer, "server.get", NULL);
	g_assert_cmpuint(json_object_size(json_at(result, "server")), ==, G_N_ELEMENTS(keys));
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		g_assert_nonnull(json_object_get(json_at(result, "server"), keys[i]));
	parts = g_strsplit(json_text_at(result, "server.server.features.software"), "-", -1);
	g_assert_cmpstr(parts[0], ==, "UnrealIRCd");
	g_assert_cmpint(sscanf(parts[1], "%d.%d.%d", &major, &minor, &patch), ==, 3);
	g_assert_cmpint(major, >=, 6);
	g_assert_cmpuint(
	    json_array_size(json_at(result, "server.server.features.chanmodes")), ==, 4);
	g_assert_cmpstr(json_text_at(result, "server.server.features.chanmodes.1"), ==, "k");
	none = test_peer_error(
	    &stage.peer, "server.get", "{\"server\":\"other\"}", CONTROL_ERROR_NOT_FOUND);
	stage_clear(&stage);
}

static void
test_errors(void)
{
	static const struct {
		const char *method;
		const char *params;
		int code;
		const char *message;
	} cases[] = {
	    {"user.get", NULL, CONTROL_ERROR_INVALID_PARAMS, "Missing parameter: 'nick'"},
	    {"user.get", "{\"nick\":\"x\"}", CONTROL_ERROR_NOT_FOUND, "Nickname not found"},
	    {"user.get", "{\"nick\":\"anna\",\"object_detail_level\":3}",
		CONTROL_ERROR_INVALID_PARAMS,
		"Parameter 'object_detail_level' must be one of: 0 1 2 4"},
	    {"user.get", "{\"nick\":5}", CONTROL_ERROR_INVALID_PARAMS,
		"Parameter 'nick' must be a string of 1 to 510 bytes"},
	    {"channel.get", "{\"channel\":\"#x\"}", CONTROL_ERROR_NOT_FOUND, "Channel not found"},
	    {"channel.kick", "{\"channel\":\"#chat\",\"nick\":\"x\",\"reason\":\"\"}",
		CONTROL_ERROR_NOT_FOUND, "Nickname not found"},
	    {"channel.list", "{\"object_detail_level\":5}", CONTROL_ERROR_INVALID_PARAMS,
		"Parameter 'object_detail_level' must be an integer from 0 to 4"},
	    {"log.subscribe", "{}", CONTROL_ERROR_INVALID_PARAMS, "Missing parameter: 'sources'"},
	    {"log.subscribe", "{\"sources\":\"all\"}", CONTROL_ERROR_INVALID_PARAMS,
		"Parameter 'sources' must be an array"},
	    {"channel.set_topic", "{\"channel\":\"#chat\",\"topic\":\"a\\nb\"}",
		CONTROL_ERROR_INVALID_REQUEST, "Strings may not contain \\r or \\n in the request"},
	};
	Stage stage;

	stage_init(&stage);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *message =
		    test_peer_error(&stage.peer, cases[i].method, cases[i].params, cases[i].code);

		g_assert_cmpstr(message, ==, cases[i].message);
	}
	stage_clear(&stage);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/objects/users", test_users);
	g_test_add_func("/objects/clients", test_clients);
	g_test_add_func("/objects/channels", test_channels);
	g_test_add_func("/objects/the-rest", test_the_rest);
	g_test_add_func("/objects/server", test_server);
	g_test_add_func("/objects/errors", test_errors);
	return g_test_run();
}
