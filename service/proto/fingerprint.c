/* SPDX-License-Identifier: MIT */
#include "proto/fingerprint.h"

#include <glib.h>
#include <string.h>

bool
fingerprint_is_valid(const char *text)
{
	return strlen(text) == FINGERPRINT_LENGTH &&
	       strspn(text, "0123456789abcdefABCDEF") == FINGERPRINT_LENGTH;
}

bool
fingerprint_in(char *const *list, const char *fingerprint)
{
	if (!fingerprint || !*fingerprint)
		return false;
	for (; *list; list++)
		if (g_ascii_strcasecmp(*list, fingerprint) == 0)
			return true;
	return false;
}
