/* SPDX-License-Identifier: MIT */
#include "proto/utf8.h"

#include <stdint.h>
#include <string.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* Bytes of the well-formed character at `text`, 0 if it is none (RFC 3629 section 4). */
static size_t
character_length(const unsigned char *text, size_t left)
{
	unsigned char first = text[0];
	if (first < 0x80)
		return 1;
	if (first < 0xC2 || first > 0xF4)
		return 0;
	size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
	if (left < length)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((text[i] & 0xC0) != 0x80)
			return 0;
	/* Overlong forms, surrogates and what lies past U+10FFFF show in the second byte. */
	if ((first == 0xE0 && text[1] < 0xA0) || (first == 0xED && text[1] > 0x9F) ||
	    (first == 0xF0 && text[1] < 0x90) || (first == 0xF4 && text[1] > 0x8F))
		return 0;
	return length;
}

size_t
utf8_cut(const char *text, size_t length, size_t maximum)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t limit = length < maximum ? length : maximum;
	size_t done = 0;
	while (done < limit) {
		uint64_t word;
		if (limit - done >= sizeof word) {
			memcpy(&word, bytes + done, sizeof word);
			if (!(word & HIGH_BITS)) {
				done += sizeof word;
				continue;
			}
		}
		size_t step = character_length(bytes + done, limit - done);
		if (step == 0)
			break;
		done += step;
	}
	return done;
}

bool
utf8_is_valid(const char *text, size_t length)
{
	return utf8_cut(text, length, length) == length;
}
