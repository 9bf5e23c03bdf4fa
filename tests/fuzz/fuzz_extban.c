/* SPDX-License-Identifier: MIT */
/* Extended bans: input is "entry\ntext"; what parses has one form, and matches the same in it. */
#include "proto/extban.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *entry = g_strndup((const char *)data, size);
	char *newline = strchr(entry, '\n');
	const char *text = newline ? newline + 1 : "";
	const char *problem;
	g_autoptr(Extban) extban = NULL;
	g_autoptr(Extban) again = NULL;
	MaskSubject subject = {.nick = "nick",
	    .user = "user",
	    .host = "host.example",
	    .address = text,
	    .account = text,
	    .real_name = text,
	    .fingerprint = text,
	    .country = text,
	    .operator_name = text};

	if (newline)
		*newline = '\0';
	extban = extban_parse(entry, &problem);
	g_assert((extban == NULL) == (problem != NULL));
	if (!extban)
		return 0;
	g_assert(strlen(extban_text(extban)) <= MASK_MAX);
	again = extban_parse(extban_text(extban), NULL);
	g_assert(again && strcmp(extban_text(again), extban_text(extban)) == 0);
	g_assert(extban_minutes(again) == extban_minutes(extban));
	g_assert(extban_scopes(again) == extban_scopes(extban));
	g_assert(extban_matches(again, &subject) == extban_matches(extban, &subject));
	return 0;
}
