/* SPDX-License-Identifier: MIT */
/*
 * Forwarded: whom a gateway speaks for, from the fields of its HTTP request: Forwarded (RFC 7239),
 * or X-Forwarded-For and X-Forwarded-Proto, whichever the gateway writes: the other is what the
 * client made up. Invariant: only what trusted gateways added is believed: of the list of
 * addresses the last that is not one of theirs. Thread: any.
 */
#pragma once

#include "net/http_request.h"
#include "net/net_range.h"

#include <netinet/in.h>

typedef struct ForwardedClient {
	char address[INET6_ADDRSTRLEN]; /* "": the gateway says nothing */
	uint16_t port;                  /* 0: not told */
	bool tls;                       /* the client speaks TLS with the gateway */
} ForwardedClient;

typedef enum ForwardedHeader {
	FORWARDED_X,       /* X-Forwarded-For, X-Forwarded-Proto */
	FORWARDED_RFC_7239 /* Forwarded */
} ForwardedHeader;

/* The request came from a trusted gateway. False: the fields are there and make no sense. */
bool forwarded_client(const HttpRequest *request, ForwardedHeader header, const NetRange *trusted,
    unsigned n_trusted, ForwardedClient *ret_client);
