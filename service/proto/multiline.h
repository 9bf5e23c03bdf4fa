/* SPDX-License-Identifier: MIT */
/*
 * Multiline: one message in the making from the lines of a batch (IRCv3 draft/multiline), or
 * another text for one (lines of EDIT, draft/message-edit). Invariant: after a line was refused
 * nothing is added any more; lines and bytes stay within the limits given at the start. Ownership:
 * its texts are its own. Thread: any.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct MultilineLine {
	const char *text; /* "" is a blank line */
	bool concat;      /* continues the line before it (draft/multiline-concat) */
} MultilineLine;

typedef enum MultilineStatus {
	MULTILINE_OK,
	MULTILINE_TOO_LONG,      /* max-bytes: texts, and a line feed where two are joined */
	MULTILINE_TOO_MANY,      /* max-lines */
	MULTILINE_OTHER_TARGET,  /* a line's target is not the batch's */
	MULTILINE_OTHER_VERB,    /* neither PRIVMSG, NOTICE nor EDIT, or two of them in one batch */
	MULTILINE_OTHER_MESSAGE, /* lines of EDIT about different messages */
	MULTILINE_NO_TEXT,       /* a line without its second parameter */
	MULTILINE_CONCAT_BLANK,  /* a blank line that continues another */
	MULTILINE_ALL_BLANK,
	MULTILINE_EMPTY, /* no line at all */
	MULTILINE_STATUSES
} MultilineStatus;

typedef struct Multiline {
	char *target;
	const char *verb; /* "PRIVMSG", "NOTICE", "EDIT"; NULL before the first line */
	char *about;      /* EDIT: id of the message; else NULL */
	GArray *lines;    /* of MultilineLine; texts are freed with it */
	size_t bytes;     /* of the combined text */
	size_t most_bytes;
	unsigned most_lines;
	bool has_text; /* a line is not blank */
	MultilineStatus status;
} Multiline;

/* Frees the text of a MultilineLine that owns it: for arrays of them. */
void multiline_line_clear(void *line);
Multiline *multiline_new(const char *target, size_t most_bytes, unsigned most_lines);
void multiline_free(Multiline *multiline);
/* One line as it came: its parameters are target and text, of EDIT target, message and text; those
 * it lacks count as missing. MULTILINE_OK, or why it ends here. */
MultilineStatus multiline_add(Multiline *multiline, const char *verb, const char *const *parameters,
    unsigned n_parameters, bool concat);
/* Is what was added a message? */
MultilineStatus multiline_finish(Multiline *multiline);
/* The lines joined: a line feed between two, nothing before one that continues. Caller frees. */
char *multiline_text(const MultilineLine *lines, unsigned n_lines) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Multiline, multiline_free)
