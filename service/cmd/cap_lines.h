/* SPDX-License-Identifier: MIT */
/*
 * CapLines: the words of one CAP message, in as many lines as they need (IRCv3
 * capability-negotiation). Thread: state.
 */
#pragma once

#include "out/reply.h"

#include <glib.h>
#include <stdbool.h>

typedef struct CapLines {
	Reply *reply;
	const char *subcommand; /* "LS" */
	bool marks_more;        /* all lines but the last have a "*" */
	GString *words;
	size_t room;
} CapLines;

/* To the reply's session; ended by cap_lines_end() or cap_lines_drop(). */
CapLines cap_lines_begin(Reply *reply, const char *subcommand, bool marks_more);
void cap_lines_add(CapLines *lines, const char *word);
/* The last line, empty if there were no words. */
void cap_lines_end(CapLines *lines);
void cap_lines_drop(CapLines *lines);
