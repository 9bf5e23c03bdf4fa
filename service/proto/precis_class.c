/* SPDX-License-Identifier: MIT */
#include "proto/precis_class.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/* A rule for one character or a range, asked with all that stands around it. */
typedef struct ContextRule {
	gunichar first, last;
	bool (*allows)(const gunichar *characters, size_t length, size_t index);
} ContextRule;

static bool
has_script(gunichar character, UScriptCode script)
{
	UErrorCode status = U_ZERO_ERROR;
	return uscript_getScript((UChar32)character, &status) == script && U_SUCCESS(status);
}

static bool
never(const gunichar *characters, size_t length, size_t index)
{
	return false;
}

static bool
always(const gunichar *characters, size_t length, size_t index)
{
	return true;
}

/* Joining type of the nearest character in a direction that is not transparent. */
static int32_t
joining_type(const gunichar *characters, size_t length, size_t index, int step)
{
	for (size_t i = index + (size_t)step; i < length; i += (size_t)step) {
		int32_t type = u_getIntPropertyValue((UChar32)characters[i], UCHAR_JOINING_TYPE);
		if (type != U_JT_TRANSPARENT)
			return type;
	}
	return U_JT_NON_JOINING;
}

static bool
after_virama(const gunichar *characters, size_t length, size_t index)
{
	return index > 0 && u_getCombiningClass((UChar32)characters[index - 1]) == 9;
}

/* RFC 5892 A.1 */
static bool
non_joiner(const gunichar *characters, size_t length, size_t index)
{
	int32_t before = joining_type(characters, length, index, -1);
	int32_t after = joining_type(characters, length, index, +1);
	return after_virama(characters, length, index) ||
	       ((before == U_JT_LEFT_JOINING || before == U_JT_DUAL_JOINING) &&
		   (after == U_JT_RIGHT_JOINING || after == U_JT_DUAL_JOINING));
}

/* RFC 5892 A.3: between two l */
static bool
middle_dot(const gunichar *characters, size_t length, size_t index)
{
	return index > 0 && index + 1 < length && characters[index - 1] == 'l' &&
	       characters[index + 1] == 'l';
}

/* RFC 5892 A.4 */
static bool
before_greek(const gunichar *characters, size_t length, size_t index)
{
	return index + 1 < length && has_script(characters[index + 1], USCRIPT_GREEK);
}

/* RFC 5892 A.5, A.6 */
static bool
after_hebrew(const gunichar *characters, size_t length, size_t index)
{
	return index > 0 && has_script(characters[index - 1], USCRIPT_HEBREW);
}

/* RFC 5892 A.7 */
static bool
among_japanese(const gunichar *characters, size_t length, size_t index)
{
	for (size_t i = 0; i < length; i++)
		if (has_script(characters[i], USCRIPT_HIRAGANA) ||
		    (i != index && has_script(characters[i], USCRIPT_KATAKANA)) ||
		    has_script(characters[i], USCRIPT_HAN))
			return true;
	return false;
}

static bool
has_range(const gunichar *characters, size_t length, gunichar first, gunichar last)
{
	for (size_t i = 0; i < length; i++)
		if (characters[i] >= first && characters[i] <= last)
			return true;
	return false;
}

/* RFC 5892 A.8, A.9: the two kinds of digits are not mixed. */
static bool
no_extended_digits(const gunichar *characters, size_t length, size_t index)
{
	return !has_range(characters, length, 0x06F0, 0x06F9);
}

static bool
no_arabic_digits(const gunichar *characters, size_t length, size_t index)
{
	return !has_range(characters, length, 0x0660, 0x0669);
}

/* RFC 5892 2.6 and appendix A; sorted. */
static const ContextRule rules[] = {
    {0x00B7, 0x00B7, middle_dot},
    {0x00DF, 0x00DF, always},
    {0x0375, 0x0375, before_greek},
    {0x03C2, 0x03C2, always},
    {0x05F3, 0x05F4, after_hebrew},
    {0x0640, 0x0640, never},
    {0x0660, 0x0669, no_extended_digits},
    {0x06F0, 0x06F9, no_arabic_digits},
    {0x06FD, 0x06FE, always},
    {0x07FA, 0x07FA, never},
    {0x0F0B, 0x0F0B, always},
    {0x200C, 0x200C, non_joiner},
    {0x200D, 0x200D, after_virama},
    {0x3007, 0x3007, always},
    {0x302E, 0x302F, never},
    {0x3031, 0x3035, never},
    {0x303B, 0x303B, never},
    {0x30FB, 0x30FB, among_japanese},
};

/* RFC 8264 9.17: what another character would do for as well. */
static bool
has_compatible_form(gunichar character)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
	UChar text[2];
	int32_t length = 0;
	U16_APPEND_UNSAFE(text, length, (UChar32)character);
	return U_FAILURE(status) || !unorm2_isNormalized(nfkc, text, length, &status);
}

/* RFC 8264 9.9 (OldHangulJamo) */
static bool
is_old_jamo(gunichar character)
{
	int32_t type = u_getIntPropertyValue((UChar32)character, UCHAR_HANGUL_SYLLABLE_TYPE);
	return type == U_HST_LEADING_JAMO || type == U_HST_VOWEL_JAMO ||
	       type == U_HST_TRAILING_JAMO;
}

/* RFC 8264 8, after the exceptions. */
static bool
is_valid(gunichar character)
{
	const uint32_t letters_digits =
	    U_GC_L_MASK & ~U_GC_LT_MASK; /* Ll Lu Lo Lm: titlecase is not among them */
	uint32_t category = U_MASK(u_charType((UChar32)character));
	if (character < 0x80)
		return character > ' ' && character < 0x7F;
	if (is_old_jamo(character) ||
	    u_hasBinaryProperty((UChar32)character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
	    u_hasBinaryProperty((UChar32)character, UCHAR_NONCHARACTER_CODE_POINT))
		return false;
	return (category & (letters_digits | U_GC_ND_MASK | U_GC_MN_MASK | U_GC_MC_MASK)) &&
	       !has_compatible_form(character);
}

bool
precis_class_allows(const gunichar *characters, size_t length, size_t index)
{
	gunichar character = characters[index];
	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++)
		if (character >= rules[i].first && character <= rules[i].last)
			return rules[i].allows(characters, length, index);
	return is_valid(character);
}

#define DIRECTION(direction) (UINT32_C(1) << (direction))
#define RIGHT_LETTERS (DIRECTION(U_RIGHT_TO_LEFT) | DIRECTION(U_RIGHT_TO_LEFT_ARABIC))
#define NEUTRAL                                                                                    \
	(DIRECTION(U_EUROPEAN_NUMBER) | DIRECTION(U_EUROPEAN_NUMBER_SEPARATOR) |                   \
	    DIRECTION(U_COMMON_NUMBER_SEPARATOR) | DIRECTION(U_EUROPEAN_NUMBER_TERMINATOR) |       \
	    DIRECTION(U_OTHER_NEUTRAL) | DIRECTION(U_BOUNDARY_NEUTRAL) |                           \
	    DIRECTION(U_DIR_NON_SPACING_MARK))

static uint32_t
direction_of(gunichar character)
{
	return DIRECTION(u_charDirection((UChar32)character));
}

bool
precis_class_keeps_direction(const gunichar *characters, size_t length)
{
	const uint32_t right_to_left = RIGHT_LETTERS | DIRECTION(U_ARABIC_NUMBER);
	uint32_t seen = 0;
	uint32_t last = 0;
	for (size_t i = 0; i < length; i++) {
		uint32_t direction = direction_of(characters[i]);
		seen |= direction;
		if (direction != DIRECTION(U_DIR_NON_SPACING_MARK))
			last = direction;
	}
	/* RFC 5893 1.4: the rule is for texts with any such character. */
	if (!(seen & right_to_left))
		return true;
	if (direction_of(characters[0]) & RIGHT_LETTERS)
		return !(seen & ~(right_to_left | NEUTRAL)) &&
		       (last & (right_to_left | DIRECTION(U_EUROPEAN_NUMBER))) &&
		       !((seen & DIRECTION(U_EUROPEAN_NUMBER)) &&
			   (seen & DIRECTION(U_ARABIC_NUMBER)));
	return false;
}
