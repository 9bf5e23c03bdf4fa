/* SPDX-License-Identifier: MIT */
#include "proto/cidr.h"

#include <arpa/inet.h>
#include <glib.h>
#include <netinet/in.h>
#include <string.h>

#define ADDRESS_MAX INET6_ADDRSTRLEN
#define NETWORK_PREFIX 64u

static const uint8_t v4_mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

/* Digits only, at most `most`; -1 otherwise. */
static int
parse_prefix(const char *text, int most)
{
	size_t length = strspn(text, "0123456789");
	if (length == 0 || length > 3 || text[length] != '\0')
		return -1;
	int value = 0;
	for (size_t i = 0; i < length; i++)
		value = value * 10 + (text[i] - '0');
	return value <= most ? value : -1;
}

static void
clear_host_bits(Cidr *cidr)
{
	for (unsigned i = 0; i < sizeof cidr->bytes; i++) {
		unsigned start = i * 8;
		if (start >= cidr->prefix)
			cidr->bytes[i] = 0;
		else if (cidr->prefix - start < 8)
			cidr->bytes[i] &= (uint8_t)(0xFF00u >> (cidr->prefix - start));
	}
}

static void
unmap_v4(Cidr *cidr)
{
	if (cidr->family != 6 || cidr->prefix < 96 ||
	    memcmp(cidr->bytes, v4_mapped, sizeof v4_mapped) != 0)
		return;
	cidr->family = 4;
	cidr->prefix = (uint8_t)(cidr->prefix - 96);
	memmove(cidr->bytes, cidr->bytes + sizeof v4_mapped, 4);
	memset(cidr->bytes + 4, 0, sizeof cidr->bytes - 4);
}

bool
cidr_parse(const char *text, Cidr *ret_cidr)
{
	const char *slash = strchr(text, '/');
	size_t length = slash ? (size_t)(slash - text) : strlen(text);
	char address[ADDRESS_MAX];
	if (length >= sizeof address)
		return false;
	memcpy(address, text, length);
	address[length] = '\0';
	Cidr cidr = {0};
	int most;
	if (inet_pton(AF_INET, address, cidr.bytes) == 1) {
		cidr.family = 4;
		most = 32;
	} else if (inet_pton(AF_INET6, address, cidr.bytes) == 1) {
		cidr.family = 6;
		most = 128;
	} else {
		return false;
	}
	int prefix = slash ? parse_prefix(slash + 1, most) : most;
	if (prefix < 0)
		return false;
	cidr.prefix = (uint8_t)prefix;
	unmap_v4(&cidr);
	clear_host_bits(&cidr);
	*ret_cidr = cidr;
	return true;
}

void
cidr_address_text(const Cidr *cidr, char text[static CIDR_TEXT_SIZE])
{
	inet_ntop(cidr->family == 4 ? AF_INET : AF_INET6, cidr->bytes, text, CIDR_TEXT_SIZE);
}

char *
cidr_network_text(const char *address)
{
	char text[CIDR_TEXT_SIZE];
	Cidr cidr;

	if (!cidr_parse(address, &cidr))
		return g_strdup(address);
	cidr.prefix = MIN(cidr.prefix, NETWORK_PREFIX);
	clear_host_bits(&cidr);
	cidr_address_text(&cidr, text);
	return g_strdup(text);
}

bool
cidr_contains(const Cidr *range, const Cidr *address)
{
	if (range->family != address->family || range->prefix > address->prefix)
		return false;
	Cidr masked = *address;
	masked.prefix = range->prefix;
	clear_host_bits(&masked);
	return memcmp(masked.bytes, range->bytes, sizeof masked.bytes) == 0;
}

bool
cidr_contains_text(const Cidr *range, const char *address)
{
	Cidr one;
	return !strchr(address, '/') && cidr_parse(address, &one) && cidr_contains(range, &one);
}

bool
cidr_words_contain(char *const *words, const char *address)
{
	for (; *words; words++) {
		Cidr range;
		if (strcmp(*words, address) == 0 ||
		    (cidr_parse(*words, &range) && cidr_contains_text(&range, address)))
			return true;
	}
	return false;
}
