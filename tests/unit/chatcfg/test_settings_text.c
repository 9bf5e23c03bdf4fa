/* SPDX-License-Identifier: MIT */
#include "settings_text.h"

#include <string.h>

static const char *const flags[] = {"kill", "rehash", "wallops", NULL};

static void
flags_are_words_in_the_order_described(void)
{
	g_autofree char *in = settings_text_with_word("wallops  kill", flags, "rehash", TRUE);
	g_autofree char *out = settings_text_with_word("wallops kill", flags, "kill", FALSE);
	g_autofree char *unknown = settings_text_with_word("fly kill", flags, "rehash", TRUE);
	g_autofree char *empty = settings_text_with_word("kill", flags, "kill", FALSE);

	g_assert_cmpstr(in, ==, "kill rehash wallops");
	g_assert_cmpstr(out, ==, "wallops");
	g_assert_cmpstr(unknown, ==, "kill rehash fly");
	g_assert_cmpstr(empty, ==, "");
	g_assert_true(settings_text_has_word(" kill\trehash", "rehash"));
	g_assert_false(settings_text_has_word("rehashed", "rehash"));
	g_assert_false(settings_text_has_word(NULL, "rehash"));
}

static void
the_same_value_may_be_written_otherwise(void)
{
	const DescribedSetting of_flags = {.type = "flags", .values = flags};
	const DescribedSetting of_bool = {.type = "bool"};
	const DescribedSetting of_text = {.type = "string"};

	g_assert_true(settings_text_same(&of_flags, "kill rehash", "rehash  kill"));
	g_assert_false(settings_text_same(&of_flags, "kill", "kill rehash"));
	g_assert_false(settings_text_same(&of_flags, "kill rehash", "kill"));
	g_assert_true(settings_text_same(&of_flags, "", NULL));
	g_assert_true(settings_text_same(&of_bool, "yes", "on"));
	g_assert_false(settings_text_same(&of_bool, "yes", "no"));
	g_assert_true(settings_text_same(&of_text, "a b", "a b"));
	g_assert_false(settings_text_same(&of_text, "a", "a "));
	g_assert_true(settings_text_same(&of_text, NULL, ""));
}

static void
booleans(void)
{
	g_assert_true(settings_text_is_on("yes"));
	g_assert_true(settings_text_is_on("1"));
	g_assert_false(settings_text_is_on("no"));
	g_assert_false(settings_text_is_on(""));
	g_assert_false(settings_text_is_on(NULL));
	g_assert_cmpstr(settings_text_of_bool(TRUE), ==, "yes");
	g_assert_cmpstr(settings_text_of_bool(FALSE), ==, "no");
}

static void
what_may_be_typed(void)
{
	static const struct {
		DescribedSetting setting;
		const char *allowed;
	} cases[] = {
	    {{.type = "uint", .has_range = TRUE, .minimum = 9, .maximum = 63, .unit = "bytes"},
		"9 to 63 bytes"},
	    {{.type = "uint", .has_range = TRUE, .minimum = 1, .maximum = 65535, .unit = ""},
		"1 to 65535"},
	    {{.type = "size", .has_range = TRUE, .minimum = 16384, .maximum = 67108864},
		"16 KiB to 64 MiB, as in 512k or 2m"},
	    {{.type = "size", .has_range = TRUE, .minimum = 8704, .maximum = 1000},
		"8704 bytes to 1000 bytes, as in 512k or 2m"},
	    {{.type = "duration", .has_range = TRUE, .minimum = 1, .maximum = 300},
		"1 second to 5 minutes, as in 90s or 5m"},
	    {{.type = "duration", .has_range = TRUE, .minimum = 90, .maximum = 86400},
		"90 seconds to 1 day, as in 90s or 5m"},
	    {{.type = "octal", .has_range = TRUE, .minimum = 0, .maximum = 511}, "0000 to 0777"},
	    {{.type = "path", .has_range = TRUE, .minimum = 0, .maximum = 107, .unit = "bytes"},
		"at most 107 bytes"},
	    {{.type = "string", .has_range = TRUE, .minimum = 1, .maximum = 32, .unit = "bytes"},
		"1 to 32 bytes"},
	    {{.type = "flags", .values = flags}, NULL},
	    {{.type = "bool"}, NULL},
	    {{.type = "address"}, NULL},
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *allowed = settings_text_allowed(&cases[i].setting);

		g_assert_cmpstr(allowed, ==, cases[i].allowed);
	}
}

static void
on_one_line(void)
{
	g_autofree char *long_text = g_strnfill(200, 'x');
	g_autofree char *brief = settings_text_brief(long_text);
	g_autofree char *lines = settings_text_brief(" a\nb\tc ");
	g_autofree char *empty = settings_text_brief("\n");
	g_autofree char *none = settings_text_brief(NULL);

	g_assert_cmpint(g_utf8_strlen(brief, -1), ==, 81);
	g_assert_true(g_str_has_suffix(brief, "x…"));
	g_assert_cmpstr(lines, ==, "a b c");
	g_assert_cmpstr(empty, ==, "(empty)");
	g_assert_cmpstr(none, ==, "(empty)");
}

static void
names(void)
{
	static const char described[] =
	    "{\"methods\":[],\"settings\":[],\"sections\":[{\"name\":\"tls\",\"label\":\"TLS\"},"
	    "{\"name\":\"listener\",\"label\":\"Socket\"},{\"name\":\"old\"}]}";
	g_autoptr(Description) description = description_parse(described, strlen(described), NULL);
	static const struct {
		const char *section, *title;
	} titles[] = {
	    {"tls", "TLS"}, {"listener main", "Socket main"}, {"old", "Old"}, {"limits", "Limits"}};
	g_autofree char *title = settings_text_title(NULL, "listener main");
	g_autofree char *key = settings_text_name("listener main", "port");
	g_autofree char *section = settings_text_name("limits", NULL);
	g_autofree char *too_long = g_strnfill(64, 'a');

	g_assert_cmpstr(title, ==, "Listener main");
	for (gsize i = 0; i < G_N_ELEMENTS(titles); i++) {
		g_autofree char *found = settings_text_title(description, titles[i].section);

		g_assert_cmpstr(found, ==, titles[i].title);
	}
	g_assert_cmpstr(key, ==, "listener main.port");
	g_assert_cmpstr(section, ==, "limits");
	g_assert_null(settings_text_name_problem("web-1_a.b"));
	g_assert_nonnull(strstr(settings_text_name_problem(""), "needed"));
	g_assert_nonnull(strstr(settings_text_name_problem("a b"), "letters"));
	g_assert_nonnull(strstr(settings_text_name_problem("ä"), "letters"));
	g_assert_nonnull(strstr(settings_text_name_problem(too_long), "63"));
}

static void
every_label_has_a_key_of_its_own_while_there_are(void)
{
	g_autoptr(GString) used = g_string_new(NULL);
	g_autofree char *first = settings_text_mnemonic("Port", used);
	g_autofree char *second = settings_text_mnemonic("Path", used);
	g_autofree char *third = settings_text_mnemonic("Pap", used);

	g_assert_cmpstr(first, ==, "_Port");
	g_assert_cmpstr(second, ==, "P_ath");
	g_assert_cmpstr(third, ==, "Pap");
	g_assert_cmpstr(used->str, ==, "pa");
}

static void
times(void)
{
	g_autofree char *time = settings_text_time("2026-11-24T01:52:25.539Z");
	g_autofree char *none = settings_text_time("soon");

	g_assert_cmpuint(strlen(time), ==, strlen("2026-11-24 01:52:25"));
	g_assert_true(g_str_has_suffix(time, ":25"));
	g_assert_cmpstr(none, ==, "soon");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settings_text/flags", flags_are_words_in_the_order_described);
	g_test_add_func("/settings_text/same", the_same_value_may_be_written_otherwise);
	g_test_add_func("/settings_text/booleans", booleans);
	g_test_add_func("/settings_text/allowed", what_may_be_typed);
	g_test_add_func("/settings_text/brief", on_one_line);
	g_test_add_func("/settings_text/names", names);
	g_test_add_func(
	    "/settings_text/mnemonics", every_label_has_a_key_of_its_own_while_there_are);
	g_test_add_func("/settings_text/times", times);
	return g_test_run();
}
