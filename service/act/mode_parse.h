/* SPDX-License-Identifier: MIT */
/*
 * ModeParser: the arguments of a MODE command ("+ov-k", "anna", "bea", "*") as single steps.
 * Which letter takes a parameter follows from its row in proto/modes.def.
 * Invariant: ends after at most as many steps as there are letters. Thread: any; pure.
 */
#pragma once

#include "proto/modes.h"

#include <stdbool.h>

#define MODE_LETTER_SIZE 5 /* bytes of one UTF-8 character and a NUL */

typedef struct ModeParser {
	ModeTarget target;
	const char *letters;
	const char *const *parameters;
	unsigned n_parameters;
	bool add;
} ModeParser;

typedef struct ModeStep {
	bool add;
	unsigned index;                /* of the mode's row; MODES if there is none */
	char letter[MODE_LETTER_SIZE]; /* as it was sent */
	const char *parameter;         /* NULL: none was given or the letter takes none */
} ModeStep;

/* The letters are valid UTF-8; all is borrowed. */
void mode_parser_init(ModeParser *parser, ModeTarget target, const char *letters,
    const char *const *parameters, unsigned n_parameters);
/* False at the end. */
bool mode_parser_next(ModeParser *parser, ModeStep *ret_step);
/* Does this step take a parameter, given or not? */
bool mode_step_wants_parameter(const ModeStep *step);
