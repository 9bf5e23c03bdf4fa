/* SPDX-License-Identifier: MIT */
#include "proto/commands.h"

#include "proto/casemap.h"

#include <glib.h>
#include <stdlib.h>

static const CommandRow rows[] = {
#define COMMAND(verb, handler, stage, least, cost, syntax, help)                                   \
	{#verb, COMMAND_##stage, least, cost, syntax, help},
#include "proto/commands.def"
#undef COMMAND
};

const CommandRow *
command_row(unsigned index)
{
	g_assert(index < COMMANDS);
	return &rows[index];
}

static int
compare_verb(const void *verb, const void *row)
{
	return casemap_compare(verb, ((const CommandRow *)row)->verb);
}

unsigned
command_find(const char *verb)
{
	const CommandRow *row = bsearch(verb, rows, COMMANDS, sizeof rows[0], compare_verb);
	return row ? (unsigned)(row - rows) : COMMANDS;
}

const char *
command_stage_name(CommandStage stage)
{
	static const char *const names[] = {"any", "unregistered", "registered", "operator"};
	g_assert(stage < G_N_ELEMENTS(names));
	return names[stage];
}
