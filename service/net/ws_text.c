/* SPDX-License-Identifier: MIT */
#include "net/ws_text.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";
#define REPLACEMENT_LENGTH (sizeof replacement - 1)

size_t
ws_text_repaired_length(const char *text, size_t length)
{
	size_t whole = 0;

	while (length > 0) {
		const char *end;
		size_t good;

		if (g_utf8_validate_len(text, length, &end))
			return whole + length;
		good = (size_t)(end - text);
		whole += good + REPLACEMENT_LENGTH;
		text = end + 1;
		length -= good + 1;
	}
	return whole;
}

void
ws_text_repair(const char *text, size_t length, char *ret_text)
{
	while (length > 0) {
		const char *end;
		size_t good;
		bool valid = g_utf8_validate_len(text, length, &end);

		good = (size_t)(end - text);
		memcpy(ret_text, text, good);
		if (valid)
			return;
		memcpy(ret_text + good, replacement, REPLACEMENT_LENGTH);
		ret_text += good + REPLACEMENT_LENGTH;
		text = end + 1;
		length -= good + 1;
	}
}
