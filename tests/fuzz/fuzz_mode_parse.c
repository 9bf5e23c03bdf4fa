/* SPDX-License-Identifier: MIT */
#include "act/mode_parse.h"

#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* "letters parameter parameter ...": every step has a letter, takes a parameter only if its row
 * says so, and there are not more of them than letters. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_auto(GStrv) words = NULL;
	ModeParser parser;
	unsigned steps = 0;
	ModeStep step;

	if (!g_utf8_validate(text, -1, NULL))
		return 0;
	words = g_strsplit(*text ? text : "+", " ", 32);
	mode_parser_init(&parser, size > 0 && (*data & 1) ? MODE_ON_USER : MODE_ON_CHANNEL,
	    words[0], (const char *const *)words + 1, g_strv_length(words) - 1);
	while (mode_parser_next(&parser, &step)) {
		steps++;
		g_assert_true(step.index <= MODES && step.letter[0] != '\0');
		g_assert_true(!step.parameter || mode_step_wants_parameter(&step));
	}
	g_assert_cmpuint(steps, <=, strlen(words[0]));
	return 0;
}
