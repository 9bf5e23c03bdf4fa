/* SPDX-License-Identifier: MIT */
/* Modes: one alphabet, its kinds and its ranks. */
#include "proto/modes.h"

#include <glib.h>
#include <string.h>

static void
test_rows(void)
{
	for (unsigned i = 0; i < MODES; i++) {
		const ModeRow *row = mode_row(i);
		g_assert_cmpuint(mode_find(row->target, row->letter), ==, i);
		g_assert_cmpint(row->kind == MODE_KIND_RANK, ==, row->prefix != '\0');
		g_assert_cmpuint(strlen(row->help), >, 10);
		/* Ranks are looked for at the beginning only. */
		if (row->prefix && i > 0)
			g_assert_cmpint(mode_row(i - 1)->kind, ==, MODE_KIND_RANK);
		if (row->prefix)
			g_assert_cmpuint(mode_find_prefix(row->prefix), ==, i);
	}
	g_assert_cmpuint(mode_find(MODE_ON_CHANNEL, 'm'), ==, MODE_CHANNEL_MODERATED_INDEX);
	g_assert_cmpuint(mode_find(MODE_ON_CHANNEL, 'i'), !=, mode_find(MODE_ON_USER, 'i'));
	g_assert_cmpuint(mode_find(MODE_ON_CHANNEL, 'Y'), ==, MODES);
	g_assert_cmpuint(mode_find(MODE_ON_CHANNEL, '\0'), ==, MODES);
	g_assert_cmpuint(mode_find_prefix('%'), ==, MODES);
	g_assert_cmpuint(mode_find_prefix('\0'), ==, MODES);
	g_assert_cmpuint(MODE_BIT(MODE_USER_WALLOPS_INDEX), ==, MODE_USER_WALLOPS);
}

static void
test_letters(void)
{
	static const struct {
		ModeTarget target;
		ModeKind kind;
		const char *letters;
	} cases[] = {{MODE_ON_CHANNEL, MODE_KIND_LIST, "beI"},
	    {MODE_ON_CHANNEL, MODE_KIND_KEY, "k"}, {MODE_ON_CHANNEL, MODE_KIND_LIMIT, "l"},
	    {MODE_ON_CHANNEL, MODE_KIND_VALUE, "FLW"},
	    {MODE_ON_CHANNEL, MODE_KIND_FLAG, "acCDgiKmMnNpPrsStUxZ"},
	    {MODE_ON_CHANNEL, MODE_KIND_RANK, "oqv"}, {MODE_ON_USER, MODE_KIND_FLAG, "BDgiIopRTw"},
	    {MODE_ON_USER, MODE_KIND_VALUE, "s"}, {MODE_ON_USER, MODE_KIND_LIST, ""}};
	char text[MODES + 1];
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		mode_letters(cases[i].target, mode_bits(cases[i].target, cases[i].kind), text);
		g_assert_cmpstr(text, ==, cases[i].letters);
	}
	mode_letters(MODE_ON_CHANNEL, mode_group_bits(2), text);
	g_assert_cmpstr(text, ==, "FlLW");
	mode_letters(MODE_ON_CHANNEL, mode_member_flags(), text);
	g_assert_cmpstr(text, ==, "acCDgiKmMnNpsStUxZ");
	mode_letters(MODE_ON_USER, MODE_CHANNEL_INVITE_ONLY, text);
	g_assert_cmpstr(text, ==, "");
}

static void
test_prefixes(void)
{
	char text[MODES + 1];
	uint64_t all = MODE_CHANNEL_OWNER | MODE_CHANNEL_OP | MODE_CHANNEL_VOICE;
	mode_prefixes(all, true, text);
	g_assert_cmpstr(text, ==, "~@+");
	mode_prefixes(all, false, text);
	g_assert_cmpstr(text, ==, "~");
	mode_prefixes(MODE_CHANNEL_VOICE | MODE_CHANNEL_OP, false, text);
	g_assert_cmpstr(text, ==, "@");
	mode_prefixes(MODE_CHANNEL_MODERATED, true, text);
	g_assert_cmpstr(text, ==, "");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/modes/rows", test_rows);
	g_test_add_func("/modes/letters", test_letters);
	g_test_add_func("/modes/prefixes", test_prefixes);
	return g_test_run();
}
