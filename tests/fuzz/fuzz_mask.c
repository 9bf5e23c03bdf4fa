/* SPDX-License-Identifier: MIT */
/* Masks: input is "mask\ntext"; canonical forms stay what they are and match no more and no less.
 */
#include "proto/mask.h"

#include "proto/cidr.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *mask = g_strndup((const char *)data, size);
	char *newline = strchr(mask, '\n');
	const char *text = newline ? newline + 1 : "";
	if (newline)
		*newline = '\0';
	bool match = mask_match(mask, text);
	if (mask_is_literal(mask))
		g_assert(match == (g_ascii_strcasecmp(mask, text) == 0));
	g_assert(mask_match("*", text));
	MaskSubject subject = {"nick", "user", "host.example", text};
	g_autofree char *canonical = mask_canonical(mask);
	if (canonical) {
		g_assert(strlen(canonical) <= MASK_MAX);
		g_autofree char *again = mask_canonical(canonical);
		g_assert(again && strcmp(again, canonical) == 0);
		g_assert(
		    mask_match_subject(canonical, &subject) == mask_match_subject(mask, &subject));
	}
	Cidr range;
	if (cidr_parse(mask, &range)) {
		g_assert(cidr_contains(&range, &range));
		cidr_contains_text(&range, text);
	}
	return 0;
}
