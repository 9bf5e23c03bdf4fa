/* SPDX-License-Identifier: MIT */
#include "listener_rules.h"

#include "proto/cidr.h"

#include <string.h>

static NetRange
net_range(const Cidr *cidr)
{
	NetRange range = {.family = cidr->family, .prefix = cidr->prefix};

	memcpy(range.bytes, cidr->bytes, sizeof range.bytes);
	return range;
}

/* The addresses of all gateways that tell by one of these ways; with `headers`, which header each
 * of them writes. */
static NetRange *
trusted(const Settings *settings, unsigned how, GArray *headers, unsigned *ret_count)
{
	GArray *ranges = g_array_new(FALSE, FALSE, sizeof(NetRange));

	for (guint i = 0; i < settings->gateways->len; i++) {
		const SettingsGateway *gateway = g_ptr_array_index(settings->gateways, i);
		ForwardedHeader header =
		    gateway->header == GATEWAY_RFC_7239 ? FORWARDED_RFC_7239 : FORWARDED_X;

		for (char **from = gateway->from; (gateway->tells & how) && *from; from++) {
			NetRange range;
			Cidr cidr;

			if (!cidr_parse(*from, &cidr))
				continue; /* the settings' rules let none through */
			range = net_range(&cidr);
			g_array_append_val(ranges, range);
			if (headers)
				g_array_append_val(headers, header);
		}
	}
	*ret_count = ranges->len;
	return (NetRange *)(void *)g_array_free(ranges, FALSE);
}

/* Who may open a Unix socket has no address to be looked up by: it writes what all gateways write,
 * and X-Forwarded-For where they differ or there are none. */
static ForwardedHeader
unix_header(const ListenRules *rules)
{
	for (unsigned i = 0; i < rules->n_forwarders; i++)
		if (rules->headers[i] == FORWARDED_X)
			return FORWARDED_X;
	return rules->n_forwarders > 0 ? FORWARDED_RFC_7239 : FORWARDED_X;
}

ListenRules *
listener_rules(const Settings *settings, const SettingsListener *listener)
{
	GArray *headers;
	ListenRules *rules;

	if (!listener->websocket && !listener->proxy)
		return NULL;
	rules = listen_rules_new();
	rules->websocket = listener->websocket;
	g_strfreev(rules->origins);
	rules->origins = g_strdupv(listener->origins);
	rules->proxy = listener->proxy;
	rules->proxies = trusted(settings, GATEWAY_PROXY, NULL, &rules->n_proxies);
	headers = g_array_new(FALSE, FALSE, sizeof(ForwardedHeader));
	rules->forwarders = trusted(settings, GATEWAY_FORWARDED, headers, &rules->n_forwarders);
	rules->headers = (ForwardedHeader *)(void *)g_array_free(headers, FALSE);
	rules->unix_header = unix_header(rules);
	return rules;
}

/* Words like "localhost" are no addresses. */
static void
add_ranges(GArray *ranges, char *const *words)
{
	for (; *words; words++) {
		NetRange range;
		Cidr cidr;

		if (!cidr_parse(*words, &cidr))
			continue;
		range = net_range(&cidr);
		g_array_append_val(ranges, range);
	}
}

void
listener_rules_limit_peers(const Settings *settings, PeerLimits *peer_limits)
{
	const SettingsLimits *limits = settings->limits;
	g_autoptr(GArray) exempt = g_array_new(FALSE, FALSE, sizeof(NetRange));

	add_ranges(exempt, limits->connections_exempt);
	/* Who connects for others has as many connections as they have. */
	for (guint i = 0; i < settings->gateways->len; i++) {
		const SettingsGateway *gateway = g_ptr_array_index(settings->gateways, i);

		add_ranges(exempt, gateway->from);
	}
	peer_limits_set(peer_limits, limits->max_users, limits->connections_per_address,
	    (const NetRange *)(void *)exempt->data, exempt->len);
}
