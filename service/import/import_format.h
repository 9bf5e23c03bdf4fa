/* SPDX-License-Identifier: MIT */
/*
 * ImportFormat: the parsers. Each adds what it finds to the import and returns false with `error`
 * at the first line or value that is not of its format. Text need be neither UTF-8 nor end with a
 * NUL. Thread: any; pure but for the import.
 */
#pragma once

#include "import/import.h"

bool import_anope(Import *import, const char *text, size_t length, GError **error);
bool import_atheme(Import *import, const char *text, size_t length, GError **error);
/* The log of commands that Ergo's own database (ircd.db) is. */
bool import_ergo_database(Import *import, const char *text, size_t length, GError **error);
bool import_ergo(Import *import, const char *text, size_t length, GError **error);

/* Is there room for more rows? Else sets `error`. */
bool import_has_room(const Import *import, GError **error);
/* The next line, without its end; false at the end of the text. */
bool import_next_line(const char **text, size_t *left, const char **line, size_t *length);
