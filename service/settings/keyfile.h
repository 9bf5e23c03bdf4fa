/* SPDX-License-Identifier: MIT */
/*
 * KeyFile: a configuration file that keeps its lines: order, comments and blanks survive a change
 * byte for byte. Syntax: "[section]" or "[section NAME]", "key = value", comments start with '#' or
 * ';', spaces around names and values do not count; \n \t \s \\ in a value mean newline, tab, space
 * and backslash. Invariant: section names are unique, keys are unique in their section.
 * Thread: one at a time.
 */
#pragma once

#include "settings/settings_error.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define KEYFILE_SIZE_MAX (1024 * 1024)
#define KEYFILE_LINES_MAX 20000
#define KEYFILE_LINE_MAX 32768

typedef struct KeyFile KeyFile;

/* One "key = value" in the order of the file; views valid until the next change. */
typedef struct KeyFileEntry {
	const char *section; /* "limits", "listener main" (one space) */
	const char *key;     /* NULL for the section's own line */
	const char *value;   /* unescaped */
	unsigned line;       /* 1 is the first */
} KeyFileEntry;

/* `name` is the file's name in errors. Appends a SettingsError for every mistake; the result is
 * never NULL and holds what could be understood, so that all errors can be told at once. */
KeyFile *keyfile_parse(const char *text, size_t length, const char *name, GPtrArray *ret_errors);
void keyfile_free(KeyFile *keyfile);
const char *keyfile_name(const KeyFile *keyfile);
/* Walks sections and entries: start with *cursor = 0; false at the end. */
bool keyfile_next(const KeyFile *keyfile, unsigned *cursor, KeyFileEntry *ret_entry);
/* The value, NULL if there is none. */
const char *keyfile_get(const KeyFile *keyfile, const char *section, const char *key);
bool keyfile_has_section(const KeyFile *keyfile, const char *section);
/* Replaces the value where the key stands, else adds the key at the end of its section, else adds
 * the section at the end of the file. `section` and `key` must be well-formed (asserted). False,
 * and nothing changed, if the value cannot stand in a file: not UTF-8, control characters besides
 * newline and tab, or too long. */
bool keyfile_set(KeyFile *keyfile, const char *section, const char *key,
    const char *value) G_GNUC_WARN_UNUSED_RESULT;
/* Adds an empty section at the end of the file if it is not there. */
void keyfile_add_section(KeyFile *keyfile, const char *section);
/* False if it was not there. */
bool keyfile_remove(KeyFile *keyfile, const char *section, const char *key);
/* Removes the section's line and all up to the next section's, except comments right above that. */
bool keyfile_remove_section(KeyFile *keyfile, const char *section);
/* The file as text. Caller frees. */
char *keyfile_text(const KeyFile *keyfile, size_t *ret_length);
bool keyfile_section_is_valid(const char *section);
bool keyfile_key_is_valid(const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeyFile, keyfile_free)
