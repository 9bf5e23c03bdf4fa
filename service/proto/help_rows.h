/* SPDX-License-Identifier: MIT */
/*
 * HelpRows: the rows of the protocol's tables as people read them, for whatever tells all of a
 * table: HELP, the manual page, `describe`. A subject is one list of them.
 * Invariant: no text is empty but `more`. Thread: any; constant data.
 */
#pragma once

#include <stdbool.h>

#define HELP_TERM_SIZE 256u
#define HELP_MORE_SIZE 96u

typedef enum HelpSubject {
#define HELP_SUBJECT(NAME, title) HELP_##NAME,
#include "proto/help_subjects.def"
#undef HELP_SUBJECT
	HELP_SUBJECTS
} HelpSubject;

typedef struct HelpRow {
	char letter; /* 0: none */
	const char *name;
	char term[HELP_TERM_SIZE]; /* how one writes it: "m  moderated", "JOIN <channel>" */
	const char *help;
	char more[HELP_MORE_SIZE]; /* a sentence behind it; "": none */
} HelpRow;

/* "CMODES", and what it is about. */
const char *help_subject_name(HelpSubject subject);
const char *help_subject_title(HelpSubject subject);
/* The row at `index`, from 0 on; false past the last one. */
bool help_row(HelpSubject subject, unsigned index, HelpRow *ret_row);
