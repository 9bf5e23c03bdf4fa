/* SPDX-License-Identifier: MIT */
#include "act/mode_parse.h"

#include <glib.h>
#include <string.h>

void
mode_parser_init(ModeParser *parser, ModeTarget target, const char *letters,
    const char *const *parameters, unsigned n_parameters)
{
	*parser = (ModeParser){
	    .target = target,
	    .letters = letters,
	    .parameters = parameters,
	    .n_parameters = n_parameters,
	    .add = true,
	};
}

bool
mode_step_wants_parameter(const ModeStep *step)
{
	static const struct {
		bool add, remove;
	} wants[] = {
	    [MODE_KIND_LIST] = {true, true},
	    [MODE_KIND_KEY] = {true, true},
	    [MODE_KIND_LIMIT] = {true, false},
	    [MODE_KIND_VALUE] = {true, false},
	    [MODE_KIND_FLAG] = {false, false},
	    [MODE_KIND_RANK] = {true, true},
	};
	unsigned kind;

	if (step->index == MODES)
		return false;
	kind = mode_row(step->index)->kind;
	return step->add ? wants[kind].add : wants[kind].remove;
}

/* Signs change the direction of what follows; spaces mean nothing. */
static void
skip_signs(ModeParser *parser)
{
	for (; *parser->letters && strchr("+- ", *parser->letters); parser->letters++)
		if (*parser->letters != ' ')
			parser->add = *parser->letters == '+';
}

bool
mode_parser_next(ModeParser *parser, ModeStep *ret_step)
{
	ModeStep step = {0};
	size_t length;

	skip_signs(parser);
	if (!*parser->letters)
		return false;
	length = (size_t)(g_utf8_next_char(parser->letters) - parser->letters);
	length = MIN(length, sizeof step.letter - 1);
	length = strnlen(parser->letters, length);
	memcpy(step.letter, parser->letters, length);
	parser->letters += length;
	step.add = parser->add;
	step.index = length == 1 ? mode_find(parser->target, *step.letter) : (unsigned)MODES;
	if (mode_step_wants_parameter(&step) && parser->n_parameters > 0) {
		step.parameter = *parser->parameters++;
		parser->n_parameters--;
	}
	*ret_step = step;
	return true;
}
