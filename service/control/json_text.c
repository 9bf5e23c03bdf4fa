/* SPDX-License-Identifier: MIT */
#include "control/json_text.h"

#include "base/clock.h"

#include <stdlib.h>

json_t *
json_text(const char *text)
{
	g_autofree char *valid = NULL;
	json_t *value;

	if (!text)
		return json_null();
	/* jansson checks UTF-8 itself; only bad text costs a second look. */
	value = json_string(text);
	if (value)
		return value;
	valid = g_utf8_make_valid(text, -1);
	return json_string(valid);
}

json_t *
json_time(int64_t wall)
{
	char text[CLOCK_TEXT_SIZE];

	if (wall <= 0)
		return json_null();
	clock_format(wall, text);
	return json_string(text);
}

char *
json_compact(const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	char *copy = g_strdup(text);

	free(text);
	g_assert(copy);
	return copy;
}

Line *
json_line(json_t *value)
{
	size_t length = json_dumpb(value, NULL, 0, JSON_COMPACT);
	Line *line = line_new_sized(length + 1);

	json_dumpb(value, line->data, length, JSON_COMPACT);
	line->data[length] = '\n';
	json_decref(value);
	return line;
}
