/* SPDX-License-Identifier: MIT */
/* SILENCE's list: flags and their letters, replacing, exceptions. */
#include "domain/silence_list.h"

static const MaskSubject ann = {"ann", "~a", "host.example", "192.0.2.1"};
static const MaskSubject bob = {"bob", "~b", "host.example", "192.0.2.2"};

static void
test_list(void)
{
	g_autoptr(SilenceList) list = silence_list_new();

	g_assert_cmpuint(silence_list_count(NULL), ==, 0);
	g_assert_false(silence_list_covers(NULL, SILENCE_PRIVATE, &ann));
	g_assert_true(silence_list_put(list, "*!*@*.example", SILENCE_EVERYTHING));
	g_assert_false(silence_list_put(list, "*!*@*.EXAMPLE", SILENCE_EVERYTHING));
	g_assert_true(silence_list_covers(list, SILENCE_NOTICES, &ann));
	g_assert_true(silence_list_put(list, "*!*@*.example", SILENCE_PRIVATE));
	g_assert_cmpuint(silence_list_count(list), ==, 1);
	g_assert_false(silence_list_covers(list, SILENCE_NOTICES, &ann));
	/* Whichever stands first, the exception wins. */
	g_assert_true(silence_list_put(list, "ann!*@*", SILENCE_PRIVATE | SILENCE_EXCEPTION));
	g_assert_false(silence_list_covers(list, SILENCE_PRIVATE, &ann));
	g_assert_true(silence_list_covers(list, SILENCE_PRIVATE, &bob));
	g_assert_true(silence_list_has(list, "ANN!*@*"));
	g_assert_true(silence_list_remove(list, "ann!*@*"));
	g_assert_false(silence_list_remove(list, "ann!*@*"));
	g_assert_true(silence_list_covers(list, SILENCE_PRIVATE, &ann));
	g_assert_true(silence_list_mentions(list, SILENCE_PRIVATE));
	g_assert_false(silence_list_mentions(list, SILENCE_CHANNELS));
	g_assert_true(silence_list_put(list, "*!*@*.example", SILENCE_CHANNELS));
	g_assert_true(silence_list_covers(list, SILENCE_CHANNELS, &ann));
	g_assert_false(silence_list_covers(list, SILENCE_CHANNEL_NOTICES, &ann));
	g_assert_true(silence_list_remove(list, "*!*@*.example"));
	g_assert_false(silence_list_mentions(list, SILENCE_CHANNELS));
	g_assert_false(silence_list_mentions(NULL, SILENCE_CHANNELS));
}

static void
test_flags(void)
{
	char text[SILENCE_FLAGS_SIZE];
	unsigned flags;

	g_assert_true(silence_flags_parse("", &flags));
	g_assert_cmpuint(flags, ==, SILENCE_EVERYTHING);
	g_assert_true(silence_flags_parse("x", &flags));
	g_assert_cmpuint(flags, ==, SILENCE_EVERYTHING | SILENCE_EXCEPTION);
	silence_flags_text(flags, text);
	g_assert_cmpstr(text, ==, "pnix");
	g_assert_true(silence_flags_parse("inn", &flags));
	silence_flags_text(flags, text);
	g_assert_cmpstr(text, ==, "ni");
	g_assert_false(silence_flags_parse("pz", &flags));
	/* Channels are kept away by their letters only, and these alone keep nothing else away. */
	g_assert_true(silence_flags_parse("tcx", &flags));
	silence_flags_text(flags, text);
	g_assert_cmpstr(text, ==, "ctx");
	g_assert_cmpuint(flags & SILENCE_EVERYTHING, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/silence-list/list", test_list);
	g_test_add_func("/silence-list/flags", test_flags);
	return g_test_run();
}
