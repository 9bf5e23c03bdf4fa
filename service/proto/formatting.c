/* SPDX-License-Identifier: MIT */
#include "proto/formatting.h"

#include <string.h>

#define COLOUR '\x03'
#define HEX_COLOUR '\x04'
#define CODES "\x02\x03\x04\x0F\x11\x16\x1D\x1E\x1F"

bool
formatting_is_in(const char *text)
{
	return strpbrk(text, CODES) != NULL;
}

/* Two decimal digits of a colour, or six hexadecimal ones. */
static size_t
digits_at(const char *text, bool hexadecimal)
{
	size_t most = hexadecimal ? 6 : 2;
	size_t length = 0;

	while (length < most &&
	       (hexadecimal ? g_ascii_isxdigit(text[length]) : g_ascii_isdigit(text[length])))
		length++;
	return hexadecimal && length < most ? 0 : length;
}

/* "3", "3,5": the background's comma counts with digits on both sides only. */
static size_t
colour_at(const char *text, bool hexadecimal)
{
	size_t length = digits_at(text, hexadecimal);
	size_t more = 0;

	if (length > 0 && text[length] == ',')
		more = digits_at(text + length + 1, hexadecimal);
	return more > 0 ? length + 1 + more : length;
}

char *
formatting_strip(const char *text)
{
	GString *plain = g_string_new(NULL);

	while (*text) {
		size_t run = strcspn(text, CODES);

		g_string_append_len(plain, text, (gssize)run);
		text += run;
		if (*text == COLOUR || *text == HEX_COLOUR)
			text += colour_at(text + 1, *text == HEX_COLOUR);
		if (*text)
			text++;
	}
	return g_string_free(plain, FALSE);
}
