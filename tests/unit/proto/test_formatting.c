/* SPDX-License-Identifier: MIT */
/* Formatting: what is taken out of a text, and what is left. */
#include "proto/formatting.h"

static void
test_strip(void)
{
	static const struct {
		const char *text, *plain;
	} cases[] = {
	    {"", ""},
	    {"plain", "plain"},
	    {"\x02"
	     "bold\x0F end",
		"bold end"},
	    {"\x03"
	     "4red\x03 none",
		"red none"},
	    {"\x03"
	     "04,12two\x03,no",
		"two,no"},
	    {"\x03"
	     "123",
		"3"},
	    {"\x03"
	     "4,",
		","},
	    {"\x03"
	     "4,x",
		",x"},
	    {"\x04"
	     "FF0000,00ff00hex\x04 none",
		"hex none"},
	    {"\x04"
	     "FF00 short",
		"FF00 short"},
	    {"\x11mono\x16rev\x1Dit\x1Estrike\x1Funder", "monorevitstrikeunder"},
	    {"\x03", ""},
	    {"\x01"
	     "ACTION \x1Dwaves\x01",
		"\x01"
		"ACTION waves\x01"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *plain = formatting_strip(cases[i].text);

		g_assert_cmpstr(plain, ==, cases[i].plain);
		g_assert_false(formatting_is_in(plain));
		g_assert_cmpint(formatting_is_in(cases[i].text), ==,
		    g_strcmp0(cases[i].text, cases[i].plain) != 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/formatting/strip", test_strip);
	return g_test_run();
}
