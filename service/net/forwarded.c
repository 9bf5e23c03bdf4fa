/* SPDX-License-Identifier: MIT */
#include "net/forwarded.h"

#include <arpa/inet.h>
#include <string.h>

/* "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80", each perhaps in
 * quotes (RFC 7239 §6). */
static bool
parse_node(HttpText text, ForwardedClient *client)
{
	char node[INET6_ADDRSTRLEN + 10] = "";
	char *address = node, *port = NULL, *end;
	unsigned char bytes[16];
	guint64 value = 0;
	int family;

	if (text.length >= 2 && text.data[0] == '"' && text.data[text.length - 1] == '"')
		text = (HttpText){text.data + 1, text.length - 2};
	if (text.length == 0 || text.length >= sizeof node)
		return false;
	memcpy(node, text.data, text.length);
	if (*node == '[') {
		end = strchr(node, ']');
		if (!end || (end[1] != '\0' && end[1] != ':'))
			return false;
		port = end[1] == ':' ? end + 2 : NULL;
		*end = '\0';
		address = node + 1;
	} else if ((end = strchr(node, ':')) && !strchr(end + 1, ':')) {
		port = end + 1;
		*end = '\0';
	}
	family = strchr(address, ':') ? AF_INET6 : AF_INET;
	if (inet_pton(family, address, bytes) != 1 ||
	    (port && !g_ascii_string_to_unsigned(port, 10, 0, UINT16_MAX, &value, NULL)))
		return false;
	if (family == AF_INET6 && IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)(void *)bytes))
		inet_ntop(AF_INET, bytes + 12, client->address, sizeof client->address);
	else
		inet_ntop(family, bytes, client->address, sizeof client->address);
	client->port = (uint16_t)value;
	return true;
}

/* One element of Forwarded: "for=192.0.2.1;proto=https;by=…". *ret_node stays empty without for. */
static void
split_element(HttpText element, HttpText *ret_node, HttpText *ret_protocol)
{
	while (element.length > 0) {
		const char *end = memchr(element.data, ';', element.length);
		size_t length = end ? (size_t)(end - element.data) : element.length;
		HttpText pair = {element.data, length};
		const char *equals;

		element.data += length + (end != NULL);
		element.length -= length + (end != NULL);
		while (pair.length > 0 && pair.data[0] == ' ')
			pair = (HttpText){pair.data + 1, pair.length - 1};
		equals = pair.length > 0 ? memchr(pair.data, '=', pair.length) : NULL;
		if (!equals)
			continue;
		length = (size_t)(equals - pair.data);
		if (http_text_equal((HttpText){pair.data, length}, "for"))
			*ret_node = (HttpText){equals + 1, pair.length - length - 1};
		if (http_text_equal((HttpText){pair.data, length}, "proto"))
			*ret_protocol = (HttpText){equals + 1, pair.length - length - 1};
	}
}

typedef struct Walk {
	const NetRange *trusted;
	unsigned n_trusted;
	ForwardedClient *client;
	bool seen;
} Walk;

/* Elements come in the order in which gateways added them: each one that is not trusted forgets
 * those before it. False: it is no address. */
static bool
walk_element(Walk *walk, HttpText node, bool tls)
{
	ForwardedClient found = {.tls = tls};

	if (!parse_node(node, &found))
		return false;
	if (!walk->seen || !net_ranges_hold(walk->trusted, walk->n_trusted, found.address))
		*walk->client = found;
	walk->seen = true;
	return true;
}

/* All fields of the name, as one list. `forwarded`: elements are pairs, not addresses. False: an
 * element that counts makes no sense. */
static bool
walk_fields(const HttpRequest *request, const char *name, bool forwarded, Walk *walk)
{
	bool good = true;

	for (unsigned i = 0; i < request->n_fields; i++) {
		HttpText list = request->fields[i].value;
		HttpText element;

		if (!http_text_equal(request->fields[i].name, name))
			continue;
		while (http_text_next(&list, &element)) {
			HttpText node = forwarded ? (HttpText){0} : element, protocol = {0};

			if (forwarded)
				split_element(element, &node, &protocol);
			/* What the client made up is before what a gateway added. */
			good = walk_element(walk, node, http_text_equal(protocol, "https"));
		}
	}
	return good;
}

bool
forwarded_client(const HttpRequest *request, ForwardedHeader header, const NetRange *trusted,
    unsigned n_trusted, ForwardedClient *ret_client)
{
	Walk walk = {trusted, n_trusted, ret_client, false};
	const HttpField *protocol;

	*ret_client = (ForwardedClient){0};
	if (header == FORWARDED_RFC_7239)
		return walk_fields(request, "Forwarded", true, &walk);
	if (!walk_fields(request, "X-Forwarded-For", false, &walk))
		return false;
	protocol = http_request_field(request, "X-Forwarded-Proto", NULL);
	ret_client->tls = walk.seen && protocol && http_text_equal(protocol->value, "https");
	return true;
}
