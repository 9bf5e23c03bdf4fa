/* SPDX-License-Identifier: MIT */
/*
 * ProxyHeader: what a proxy says of the client before it passes bytes on (the PROXY protocol,
 * versions 1 and 2). Invariant: no byte behind the header is taken; a header has at most
 * PROXY_HEADER_MAX bytes. Thread: any.
 */
#pragma once

#include <glib.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROXY_HEADER_MAX 2048u
#define PROXY_HOST_SIZE 254u

typedef enum ProxyResult {
	PROXY_MORE, /* not complete yet */
	PROXY_DONE,
	PROXY_BAD, /* it is no such header, or one that says nonsense */
} ProxyResult;

typedef struct ProxyHeader {
	bool known; /* false: the connection is the proxy's own, or the proxy does not know */
	char address[INET6_ADDRSTRLEN];
	uint16_t peer_port;
	uint16_t local_port;
	bool tls;                   /* the client speaks TLS with the proxy (version 2) */
	char host[PROXY_HOST_SIZE]; /* the name it asked the proxy for, lower case; "" for none */
} ProxyHeader;

/* How many of the next bytes belong to the header, at least one, when `header` is what came of it
 * so far and is not complete. */
size_t proxy_header_share(const GString *header, const char *next, size_t length);
/* Of what came so far. */
ProxyResult proxy_header_parse(const GString *header, ProxyHeader *ret_header);
