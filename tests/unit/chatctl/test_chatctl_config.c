/* SPDX-License-Identifier: MIT */
#include "chatctl_config.h"

#include "chatctl_command.h"
#include "described.h"

static void
test_split(void)
{
	static const struct {
		const char *word;
		const char *section;
		const char *key;
	} rows[] = {
	    {"limits", "limits", NULL},
	    {"limits.nick", "limits", "nick"},
	    {"listener main.port", "listener main", "port"},
	    {"listener.main.port", "listener main", "port"},
	    {"listener a.b.port", "listener a.b", "port"},
	    {"listener main", "listener main", NULL},
	};
	g_autoptr(Description) description = described();

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *section = NULL;
		g_autofree char *key = NULL;
		g_autoptr(GError) error = NULL;

		g_assert_true(
		    chatctl_config_split(description, rows[i].word, &section, &key, &error));
		g_assert_cmpstr(section, ==, rows[i].section);
		g_assert_cmpstr(key, ==, rows[i].key);
	}
}

static void
test_change(void)
{
	static const struct {
		const char *word;
		const char *change;
	} rows[] = {
	    {"limits.nick=", "{\"section\":\"limits\",\"key\":\"nick\",\"value\":\"\"}"},
	    {"limits.nick!", "{\"section\":\"limits\",\"key\":\"nick\",\"value\":null}"},
	    {"listener main!", "{\"section\":\"listener main\",\"key\":null,\"value\":null}"},
	    {"community.main.motd=a!",
		"{\"section\":\"community main\",\"key\":\"motd\",\"value\":\"a!\"}"},
	};
	static const char *const bad[] = {"", "=", "!", "limits=3", "nothing.x=3", "limits.x=3"};
	g_autoptr(Description) description = described();

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		json_t *change = chatctl_config_change(description, rows[i].word, NULL);
		json_t *expected = json_loads(rows[i].change, 0, NULL);

		g_assert_true(json_equal(change, expected));
		json_decref(change);
		json_decref(expected);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(chatctl_config_change(description, bad[i], &error));
		g_assert_error(error, CHATCTL_USAGE, 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chatctl_config/split", test_split);
	g_test_add_func("/chatctl_config/change", test_change);
	return g_test_run();
}
