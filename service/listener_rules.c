/* SPDX-License-Identifier: MIT */
#include "listener_rules.h"

#include "proto/cidr.h"

#include <string.h>

/* The addresses of all gateways that tell by one of these ways. */
static NetRange *
trusted(const Settings *settings, unsigned how, unsigned *ret_count)
{
	GArray *ranges = g_array_new(FALSE, FALSE, sizeof(NetRange));

	for (guint i = 0; i < settings->gateways->len; i++) {
		const SettingsGateway *gateway = g_ptr_array_index(settings->gateways, i);

		for (char **from = gateway->from; (gateway->tells & how) && *from; from++) {
			NetRange range = {0};
			Cidr cidr;

			if (!cidr_parse(*from, &cidr))
				continue; /* the settings' rules let none through */
			range.family = cidr.family;
			range.prefix = cidr.prefix;
			memcpy(range.bytes, cidr.bytes, sizeof range.bytes);
			g_array_append_val(ranges, range);
		}
	}
	*ret_count = ranges->len;
	return (NetRange *)(void *)g_array_free(ranges, FALSE);
}

ListenRules *
listener_rules(const Settings *settings, const SettingsListener *listener)
{
	ListenRules *rules;

	if (!listener->websocket && !listener->proxy)
		return NULL;
	rules = listen_rules_new();
	rules->websocket = listener->websocket;
	g_strfreev(rules->origins);
	rules->origins = g_strdupv(listener->origins);
	rules->proxy = listener->proxy;
	rules->proxies = trusted(settings, GATEWAY_PROXY, &rules->n_proxies);
	rules->forwarders = trusted(settings, GATEWAY_FORWARDED, &rules->n_forwarders);
	return rules;
}
