/* SPDX-License-Identifier: MIT */
/* metadata.*: properties of users, channels and accounts, by who may, and what is refused. */
#include "control/method.h"

#include "control.h"
#include "control_fixture.h"
#include "domain/account.h"
#include "domain/accounts.h"
#include "domain/channel.h"
#include "domain/user.h"

typedef struct Desk {
	ControlFixture fixture;
	TestPeer root;
	User *user;
	Channel *channel;
} Desk;

static void
set_up(Desk *desk, gconstpointer data)
{
	control_fixture_init(&desk->fixture, "[role watch]\nrights = viewer\nusers = 4001\n");
	test_peer_open(&desk->root, &desk->fixture, 0);
	desk->user = control_fixture_user(&desk->fixture, "anna");
	desk->channel = control_fixture_channel(&desk->fixture, "#x");
	control_fixture_join(&desk->fixture, desk->user, desk->channel);
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	test_peer_close(&desk->root);
	control_fixture_clear(&desk->fixture);
}

static void
done(Desk *desk, const char *method, const char *params)
{
	g_autoptr(json_t) result = test_peer_result(&desk->root, method, params);

	g_assert_true(json_is_true(result));
}

static void
refused(Desk *desk, const char *method, const char *params, int code)
{
	g_free(test_peer_error(&desk->root, method, params, code));
}

/* All that the object has, as JSON. */
static void
assert_has(Desk *desk, const char *object, const char *wanted)
{
	g_autofree char *params = g_strdup_printf("{%s}", object);
	g_autoptr(json_t) result = test_peer_result(&desk->root, "metadata.get", params);
	g_autofree char *text = json_dumps(json_at(result, "metadata"), JSON_SORT_KEYS);

	g_assert_cmpstr(text, ==, wanted);
}

static void
test_user(Desk *desk, gconstpointer data)
{
	assert_has(desk, "\"kind\":\"user\",\"name\":\"anna\"", "{}");
	done(desk, "metadata.set",
	    "{\"kind\":\"user\",\"name\":\"ANNA\",\"key\":\"display-name\",\"value\":\"Anna\"}");
	done(desk, "metadata.set",
	    "{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"x\",\"value\":\"\"}");
	assert_has(desk, "\"kind\":\"user\",\"name\":\"anna\"",
	    "{\"display-name\": \"Anna\", \"x\": \"\"}");
	assert_has(desk, "\"kind\":\"user\",\"name\":\"anna\",\"key\":\"x\"", "{\"x\": \"\"}");
	done(desk, "metadata.delete", "{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"x\"}");
	refused(desk, "metadata.delete", "{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"x\"}",
	    CONTROL_ERROR_NOT_FOUND);
	refused(desk, "metadata.get", "{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"x\"}",
	    CONTROL_ERROR_NOT_FOUND);
	g_assert_cmpstr(property_list_get(desk->user->properties, "display-name"), ==, "Anna");
}

static void
test_channel(Desk *desk, gconstpointer data)
{
	done(desk, "metadata.set",
	    "{\"kind\":\"channel\",\"name\":\"#X\",\"key\":\"url\",\"value\":"
	    "\"https://example.org/\"}");
	assert_has(
	    desk, "\"kind\":\"channel\",\"name\":\"#x\"", "{\"url\": \"https://example.org/\"}");
	done(desk, "metadata.delete", "{\"kind\":\"channel\",\"name\":\"#x\",\"key\":\"url\"}");
	assert_has(desk, "\"kind\":\"channel\",\"name\":\"#x\"", "{}");
}

/* An account's are those of who is logged in. */
static void
test_account(Desk *desk, gconstpointer data)
{
	done(desk, "account.add", "{\"account\":\"anna\"}");
	user_set_account(desk->user, accounts_find(desk->fixture.community->accounts, "anna"));
	done(desk, "metadata.set",
	    "{\"kind\":\"account\",\"name\":\"anna\",\"key\":\"a\",\"value\":\"1\"}");
	assert_has(desk, "\"kind\":\"account\",\"name\":\"anna\"", "{\"a\": \"1\"}");
	assert_has(desk, "\"kind\":\"user\",\"name\":\"anna\"", "{\"a\": \"1\"}");
	done(desk, "metadata.set",
	    "{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"b\",\"value\":\"2\"}");
	assert_has(desk, "\"kind\":\"account\",\"name\":\"anna\"", "{\"a\": \"1\", \"b\": \"2\"}");
	done(desk, "metadata.delete", "{\"kind\":\"account\",\"name\":\"anna\",\"key\":\"a\"}");
	assert_has(desk, "\"kind\":\"user\",\"name\":\"anna\"", "{\"b\": \"2\"}");
}

static void
test_refused(Desk *desk, gconstpointer data)
{
	static const struct {
		const char *method, *params;
		int code;
	} cases[] = {
	    {"metadata.get", "{\"kind\":\"user\",\"name\":\"nobody\"}", CONTROL_ERROR_NOT_FOUND},
	    {"metadata.get", "{\"kind\":\"channel\",\"name\":\"#no\"}", CONTROL_ERROR_NOT_FOUND},
	    {"metadata.get", "{\"kind\":\"account\",\"name\":\"no\"}", CONTROL_ERROR_NOT_FOUND},
	    {"metadata.get", "{\"kind\":\"server\",\"name\":\"x\"}", CONTROL_ERROR_INVALID_PARAMS},
	    {"metadata.get", "{\"name\":\"anna\"}", CONTROL_ERROR_INVALID_PARAMS},
	    {"metadata.set", "{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"x\"}",
		CONTROL_ERROR_INVALID_PARAMS},
	    {"metadata.set",
		"{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"A B\",\"value\":\"x\"}",
		CONTROL_ERROR_INVALID_PARAMS},
	    {"metadata.set",
		"{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"avatar\",\"value\":\"no url\"}",
		CONTROL_ERROR_INVALID_PARAMS},
	    {"metadata.delete", "{\"kind\":\"channel\",\"name\":\"#x\",\"key\":\"x\"}",
		CONTROL_ERROR_NOT_FOUND},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s %s", cases[i].method, cases[i].params);
		refused(desk, cases[i].method, cases[i].params, cases[i].code);
	}
}

static void
test_viewer(Desk *desk, gconstpointer data)
{
	TestPeer viewer;
	json_t *result;

	test_peer_open(&viewer, &desk->fixture, 4001);
	result = test_peer_result(&viewer, "metadata.get", "{\"kind\":\"user\",\"name\":\"anna\"}");
	json_decref(result);
	g_free(test_peer_error(&viewer, "metadata.set",
	    "{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"x\",\"value\":\"y\"}",
	    CONTROL_ERROR_DENIED));
	g_free(test_peer_error(&viewer, "metadata.delete",
	    "{\"kind\":\"user\",\"name\":\"anna\",\"key\":\"x\"}", CONTROL_ERROR_DENIED));
	test_peer_close(&viewer);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Desk *desk, gconstpointer data);
	} tests[] = {
	    {"/methods_metadata/user", test_user},
	    {"/methods_metadata/channel", test_channel},
	    {"/methods_metadata/account", test_account},
	    {"/methods_metadata/refused", test_refused},
	    {"/methods_metadata/viewer", test_viewer},
	};

	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Desk, NULL, set_up, tests[i].test, tear_down);
	return g_test_run();
}
