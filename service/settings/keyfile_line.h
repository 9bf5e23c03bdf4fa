/* SPDX-License-Identifier: MIT */
/*
 * KeyFileLine: one line of a key file, as it stands and as it is understood; used by keyfile.c.
 * Invariant: `raw` is the line with its line end; `section` is set for SECTION and ENTRY, `key` and
 * `value` for ENTRY only. Thread: one at a time.
 */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef enum KeyFileLineKind {
	KEYFILE_OTHER, /* blank, comment, or not understood */
	KEYFILE_SECTION,
	KEYFILE_ENTRY,
} KeyFileLineKind;

typedef struct KeyFileLine {
	KeyFileLineKind kind;
	char *raw;
	char *section;
	char *key;
	char *value; /* unescaped */
} KeyFileLine;

void keyfile_line_free(KeyFileLine *line);
/* A line that says `key = value` with the given line end. */
KeyFileLine *keyfile_line_new_entry(
    const char *section, const char *key, const char *value, const char *line_end);
KeyFileLine *keyfile_line_new_section(const char *section, const char *line_end);
KeyFileLine *keyfile_line_new_blank(const char *line_end);
/* Replaces the value and keeps everything up to it, and the line end. */
void keyfile_line_set_value(KeyFileLine *line, const char *value);
/* Understands `line->raw` where `section` is the section in force (NULL before the first). Returns
 * NULL, or what is wrong with the line (caller frees): the line is then OTHER, though `section` and
 * `key` are kept if they were understood. */
char *keyfile_line_parse(KeyFileLine *line, const char *section);
