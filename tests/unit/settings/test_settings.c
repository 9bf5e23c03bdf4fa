/* SPDX-License-Identifier: MIT */
/* Snapshots: defaults, merged files, all errors at once, secrets kept back, changes between two. */
#include "settings/settings.h"

#include "settings/settings_diff.h"

#include <string.h>

#define HASH                                                                                       \
	"SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=" \
	":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
#define OTHER_HASH                                                                                 \
	"SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=" \
	":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dA="

static void
free_keyfile(gpointer keyfile)
{
	keyfile_free(keyfile);
}

/* Parses up to two files; `second` may be NULL. */
static Settings *
parse(const char *first, const char *second, GPtrArray *errors)
{
	g_autoptr(GPtrArray) keyfiles = g_ptr_array_new_with_free_func(free_keyfile);
	g_ptr_array_add(keyfiles, keyfile_parse(first, strlen(first), "chatd.conf", errors));
	if (second)
		g_ptr_array_add(
		    keyfiles, keyfile_parse(second, strlen(second), "conf.d/x.conf", errors));
	return settings_parse(keyfiles, errors);
}

static Settings *
parse_good(const char *first, const char *second)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	Settings *settings = parse(first, second, errors);
	for (unsigned i = 0; i < errors->len; i++) {
		g_autofree char *text = settings_error_text(g_ptr_array_index(errors, i));
		g_test_message("%s", text);
	}
	g_assert_cmpuint(errors->len, ==, 0);
	g_assert_nonnull(settings);
	return settings;
}

static void
assert_value(const Settings *settings, const char *section, const char *key, const char *expected)
{
	g_autofree char *value = settings_get(settings, section, key);
	g_assert_cmpstr(value, ==, expected);
}

static void
test_defaults(void)
{
	g_autoptr(Settings) settings = settings_defaults();
	g_assert_cmpuint(settings->limits->nick, ==, 32);
	g_assert_cmpuint(settings->limits->channel, ==, 64);
	g_assert_cmpuint(settings->limits->topic, ==, 390);
	g_assert_cmpuint(settings->limits->user_channels, ==, 50);
	g_assert_cmpint(settings->limits->registration_timeout, ==, 20 * INT64_C(1000000));
	g_assert_cmpuint(settings->communities->len, ==, 1);
	g_assert_cmpuint(settings->listeners->len, ==, 7);
	unsigned controls = 0;
	for (unsigned i = 0; i < settings->listeners->len; i++) {
		const SettingsListener *listener = g_ptr_array_index(settings->listeners, i);
		bool control = listener->kind == LISTENER_CONTROL;
		controls += control;
		if (control)
			g_assert_cmpstr(listener->path, ==, "control.sock");
		else
			g_assert_true(strcmp(listener->address, "127.0.0.1") == 0 ||
				      strcmp(listener->address, "::1") == 0);
		g_assert_cmpuint(listener->port, ==,
		    listener->tls         ? 6697
		    : listener->websocket ? 8097
					  : 6667);
		g_assert_null(listener->origin.file);
	}
	g_assert_cmpuint(controls, ==, 1);
	assert_value(settings, "community main", "channel_modes", "nt");
	assert_value(settings, "limits", "ping_interval", "2m");
	assert_value(settings, "limits", "nothing", NULL);
	assert_value(settings, "nothing", "nick", NULL);
	assert_value(settings, "listener", "port", NULL);
	assert_value(settings, "limits x", "nick", NULL);
}

static void
test_merged_files(void)
{
	g_autoptr(Settings) settings =
	    parse_good("[limits]\nnick = 20\n[listener a]\nport = 7000\n",
		"[limits]\ntopic = 300\n[listener b]\nkind = control\npath = c.sock\n");
	g_assert_cmpuint(settings->limits->nick, ==, 20);
	g_assert_cmpuint(settings->limits->topic, ==, 300);
	g_assert_cmpstr(settings->limits->origin.file, ==, "chatd.conf");
	g_assert_cmpuint(settings->listeners->len, ==, 2);
	const SettingsListener *second = g_ptr_array_index(settings->listeners, 1);
	g_assert_cmpstr(second->origin.name, ==, "b");
	g_assert_cmpstr(second->origin.file, ==, "conf.d/x.conf");
	g_assert_cmpuint(second->origin.line, ==, 3);
	g_assert_true(settings_section(settings, "listener b") == second);

	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_assert_null(parse("[limits]\nnick = 20\n", "[limits]\nnick = 21\n", errors));
	g_assert_cmpuint(errors->len, ==, 1);
	g_autofree char *text = settings_error_text(g_ptr_array_index(errors, 0));
	g_assert_cmpstr(text, ==,
	    "conf.d/x.conf:2: [limits] nick = 21: this key is in chatd.conf line 2 already; "
	    "allowed is once");
}

static void
test_all_errors_at_once(void)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_assert_null(parse("oops\n[limits]\nnick = 1\ntopic = x\n[nowhere]\na = b\n[role r]\n",
	    "[log]\nlevel = no\n", errors));
	static const char *const starts[] = {"chatd.conf:1: '='",
	    "chatd.conf:3: [limits] nick = 1:", "chatd.conf:4: [limits] topic = x:",
	    "chatd.conf:5: [nowhere]: no such section",
	    "conf.d/x.conf:2: [log] level = no:", "chatd.conf:7: [role r]: nobody"};
	g_assert_cmpuint(errors->len, ==, G_N_ELEMENTS(starts));
	for (unsigned i = 0; i < errors->len; i++) {
		g_autofree char *text = settings_error_text(g_ptr_array_index(errors, i));
		g_test_message("%s", text);
		g_assert_true(g_str_has_prefix(text, starts[i]));
	}
}

static void
test_secrets_stay_inside(void)
{
	g_autoptr(Settings) settings = parse_good("[operator me]\npassword = " HASH "\n", NULL);
	const SettingsOperator *owner = g_ptr_array_index(settings->operators, 0);
	g_assert_cmpstr(owner->password, ==, HASH);
	assert_value(settings, "operator me", "password", "(secret)");
	g_autoptr(Settings) changed =
	    parse_good("[operator me]\npassword = " OTHER_HASH "\n", NULL);
	g_autoptr(GPtrArray) changes = settings_diff(settings, changed);
	g_assert_cmpuint(changes->len, ==, 1);
	const SettingsChange *change = g_ptr_array_index(changes, 0);
	g_assert_cmpstr(change->section, ==, "operator me");
	g_assert_cmpstr(change->row->key, ==, "password");
	g_assert_cmpstr(change->from, ==, "(secret)");
	g_assert_cmpstr(change->to, ==, "(secret)");
}

/* A mistyped password must not turn up in an error, and control characters not in a terminal. */
static void
test_error_values(void)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_assert_null(
	    parse("[operator a]\npassword = hunter2\n[log]\nlevel = a\\n\\tb\n", NULL, errors));
	g_assert_cmpuint(errors->len, ==, 2);
	const SettingsError *first = g_ptr_array_index(errors, 0);
	g_assert_null(first->value);
	g_autofree char *second = settings_error_text(g_ptr_array_index(errors, 1));
	g_assert_true(g_str_has_prefix(second, "chatd.conf:4: [log] level = a\\x0a\\x09b: must"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settings/defaults", test_defaults);
	g_test_add_func("/settings/merged-files", test_merged_files);
	g_test_add_func("/settings/all-errors-at-once", test_all_errors_at_once);
	g_test_add_func("/settings/secrets-stay-inside", test_secrets_stay_inside);
	g_test_add_func("/settings/error-values", test_error_values);
	return g_test_run();
}
