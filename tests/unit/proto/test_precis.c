/* SPDX-License-Identifier: MIT */
/* RFC 8265 3.3: what user names are mapped to, and which are names. */
#include "proto/precis.h"

#include <glib.h>
#include <string.h>

static void
test_map(void)
{
	static const struct {
		const char *from, *to;
	} cases[] = {{"juliet@example.com", "juliet@example.com"}, {"Fußball", "fußball"},
	    {"π", "π"}, {"Σ", "σ"}, {"ΑΣ", "ας"}, {"Ａｂ１", "ab1"}, {"ｶ", "カ"},
	    {"E\xCC\x81", "é"}, {"\xE2\x84\xAB", "å"}, {"İ", "i\xCC\x87"}};
	char text[64];
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_assert_true(
		    precis_map_text(cases[i].from, strlen(cases[i].from), text, sizeof text));
		g_assert_cmpstr(text, ==, cases[i].to);
		/* Mapping what is mapped changes nothing. */
		g_assert_true(precis_map_text(cases[i].to, strlen(cases[i].to), text, sizeof text));
		g_assert_cmpstr(text, ==, cases[i].to);
	}
}

static void
test_bounds(void)
{
	uint16_t units[PRECIS_UNITS_MAX];
	g_autofree char *longest = g_strnfill(PRECIS_TEXT_MAX + 1, 'a');
	char text[8];
	g_assert_cmpuint(precis_map("", 0, units), ==, 0);
	g_assert_cmpuint(precis_map("\xFF", 1, units), ==, 0);
	g_assert_cmpuint(precis_map(longest, PRECIS_TEXT_MAX, units), ==, PRECIS_TEXT_MAX);
	g_assert_cmpuint(precis_map(longest, PRECIS_TEXT_MAX + 1, units), ==, 0);
	g_assert_false(precis_map_text(longest, PRECIS_TEXT_MAX + 1, text, sizeof text));
	g_assert_cmpstr(text, ==, "");
	/* Cut between two characters. */
	g_assert_true(precis_map_text("éééé", 8, text, sizeof text));
	g_assert_cmpstr(text, ==, "éé");
	g_assert_true(precis_map_text("aébc", 5, text, sizeof text));
	g_assert_cmpstr(text, ==, "aéb");
}

/* The examples of RFC 8265 3.5 and 8.1, of user parts. */
static void
test_identifier(void)
{
	static const char *const good[] = {
	    "juliet@example.com", "fussball", "fußball", "π", "Σ", "σ", "ς", "juliet"};
	static const char *const bad[] = {
	    "", "foo bar", "henry\xE2\x85\xA3", "∞", "foo\tbar", "\xE2\x99\x9A"};
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_true(precis_is_identifier(good[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(precis_is_identifier(bad[i]));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/precis/map", test_map);
	g_test_add_func("/precis/bounds", test_bounds);
	g_test_add_func("/precis/identifier", test_identifier);
	return g_test_run();
}
