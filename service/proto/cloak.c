/* SPDX-License-Identifier: MIT */
#include "proto/cloak.h"

#include "proto/cidr.h"

#include <string.h>

#define DIGEST_SIZE 32
#define LEVELS 3

/* Appends the label of the first `prefix` bits. The family and the prefix go into the digest:
 * ranges of different widths never have the same label. */
static void
append_label(GString *host, const unsigned char *key, const Cidr *address, uint8_t prefix)
{
	static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
	g_autoptr(GHmac) hmac = g_hmac_new(G_CHECKSUM_SHA256, key, CLOAK_KEY_SIZE);
	const unsigned char head[] = {address->family, prefix};
	unsigned char digest[DIGEST_SIZE];
	gsize length = sizeof digest;
	uint64_t bits = 0;

	g_hmac_update(hmac, head, sizeof head);
	g_hmac_update(hmac, address->bytes, prefix / 8);
	g_hmac_get_digest(hmac, digest, &length);
	for (unsigned i = 0; i < 5; i++)
		bits = bits << 8 | digest[i];
	for (unsigned i = 0; i < CLOAK_LABEL; i++)
		g_string_append_c(host, digits[bits >> (5 * (CLOAK_LABEL - 1 - i)) & 31]);
	g_string_append_c(host, '.');
}

char *
cloak_make(const unsigned char key[static CLOAK_KEY_SIZE], const char *address, const char *suffix)
{
	static const uint8_t widths[2][LEVELS] = {{32, 24, 16}, {64, 48, 32}};
	GString *host;
	Cidr parsed;

	if (strchr(address, '/') || !cidr_parse(address, &parsed))
		return NULL;
	host = g_string_new(NULL);
	for (unsigned i = 0; i < LEVELS; i++)
		append_label(host, key, &parsed, widths[parsed.family == 6][i]);
	g_string_append(host, suffix);
	return g_string_free(host, FALSE);
}
