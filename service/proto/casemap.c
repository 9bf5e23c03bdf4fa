/* SPDX-License-Identifier: MIT */
#include "proto/casemap.h"

#include "proto/precis.h"

#include <stdint.h>
#include <string.h>

static CasemapKind chosen = CASEMAP_ASCII;

void
casemap_choose(CasemapKind kind)
{
	chosen = kind;
}

CasemapKind
casemap_chosen(void)
{
	return chosen;
}

static bool
is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/* What is compared, as UTF-16: the mapped form, or ASCII text and what cannot be mapped folded. */
static size_t
comparable(const char *text, size_t length, uint16_t units[static PRECIS_UNITS_MAX])
{
	size_t count = is_ascii(text, length) ? 0 : precis_map(text, length, units);
	if (count > 0)
		return count;
	for (; count < length && count < PRECIS_UNITS_MAX; count++)
		units[count] = (unsigned char)casemap_fold(text[count]);
	return count;
}

bool
casemap_maps(const char *text, size_t length, char *buffer, size_t size)
{
	return chosen == CASEMAP_PRECIS && !is_ascii(text, length) &&
	       precis_map_text(text, length, buffer, size);
}

static int
compare_mapped(const char *a, size_t a_length, const char *b, size_t b_length)
{
	uint16_t left[PRECIS_UNITS_MAX];
	uint16_t right[PRECIS_UNITS_MAX];
	size_t left_count = comparable(a, a_length, left);
	size_t right_count = comparable(b, b_length, right);
	for (size_t i = 0; i < left_count && i < right_count; i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return left_count == right_count ? 0 : left_count < right_count ? -1 : 1;
}

int
casemap_compare_length(const char *a, const char *b, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char left = (unsigned char)casemap_fold(a[i]);
		unsigned char right = (unsigned char)casemap_fold(b[i]);
		if (left != right)
			return left < right ? -1 : 1;
		if (left == '\0')
			return 0;
	}
	return 0;
}

int
casemap_compare(const char *a, const char *b)
{
	if (chosen == CASEMAP_PRECIS) {
		size_t a_length = strlen(a);
		size_t b_length = strlen(b);
		if (!is_ascii(a, a_length) || !is_ascii(b, b_length))
			return compare_mapped(a, a_length, b, b_length);
	}
	return casemap_compare_length(a, b, SIZE_MAX);
}

void
casemap_fold_text(const char *text, char *buffer, size_t size)
{
	size_t i = 0;
	for (; text[i] && i < size - 1; i++)
		buffer[i] = casemap_fold(text[i]);
	buffer[i] = '\0';
}

guint
casemap_hash(gconstpointer key)
{
	/* FNV-1a: short names differ in few bytes, and those must reach the low bits. */
	guint32 hash = 2166136261u;
	if (chosen == CASEMAP_PRECIS && !is_ascii(key, strlen(key))) {
		uint16_t units[PRECIS_UNITS_MAX];
		size_t count = comparable(key, strlen(key), units);
		for (size_t i = 0; i < count; i++)
			hash = (hash ^ units[i]) * 16777619u;
		return hash;
	}
	for (const char *text = key; *text; text++)
		hash = (hash ^ (guint8)casemap_fold(*text)) * 16777619u;
	return hash;
}

gboolean
casemap_equal(gconstpointer a, gconstpointer b)
{
	return casemap_compare(a, b) == 0;
}
