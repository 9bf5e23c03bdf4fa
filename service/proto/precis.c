/* SPDX-License-Identifier: MIT */
#include "proto/precis.h"

#include "proto/precis_class.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

G_STATIC_ASSERT(sizeof(UChar) == sizeof(uint16_t));

/* RFC 8264 5.2.1: full- and halfwidth forms become what they are forms of. Units written. */
static int32_t
map_width(const UChar *from, int32_t length, UChar *to, int32_t size)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
	int32_t written = 0;
	for (int32_t i = 0; i < length && U_SUCCESS(status);) {
		UChar32 character;
		UChar narrow[4];
		int32_t count = 0;
		U16_NEXT(from, i, length, character);
		int32_t type = u_getIntPropertyValue(character, UCHAR_DECOMPOSITION_TYPE);
		if (type == U_DT_WIDE || type == U_DT_NARROW)
			count = unorm2_getRawDecomposition(
			    nfkc, character, narrow, G_N_ELEMENTS(narrow), &status);
		else
			U16_APPEND_UNSAFE(narrow, count, character);
		if (count < 0 || written + count > size)
			return 0;
		memcpy(to + written, narrow, (size_t)count * sizeof *narrow);
		written += count;
	}
	return U_SUCCESS(status) ? written : 0;
}

size_t
precis_map(const char *text, size_t length, uint16_t units[static PRECIS_UNITS_MAX])
{
	UChar plain[PRECIS_TEXT_MAX];
	UChar width[PRECIS_TEXT_MAX * 2];
	UChar lower[PRECIS_UNITS_MAX];
	UErrorCode status = U_ZERO_ERROR;
	int32_t count;
	if (length > PRECIS_TEXT_MAX)
		return 0;
	u_strFromUTF8(plain, G_N_ELEMENTS(plain), &count, text, (int32_t)length, &status);
	if (U_FAILURE(status))
		return 0;
	count = map_width(plain, count, width, G_N_ELEMENTS(width));
	count = u_strToLower(lower, G_N_ELEMENTS(lower), width, count, "", &status);
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	if (U_FAILURE(status))
		return 0;
	count = unorm2_normalize(nfc, lower, count, units, PRECIS_UNITS_MAX, &status);
	return U_SUCCESS(status) ? (size_t)count : 0;
}

bool
precis_map_text(const char *text, size_t length, char *buffer, size_t size)
{
	uint16_t units[PRECIS_UNITS_MAX];
	size_t count = precis_map(text, length, units);
	size_t written = 0;
	buffer[0] = '\0';
	for (size_t i = 0; i < count;) {
		UChar32 character;
		U16_NEXT(units, i, count, character);
		if (written + 4 >= size)
			break;
		written += (size_t)g_unichar_to_utf8((gunichar)character, buffer + written);
	}
	buffer[written] = '\0';
	return count > 0;
}

bool
precis_is_identifier(const char *text)
{
	uint16_t units[PRECIS_UNITS_MAX];
	gunichar characters[PRECIS_UNITS_MAX];
	size_t count = precis_map(text, strlen(text), units);
	size_t length = 0;
	for (size_t i = 0; i < count;) {
		UChar32 character;
		U16_NEXT(units, i, count, character);
		characters[length++] = (gunichar)character;
	}
	for (size_t i = 0; i < length; i++)
		if (!precis_class_allows(characters, length, i))
			return false;
	return length > 0 && precis_class_keeps_direction(characters, length);
}
