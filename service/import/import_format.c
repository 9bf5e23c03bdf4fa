/* SPDX-License-Identifier: MIT */
#include "import/import_format.h"

#include <string.h>

#define LOOK_BYTES 65536u /* from the beginning of a file */

static const struct {
	const char *name;
	bool (*parse)(Import *import, const char *text, size_t length, GError **error);
} formats[] = {
    {"anope", import_anope},
    {"atheme", import_atheme},
    {"ergo", import_ergo},
};

/* How files of a kind begin, or what is among their first bytes. */
static const struct {
	const char *begins;
	const char *holds;  /* NULL: nothing more is needed */
	const char *format; /* NULL: one that cannot be read */
	const char *what;
} looks[] = {
    {"OBJECT ", NULL, "anope", "the flat file of Anope"},
    {"{", "\"NickCore\"", "anope", "the JSON file of Anope"},
    {"DBV ", NULL, "atheme", "the database of Atheme"},
    {"GRVER ", NULL, "atheme", "the database of Atheme"},
    {"*", "\r\n$", "ergo", "the database of Ergo"},
    {"{", "\"users\"", "ergo", "what Ergo's converters write"},
    {"SQLite format 3", NULL, NULL, "a database of SQLite"},
    {"-- ", NULL, NULL, "a dump of an SQL database"},
    {"\x1f\x8b", NULL, NULL, "a file packed with gzip"},
    {"ANOPE", NULL, NULL, "a file of Anope before version 2"},
};

/* Says besides what is wrong what the file seems to be, if it is not what it was said to be. */
static void
add_look(const char *format, const char *text, size_t length, GError **error)
{
	gssize first = (gssize)MIN(length, LOOK_BYTES);

	for (unsigned i = 0; error && i < G_N_ELEMENTS(looks); i++) {
		size_t begins = strlen(looks[i].begins);

		if (length < begins || memcmp(text, looks[i].begins, begins) != 0 ||
		    (looks[i].holds && !g_strstr_len(text, first, looks[i].holds)))
			continue;
		if (!looks[i].format)
			g_prefix_error(
			    error, "it looks like %s, which is not read here: ", looks[i].what);
		else if (strcmp(looks[i].format, format) != 0)
			g_prefix_error(error, "it looks like %s (%s, not %s): ", looks[i].what,
			    looks[i].format, format);
		return;
	}
}

const char *
import_formats(void)
{
	return "anope, atheme, ergo";
}

Import *
import_parse(const char *format, const char *text, size_t length, GError **error)
{
	g_autoptr(Import) import = import_new();

	if (length > IMPORT_FILE_MAX) {
		g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT,
		    "the file is larger than %u bytes", IMPORT_FILE_MAX);
		return NULL;
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(formats); i++) {
		if (strcmp(formats[i].name, format) != 0)
			continue;
		if (!formats[i].parse(import, text, length, error)) {
			add_look(format, text, length, error);
			return NULL;
		}
		import_finish(import);
		return g_steal_pointer(&import);
	}
	g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX, "%s is no format; allowed are %s",
	    format, import_formats());
	return NULL;
}

bool
import_has_room(const Import *import, GError **error)
{
	if (import->accounts->len < IMPORT_ROWS_MAX && import->channels->len < IMPORT_ROWS_MAX)
		return true;
	g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_LIMIT, "more than %u accounts or channels",
	    IMPORT_ROWS_MAX);
	return false;
}

bool
import_next_line(const char **text, size_t *left, const char **line, size_t *length)
{
	const char *end;

	if (*left == 0)
		return false;
	end = memchr(*text, '\n', *left);
	*line = *text;
	*length = end ? (size_t)(end - *text) : *left;
	*left -= *length + (end ? 1 : 0);
	*text += *length + (end ? 1 : 0);
	if (*length > 0 && (*line)[*length - 1] == '\r')
		(*length)--;
	return true;
}
