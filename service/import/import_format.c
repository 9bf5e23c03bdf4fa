/* SPDX-License-Identifier: MIT */
#include "import/import_format.h"

#include <string.h>

static const struct {
	const char *name;
	bool (*parse)(Import *import, const char *text, size_t length, GError **error);
} formats[] = {
    {"anope", import_anope},
    {"atheme", import_atheme},
    {"ergo", import_ergo},
};

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
		if (!formats[i].parse(import, text, length, error))
			return NULL;
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
