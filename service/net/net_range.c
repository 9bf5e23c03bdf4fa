/* SPDX-License-Identifier: MIT */
#include "net/net_range.h"

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>

static const NetRange loopback[] = {
    {4, 8, {127}}, {6, 128, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}};

static bool
parse(const char *text, NetRange *ret_address)
{
	*ret_address = (NetRange){.family = 4, .prefix = 32};
	if (inet_pton(AF_INET, text, ret_address->bytes) == 1)
		return true;
	*ret_address = (NetRange){.family = 6, .prefix = 128};
	return inet_pton(AF_INET6, text, ret_address->bytes) == 1;
}

static bool
holds(const NetRange *range, const NetRange *address)
{
	unsigned whole = range->prefix / 8, bits = range->prefix % 8;
	uint8_t mask = (uint8_t)(0xFF00u >> bits);

	return range->family == address->family &&
	       memcmp(range->bytes, address->bytes, whole) == 0 &&
	       (bits == 0 || (address->bytes[whole] & mask) == range->bytes[whole]);
}

bool
net_ranges_hold(const NetRange *ranges, unsigned n_ranges, const char *address)
{
	NetRange parsed;

	if (!parse(address, &parsed))
		return false;
	for (unsigned i = 0; i < n_ranges; i++)
		if (holds(&ranges[i], &parsed))
			return true;
	return false;
}

bool
net_is_loopback(const char *address)
{
	return net_ranges_hold(loopback, G_N_ELEMENTS(loopback), address);
}
