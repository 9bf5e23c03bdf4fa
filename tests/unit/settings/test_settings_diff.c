/* SPDX-License-Identifier: MIT */
/* Changes between two snapshots. */
#include "settings/settings_diff.h"

#include <string.h>

static Settings *
parse(const char *text)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(GPtrArray) keyfiles = g_ptr_array_new();
	g_autoptr(KeyFile) keyfile = keyfile_parse(text, strlen(text), "t", errors);
	g_ptr_array_add(keyfiles, keyfile);
	Settings *settings = settings_parse(keyfiles, errors);
	g_assert_cmpuint(errors->len, ==, 0);
	return settings;
}

static void
test_equal(void)
{
	g_autoptr(Settings) a = parse("[limits]\nping_interval = 120\n[role r]\nusers = x, y\n");
	g_autoptr(Settings) b = parse("[role r]\nusers = x y\n[limits]\nping_interval = 2m\n");
	g_autoptr(GPtrArray) changes = settings_diff(a, b);
	g_assert_cmpuint(changes->len, ==, 0);
}

static void
test_changes(void)
{
	g_autoptr(Settings) from = parse("[service]\nio_threads = 0\n[limits]\nnick = 20\n"
					 "[listener a]\nport = 7000\n[role r]\nusers = x\n");
	g_autoptr(Settings) to = parse("[service]\nio_threads = 2\n[limits]\nnick = 21\n"
				       "[listener a]\nport = 7001\n[listener b]\nport = 7002\n");
	static const struct {
		const char *section;
		const char *key;
		const char *from;
		const char *to;
		bool live;
	} expected[] = {{"service", "io_threads", "0", "2", false},
	    {"listener a", "port", "7000", "7001", true},
	    {"listener b", NULL, NULL, "listener b", true}, {"limits", "nick", "20", "21", true},
	    {"role r", NULL, "role r", NULL, true}};
	g_autoptr(GPtrArray) changes = settings_diff(from, to);
	g_assert_cmpuint(changes->len, ==, G_N_ELEMENTS(expected));
	for (unsigned i = 0; i < changes->len; i++) {
		const SettingsChange *change = g_ptr_array_index(changes, i);
		g_assert_cmpstr(change->section, ==, expected[i].section);
		g_assert_cmpstr(change->row ? change->row->key : NULL, ==, expected[i].key);
		g_assert_cmpstr(change->from, ==, expected[i].from);
		g_assert_cmpstr(change->to, ==, expected[i].to);
		g_assert_cmpint(change->live, ==, expected[i].live);
	}
}

/* Nobody sees what it was or is, everybody that it is another. */
static void
test_secret(void)
{
	static const char text[] = "[operator o]\nmasks = *!*@192.0.2.1\npassword = "
				   "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2Fs$"
				   "%sAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"
				   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
	g_autofree char *one = g_strdup_printf(text, "AA");
	g_autofree char *two = g_strdup_printf(text, "BB");
	g_autoptr(Settings) from = parse(one);
	g_autoptr(Settings) same = parse(one);
	g_autoptr(Settings) to = parse(two);
	g_autoptr(GPtrArray) none = settings_diff(from, same);
	g_autoptr(GPtrArray) changes = settings_diff(from, to);
	const SettingsChange *change;

	g_assert_cmpuint(none->len, ==, 0);
	g_assert_cmpuint(changes->len, ==, 1);
	change = changes->pdata[0];
	g_assert_cmpstr(change->row->key, ==, "password");
	g_assert_cmpstr(change->from, ==, "(secret)");
	g_assert_cmpstr(change->to, ==, "(secret)");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settings-diff/equal", test_equal);
	g_test_add_func("/settings-diff/changes", test_changes);
	g_test_add_func("/settings-diff/secret", test_secret);
	return g_test_run();
}
