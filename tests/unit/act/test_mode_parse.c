/* SPDX-License-Identifier: MIT */
#include "act/mode_parse.h"

#include <glib.h>

/* "+o anna;-v;" and so on: sign, letter, parameter. */
static char *
steps_of(ModeTarget target, const char *letters, const char *parameter_list)
{
	g_auto(GStrv) parameters = g_strsplit(parameter_list, " ", -1);
	GString *steps = g_string_new(NULL);
	ModeParser parser;
	ModeStep step;

	mode_parser_init(
	    &parser, target, letters, (const char *const *)parameters, g_strv_length(parameters));
	while (mode_parser_next(&parser, &step))
		g_string_append_printf(steps, "%c%s%s%s%s;", step.add ? '+' : '-', step.letter,
		    step.index == MODES ? "?" : "", step.parameter ? " " : "",
		    step.parameter ? step.parameter : "");
	return g_string_free(steps, FALSE);
}

static void
test_steps(void)
{
	static const struct {
		const char *letters, *parameters, *steps;
	} cases[] = {
	    {"", "", ""},
	    {"+", "", ""},
	    {"m", "", "+m;"},
	    {"+mn-t", "", "+m;+n;-t;"},
	    {"-+-m", "", "-m;"},
	    {"+o-v", "anna bea", "+o anna;-v bea;"},
	    {"+ov", "anna", "+o anna;+v;"},
	    {"+mo", "anna", "+m;+o anna;"},
	    {"b", "", "+b;"},
	    {"-b", "x!*@*", "-b x!*@*;"},
	    {"+lk", "5 key", "+l 5;+k key;"},
	    {"-lk", "key", "-l;-k key;"},
	    {"-l", "5", "-l;"},
	    {"+Ym", "x", "+Y?;+m;"},
	    {"+\xc3\xa9m", "", "+\xc3\xa9?;+m;"},
	    {"+m n", "", "+m;+n;"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *steps =
		    steps_of(MODE_ON_CHANNEL, cases[i].letters, cases[i].parameters);

		g_assert_cmpstr(steps, ==, cases[i].steps);
	}
}

static void
test_user_alphabet(void)
{
	g_autofree char *steps = steps_of(MODE_ON_USER, "+iw-o+n", "unused");

	g_assert_cmpstr(steps, ==, "+i;+w;-o;+n?;");
}

static void
test_wants_parameter(void)
{
	ModeStep step = {.add = true, .index = MODE_CHANNEL_LIMIT_INDEX};

	g_assert_true(mode_step_wants_parameter(&step));
	step.add = false;
	g_assert_false(mode_step_wants_parameter(&step));
	step.index = MODE_CHANNEL_KEY_INDEX;
	g_assert_true(mode_step_wants_parameter(&step));
	step.index = MODES;
	g_assert_false(mode_step_wants_parameter(&step));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mode_parse/steps", test_steps);
	g_test_add_func("/mode_parse/user_alphabet", test_user_alphabet);
	g_test_add_func("/mode_parse/wants_parameter", test_wants_parameter);
	return g_test_run();
}
