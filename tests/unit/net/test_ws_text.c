/* SPDX-License-Identifier: MIT */
#include "net/ws_text.h"

#include <glib.h>
#include <string.h>

#define R "\xEF\xBF\xBD"

static void
test_repair(void)
{
	static const char *const cases[][2] = {
	    {"", ""},
	    {"plain", "plain"},
	    {"caf\xC3\xA9", "caf\xC3\xA9"},
	    {"caf\xE9", "caf" R},
	    {"\xFF\xFE", R R},
	    {"a\xF0\x9F\x98", "a" R R R},
	    {"\xC3(\xC3\xA9", R "(\xC3\xA9"},
	    {"\xED\xA0\x80", R R R},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		size_t length = strlen(cases[i][0]);
		size_t repaired = ws_text_repaired_length(cases[i][0], length);
		g_autofree char *text = g_malloc(repaired + 1);

		g_assert_cmpuint(repaired, ==, strlen(cases[i][1]));
		ws_text_repair(cases[i][0], length, text);
		text[repaired] = '\0';
		g_assert_cmpstr(text, ==, cases[i][1]);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ws-text/repair", test_repair);
	return g_test_run();
}
