/* SPDX-License-Identifier: MIT */
#include "proto/casemap.h"

#include <stdint.h>

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
	for (const char *text = key; *text; text++)
		hash = (hash ^ (guint8)casemap_fold(*text)) * 16777619u;
	return hash;
}

gboolean
casemap_equal(gconstpointer a, gconstpointer b)
{
	return casemap_compare(a, b) == 0;
}
