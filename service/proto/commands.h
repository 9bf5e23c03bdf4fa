/* SPDX-License-Identifier: MIT */
/*
 * Commands: what clients may say (rows in commands.def); handlers are the cmd layer's, which
 * expands the same rows again. Invariant: sorted by verb. Thread: any; constant data.
 */
#pragma once

typedef enum CommandStage {
	COMMAND_ANY,
	COMMAND_UNREGISTERED, /* before 001 only; 462 after it */
	COMMAND_REGISTERED,   /* 451 before 001 */
	COMMAND_OPERATOR,     /* 481 for others */
} CommandStage;

typedef enum CommandIndex {
#define COMMAND(verb, handler, stage, least, cost, syntax, help) COMMAND_##verb##_INDEX,
#include "proto/commands.def"
#undef COMMAND
	COMMANDS
} CommandIndex;

typedef struct CommandRow {
	const char *verb;
	CommandStage stage;
	unsigned least_params; /* 461 below */
	unsigned cost;         /* tokens of the flood bucket */
	const char *syntax;
	const char *help;
} CommandRow;

/* The row; `index` < COMMANDS. */
const CommandRow *command_row(unsigned index);
/* Index of a verb, without case; COMMANDS if there is none. */
unsigned command_find(const char *verb);
/* Name of a stage in describe and HELP: "any", "unregistered", "registered", "operator". */
const char *command_stage_name(CommandStage stage);
