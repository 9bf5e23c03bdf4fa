/* SPDX-License-Identifier: MIT */
/* Who owns a channel, whom it gives ranks, what is said of its entries, closing it: channel.* and
 * access.*, and what of them is refused. */
#include "control/method.h"

#include "control.h"
#include "control_fixture.h"
#include "domain/accounts.h"
#include "domain/channel.h"
#include "domain/channel_values.h"
#include "domain/user.h"
#include "proto/modes.h"

typedef struct Desk {
	ControlFixture fixture;
	TestPeer root;
	TestPeer viewer;
	Channel *channel;
} Desk;

static void
done(Desk *desk, const char *method, const char *params)
{
	g_autoptr(json_t) result = test_peer_result(&desk->root, method, params);

	g_assert_true(json_is_true(result));
}

static void
set_up(Desk *desk, gconstpointer data)
{
	control_fixture_init(&desk->fixture, "[role watch]\nrights = viewer\nusers = 4001\n");
	test_peer_open(&desk->root, &desk->fixture, 0);
	test_peer_open(&desk->viewer, &desk->fixture, 4001);
	done(desk, "account.add", "{\"account\":\"anna\"}");
	done(desk, "account.add", "{\"account\":\"bea\"}");
	done(desk, "channel.register", "{\"channel\":\"#x\"}");
	desk->channel = directory_find_channel(desk->fixture.community->directory, "#x");
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	test_peer_close(&desk->root);
	test_peer_close(&desk->viewer);
	control_fixture_clear(&desk->fixture);
}

static void
refused(Desk *desk, const char *method, const char *params, int code)
{
	g_free(test_peer_error(&desk->root, method, params, code));
}

/* A viewer may read and nothing else; a channel that is not there is none for anybody. */
static void
test_rights(Desk *desk, gconstpointer data)
{
	static const struct {
		const char *method, *rest;
		bool reads;
	} methods[] = {
	    {"channel.transfer", ",\"account\":\"anna\"", false},
	    {"channel.set_setting", ",\"setting\":\"description\",\"value\":\"x\"", false},
	    {"channel.set_reason", ",\"mask\":\"a!*@*\",\"reason\":\"x\"", false},
	    {"channel.purge", ",\"reason\":\"x\"", false},
	    {"channel.allow", "", false},
	    {"channel.get_settings", "", true},
	    {"access.list", "", true},
	    {"access.set", ",\"whom\":\"anna\",\"level\":\"voice\"", false},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(methods); i++) {
		g_autofree char *there = g_strdup_printf("{\"channel\":\"#x\"%s}", methods[i].rest);
		g_autofree char *elsewhere =
		    g_strdup_printf("{\"channel\":\"#nowhere\"%s}", methods[i].rest);

		g_test_message("%s", methods[i].method);
		if (methods[i].reads)
			json_decref(test_peer_result(&desk->viewer, methods[i].method, there));
		else
			g_free(test_peer_error(
			    &desk->viewer, methods[i].method, there, CONTROL_ERROR_DENIED));
		if (!g_str_equal(methods[i].method, "channel.purge"))
			refused(desk, methods[i].method, elsewhere, CONTROL_ERROR_NOT_FOUND);
		refused(desk, methods[i].method, "{}", CONTROL_ERROR_INVALID_PARAMS);
	}
}

static void
test_transfer(Desk *desk, gconstpointer data)
{
	done(desk, "channel.transfer", "{\"channel\":\"#X\",\"account\":\"Anna\"}");
	g_assert_true(channel_is_founder(desk->channel, "anna"));
	done(desk, "channel.transfer", "{\"channel\":\"#x\",\"account\":\"bea\"}");
	g_assert_true(channel_is_founder(desk->channel, "bea"));
	refused(desk, "channel.transfer", "{\"channel\":\"#x\",\"account\":\"nobody\"}",
	    CONTROL_ERROR_NOT_FOUND);
	control_fixture_channel(&desk->fixture, "#plain");
	refused(desk, "channel.transfer", "{\"channel\":\"#plain\",\"account\":\"anna\"}",
	    CONTROL_ERROR_REFUSED);
	g_assert_true(channel_is_founder(desk->channel, "bea"));
}

static void
test_settings(Desk *desk, gconstpointer data)
{
	g_autoptr(json_t) told = NULL;

	done(desk, "channel.set_setting",
	    "{\"channel\":\"#x\",\"setting\":\"entrymsg\",\"value\":\"Welcome\"}");
	g_assert_cmpstr(
	    channel_setting(desk->channel, CHANNEL_SETTING_ENTRY_MESSAGE), ==, "Welcome");
	done(desk, "channel.set_setting",
	    "{\"channel\":\"#x\",\"setting\":\"entrymsg\",\"value\":\"-\"}");
	g_assert_cmpstr(channel_setting(desk->channel, CHANNEL_SETTING_ENTRY_MESSAGE), ==, "");
	done(desk, "channel.set_setting",
	    "{\"channel\":\"#x\",\"setting\":\"restricted\",\"value\":\"ON\"}");
	g_assert_true(channel_setting_is_on(desk->channel, CHANNEL_SETTING_RESTRICTED));
	done(desk, "channel.transfer", "{\"channel\":\"#x\",\"account\":\"anna\"}");
	told = test_peer_result(&desk->viewer, "channel.get_settings", "{\"channel\":\"#X\"}");
	g_assert_cmpstr(json_text_at(told, "channel"), ==, "#x");
	g_assert_cmpstr(json_text_at(told, "founder"), ==, "anna");
	g_assert_nonnull(json_text_at(told, "registered_at"));
	g_assert_cmpstr(json_text_at(told, "settings.restricted"), ==, "on");
	g_assert_cmpstr(json_text_at(told, "settings.entrymsg"), ==, "");
	control_fixture_channel(&desk->fixture, "#plain");
	refused(desk, "channel.get_settings", "{\"channel\":\"#plain\"}", CONTROL_ERROR_NOT_FOUND);
	refused(desk, "channel.set_setting",
	    "{\"channel\":\"#x\",\"setting\":\"restricted\",\"value\":\"maybe\"}",
	    CONTROL_ERROR_INVALID_PARAMS);
	refused(desk, "channel.set_setting",
	    "{\"channel\":\"#x\",\"setting\":\"purged\",\"value\":\"x\"}",
	    CONTROL_ERROR_INVALID_PARAMS);
	refused(desk, "channel.set_setting",
	    "{\"channel\":\"#x\",\"setting\":\"successor\",\"value\":\"nobody\"}",
	    CONTROL_ERROR_INVALID_PARAMS);
	done(desk, "channel.set_setting",
	    "{\"channel\":\"#x\",\"setting\":\"successor\",\"value\":\"bea\"}");
	/* Who becomes founder is no successor any more. */
	done(desk, "channel.transfer", "{\"channel\":\"#x\",\"account\":\"bea\"}");
	g_assert_cmpstr(channel_setting(desk->channel, CHANNEL_SETTING_SUCCESSOR), ==, "");
}

static void
test_access(Desk *desk, gconstpointer data)
{
	g_autoptr(json_t) list = NULL;
	g_autoptr(json_t) after = NULL;

	done(desk, "access.set",
	    "{\"channel\":\"#x\",\"whom\":\"anna\",\"level\":\"operator\",\"reason\":\"Helps\"}");
	done(desk, "access.set",
	    "{\"channel\":\"#x\",\"whom\":\"~t:10:*!*@192.0.2.7\",\"level\":\"voice\"}");
	list = test_peer_result(&desk->viewer, "access.list", "{\"channel\":\"#x\"}");
	g_assert_cmpuint(json_array_size(json_at(list, "list")), ==, 2);
	g_assert_cmpstr(json_text_at(list, "list.0.mask"), ==, "~a:anna");
	g_assert_cmpstr(json_text_at(list, "list.0.level"), ==, "operator");
	g_assert_cmpstr(json_text_at(list, "list.0.reason"), ==, "Helps");
	g_assert_true(json_is_null(json_at(list, "list.0.expires_at")));
	g_assert_cmpstr(json_text_at(list, "list.1.mask"), ==, "~t:10:*!*@192.0.2.7");
	g_assert_true(json_is_null(json_at(list, "list.1.reason")));
	g_assert_nonnull(json_text_at(list, "list.1.expires_at"));
	/* Another level takes the place of the first. */
	done(desk, "access.set", "{\"channel\":\"#x\",\"whom\":\"ANNA\",\"level\":\"owner\"}");
	done(desk, "access.set",
	    "{\"channel\":\"#x\",\"whom\":\"*!*@192.0.2.7\",\"level\":\"none\"}");
	after = test_peer_result(&desk->viewer, "access.list", "{\"channel\":\"#x\"}");
	g_assert_cmpuint(json_array_size(json_at(after, "list")), ==, 1);
	g_assert_cmpstr(json_text_at(after, "list.0.level"), ==, "owner");
}

/* What modes set stands behind who has access, with the mode that did it. */
static void
test_access_of_modes(Desk *desk, gconstpointer data)
{
	static const struct {
		const char *level, *mode, *mask;
	} rows[] = {
	    {"voice", NULL, "~a:anna"},
	    {"ban", "b", "spam!*@*"},
	    {"ban", "b", "~t:10:gone!*@*"},
	    {"ban exception", "e", "good!*@*"},
	    {"invite exception", "I", "guest!*@*"},
	};
	g_autoptr(json_t) list = NULL;

	/* Parameters with the letters, as in a MODE line, or by themselves, or some of each. */
	done(desk, "channel.set_mode",
	    "{\"channel\":\"#x\",\"modes\":\" +Iebb guest good\",\"parameters\":\"spam "
	    "~t:10:gone!*@*\"}");
	g_assert_cmpuint(desk->channel->modes & MODE_BIT(MODE_CHANNEL_SECRET_INDEX), ==, 0);
	done(desk, "channel.set_reason",
	    "{\"channel\":\"#x\",\"mask\":\"spam\",\"reason\":\"Advertises\"}");
	done(desk, "access.set", "{\"channel\":\"#x\",\"whom\":\"anna\",\"level\":\"voice\"}");
	list = test_peer_result(&desk->viewer, "access.list", "{\"channel\":\"#x\"}");
	g_assert_cmpuint(json_array_size(json_at(list, "list")), ==, G_N_ELEMENTS(rows));
	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
		const json_t *row = json_array_get(json_at(list, "list"), i);

		g_assert_cmpstr(json_text_at(row, "level"), ==, rows[i].level);
		g_assert_cmpstr(json_text_at(row, "mode"), ==, rows[i].mode);
		g_assert_cmpstr(json_text_at(row, "mask"), ==, rows[i].mask);
	}
	g_assert_cmpstr(json_text_at(list, "list.1.reason"), ==, "Advertises");
	g_assert_nonnull(json_text_at(list, "list.2.expires_at"));
}

static void
test_access_refused(Desk *desk, gconstpointer data)
{
	refused(desk, "access.set", "{\"channel\":\"#x\",\"whom\":\"nobody\",\"level\":\"voice\"}",
	    CONTROL_ERROR_INVALID_PARAMS);
	refused(desk, "access.set", "{\"channel\":\"#x\",\"whom\":\"~q:x\",\"level\":\"voice\"}",
	    CONTROL_ERROR_INVALID_PARAMS);
	refused(desk, "access.set", "{\"channel\":\"#x\",\"whom\":\"anna\",\"level\":\"king\"}",
	    CONTROL_ERROR_INVALID_PARAMS);
	refused(desk, "access.set", "{\"channel\":\"#x\",\"whom\":\"bea\",\"level\":\"none\"}",
	    CONTROL_ERROR_NOT_FOUND);
	control_fixture_channel(&desk->fixture, "#plain");
	refused(desk, "access.set",
	    "{\"channel\":\"#plain\",\"whom\":\"anna\",\"level\":\"voice\"}",
	    CONTROL_ERROR_REFUSED);
}

static void
test_reason(Desk *desk, gconstpointer data)
{
	const MaskList *bans = &desk->channel->lists[CHANNEL_BANS];

	done(desk, "channel.set_mode",
	    "{\"channel\":\"#x\",\"modes\":\"+b\",\"parameters\":\"spam!*@*\"}");
	g_assert_null(bans->entries[0].reason);
	done(desk, "channel.set_reason",
	    "{\"channel\":\"#x\",\"mask\":\"SPAM\",\"reason\":\"Advertises\"}");
	g_assert_cmpstr(bans->entries[0].reason, ==, "Advertises");
	done(desk, "channel.set_reason", "{\"channel\":\"#x\",\"mask\":\"spam\",\"reason\":\"\"}");
	g_assert_null(bans->entries[0].reason);
	refused(desk, "channel.set_reason",
	    "{\"channel\":\"#x\",\"mask\":\"nobody\",\"reason\":\"x\"}", CONTROL_ERROR_NOT_FOUND);
	refused(desk, "channel.set_reason",
	    "{\"channel\":\"#x\",\"mask\":\"~q:x\",\"reason\":\"x\"}",
	    CONTROL_ERROR_INVALID_PARAMS);
}

static void
test_purge(Desk *desk, gconstpointer data)
{
	User *user = control_fixture_user(&desk->fixture, "guest");
	g_autoptr(json_t) closed = NULL;

	done(desk, "channel.transfer", "{\"channel\":\"#x\",\"account\":\"anna\"}");
	control_fixture_join(&desk->fixture, user, desk->channel);
	done(desk, "channel.purge", "{\"channel\":\"#x\",\"reason\":\"Closed by court\"}");
	desk->channel = directory_find_channel(desk->fixture.community->directory, "#x");
	g_assert_cmpuint(desk->channel->n_members, ==, 0);
	g_assert_false(channel_is_founder(desk->channel, "anna"));
	g_assert_cmpstr(
	    channel_setting(desk->channel, CHANNEL_SETTING_PURGED), ==, "Closed by court");
	done(desk, "channel.purge", "{\"channel\":\"#new\",\"reason\":\"Never opened\"}");
	closed = test_peer_result(
	    &desk->viewer, "channel.list", "{\"filter\":\"purged:?*\",\"sort\":\"-name\"}");
	g_assert_cmpuint(json_array_size(json_at(closed, "list")), ==, 2);
	g_assert_cmpstr(json_text_at(closed, "list.0.name"), ==, "#x");
	g_assert_cmpstr(json_text_at(closed, "list.0.purged"), ==, "Closed by court");
	g_assert_true(json_is_null(json_at(closed, "list.0.founder")));
	refused(desk, "channel.purge", "{\"channel\":\"new\",\"reason\":\"x\"}",
	    CONTROL_ERROR_NOT_FOUND);
	refused(desk, "channel.purge", "{\"channel\":\"#new\",\"reason\":\"\"}",
	    CONTROL_ERROR_INVALID_PARAMS);
	done(desk, "channel.allow", "{\"channel\":\"#x\"}");
	g_assert_null(directory_find_channel(desk->fixture.community->directory, "#x"));
	control_fixture_channel(&desk->fixture, "#plain");
	refused(desk, "channel.allow", "{\"channel\":\"#plain\"}", CONTROL_ERROR_NOT_FOUND);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Desk *desk, gconstpointer data);
	} tests[] = {
	    {"/methods_access/rights", test_rights},
	    {"/methods_access/transfer", test_transfer},
	    {"/methods_access/settings", test_settings},
	    {"/methods_access/access", test_access},
	    {"/methods_access/access-of-modes", test_access_of_modes},
	    {"/methods_access/access-refused", test_access_refused},
	    {"/methods_access/reason", test_reason},
	    {"/methods_access/purge", test_purge},
	};

	g_test_init(&argc, &argv, NULL);
	for (unsigned i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Desk, NULL, set_up, tests[i].test, tear_down);
	return g_test_run();
}
