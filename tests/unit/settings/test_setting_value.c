/* SPDX-License-Identifier: MIT */
/* Values of every type: what is read, what it is in C, and what is written back. */
#include "settings/setting_value.h"

#include "settings/settings.h"

#include <string.h>

static const SettingRow *
find_row(const char *section, const char *key)
{
	const SettingSection *found = setting_section_find(section);
	g_assert_nonnull(found);
	const SettingRow *row = setting_row_find(found, key);
	g_assert_nonnull(row);
	return row;
}

/* Room for a value of any type. */
typedef union AnyValue {
	bool boolean;
	unsigned number;
	int64_t time;
	size_t size;
	char *text;
	char **list;
} AnyValue;

static void
test_round_trip(void)
{
	static const struct {
		const char *section;
		const char *key;
		const char *text;
		const char *written; /* NULL: not allowed */
	} cases[] = {{"listener", "tls", "yes", "yes"}, {"listener", "tls", "TRUE", "yes"},
	    {"listener", "tls", "on", "yes"}, {"listener", "tls", "1", "yes"},
	    {"listener", "tls", "0", "no"}, {"listener", "tls", "Off", "no"},
	    {"listener", "tls", "", NULL}, {"listener", "port", "0006667", "6667"},
	    {"listener", "port", "6667 ", NULL}, {"listener", "mode", "660", "0660"},
	    {"listener", "mode", "0", "0000"}, {"limits", "sendq", "65536", "64k"},
	    {"limits", "sendq", "65537b", "65537"}, {"limits", "sendq", "2M", "2m"},
	    {"limits", "sendq", "1024k", "1m"}, {"limits", "ping_interval", "90", "90s"},
	    {"limits", "ping_interval", "120s", "2m"}, {"limits", "ping_interval", "60M", "1h"},
	    {"limits", "ping_interval", "-5s", NULL}, {"limits", "ping_interval", "s", NULL},
	    {"service", "description", "\xC3\xA9", "\xC3\xA9"},
	    {"community", "motd", "a\nb", "a\nb"}, {"community", "motd", "a\tb", NULL},
	    {"service", "description", "a\nb", NULL}, {"listener", "address", "::", "::"},
	    {"listener", "address", "::1/128", NULL}, {"listener", "address", "", NULL},
	    {"community", "channel_modes", "tn", "nt"}, {"community", "channel_modes", "nnn", "n"},
	    {"community", "channel_modes", "", ""}, {"listener", "kind", "Control", "control"},
	    {"operator", "privileges", "rehash,kill", "kill rehash"},
	    {"operator", "privileges", "", ""},
	    {"operator", "masks", "me@host, 10.0.0.0/8", "*!me@host *!*@10.0.0.0/8"},
	    {"role", "groups", " a,,b\tc ", "a b c"}, {"role", "groups", "", ""},
	    {"operator", "password", "plain", NULL}, {"operator", "password", "", ""}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s %s", cases[i].key, cases[i].text);
		const SettingRow *row = find_row(cases[i].section, cases[i].key);
		AnyValue value = {0};
		g_autofree char *problem = setting_value_parse(row, cases[i].text, &value);
		g_assert_cmpint(problem == NULL, ==, cases[i].written != NULL);
		if (!problem) {
			g_autofree char *written = setting_value_text(row, &value);
			g_assert_cmpstr(written, ==, cases[i].written);
		} else {
			g_assert_true(g_str_has_prefix(problem, "must be "));
		}
		setting_value_clear(row, &value);
	}
}

static void
test_c_values(void)
{
	AnyValue value = {0};
	g_assert_null(setting_value_parse(find_row("limits", "ping_interval"), "90s", &value));
	g_assert_cmpint(value.time, ==, 90 * INT64_C(1000000));
	g_assert_null(setting_value_parse(find_row("limits", "sendq"), "1m", &value));
	g_assert_cmpuint(value.size, ==, 1048576);
	g_assert_null(setting_value_parse(find_row("listener", "mode"), "0640", &value));
	g_assert_cmpuint(value.number, ==, 0640);
	g_assert_null(setting_value_parse(find_row("listener", "kind"), "control", &value));
	g_assert_cmpuint(value.number, ==, LISTENER_CONTROL);
	g_assert_null(setting_value_parse(find_row("role", "rights"), "administrator", &value));
	g_assert_cmpuint(value.number, ==, ROLE_ADMINISTRATOR);
	g_assert_null(setting_value_parse(
	    find_row("operator", "privileges"), "kill wallops see_hidden rehash", &value));
	g_assert_cmpuint(value.number, ==,
	    OPERATOR_KILL | OPERATOR_REHASH | OPERATOR_WALLOPS | OPERATOR_SEE_HIDDEN);
	g_assert_null(setting_value_parse(find_row("accounts", "mechanisms"),
	    "plain external scram-sha-256 scram-sha-256-plus anonymous", &value));
	g_assert_cmpuint(value.number, ==,
	    MECHANISM_PLAIN | MECHANISM_EXTERNAL | MECHANISM_SCRAM_SHA_256 |
		MECHANISM_SCRAM_SHA_256_PLUS | MECHANISM_ANONYMOUS);
	g_assert_null(setting_value_parse(find_row("accounts", "mechanisms"), "anonymous", &value));
	g_assert_cmpuint(value.number, ==, MECHANISM_ANONYMOUS);
	g_assert_null(setting_value_parse(find_row("mail", "tls"), "none", &value));
	g_assert_cmpuint(value.number, ==, MAIL_TLS_NONE);
	g_assert_null(setting_value_parse(find_row("accounts", "enforcement"), "strict", &value));
	g_assert_cmpuint(value.number, ==, ENFORCEMENT_STRICT);
	g_assert_null(
	    setting_value_parse(find_row("operator", "privileges"), "see_hidden", &value));
	g_assert_cmpuint(value.number, ==, OPERATOR_SEE_HIDDEN);
}

/* A value that is refused leaves the old one; one that is taken frees it. */
static void
test_old_value(void)
{
	const SettingRow *row = find_row("service", "name");
	char *text = NULL;
	g_assert_null(setting_value_parse(row, "one.example", &text));
	g_autofree char *problem = setting_value_parse(row, "not a host", &text);
	g_assert_cmpstr(problem, ==, "must be a host name with a dot, 1 to 63 bytes");
	g_assert_cmpstr(text, ==, "one.example");
	g_assert_null(setting_value_parse(row, "two.example", &text));
	g_assert_cmpstr(text, ==, "two.example");
	setting_value_clear(row, &text);
	g_assert_null(text);
}

/* What cannot be seen is named. */
static void
test_control_character(void)
{
	static const struct {
		const char *section, *key, *text, *end;
	} cases[] = {
	    {"community", "network", "a\ab", ", and byte 2 is the control character 0x07"},
	    {"community", "network", "a\nb", ", and byte 2 is the control character 0x0A"},
	    {"community", "motd", "a\nb\x7f", ", and byte 4 is the control character 0x7F"},
	    {"limits", "nick", "8", "to 63 bytes"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const SettingRow *row = find_row(cases[i].section, cases[i].key);
		AnyValue value = {0};
		g_autofree char *problem = setting_value_parse(row, cases[i].text, &value);

		g_assert_nonnull(problem);
		if (!g_str_has_suffix(problem, cases[i].end))
			g_error("%s: %s", cases[i].key, problem);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/setting-value/round-trip", test_round_trip);
	g_test_add_func("/setting-value/c-values", test_c_values);
	g_test_add_func("/setting-value/old-value", test_old_value);
	g_test_add_func("/setting-value/control-character", test_control_character);
	return g_test_run();
}
