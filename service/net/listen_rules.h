/* SPDX-License-Identifier: MIT */
/*
 * ListenRules: what connections of one listener do before they are lines of chat. Shared by
 * reference by the listener and its connections; invariant: nobody writes to it once it is shared.
 * Thread: any.
 */
#pragma once

#include "net/forwarded.h"

#include <glib.h>
#include <stdatomic.h>
#include <stdbool.h>

typedef struct ListenRules {
	atomic_uint references;
	bool websocket; /* HTTP first, then frames (net/websocket.h) */
	char **origins; /* as ws_handshake() takes them; never NULL */
	bool proxy;     /* a PROXY header first (net/proxy_header.h) */
	/* Whose headers are believed; a Unix socket's always are. */
	NetRange *proxies;
	unsigned n_proxies;
	/* Whose X-Forwarded-For or Forwarded are (net/forwarded.h); which they write, one each. */
	NetRange *forwarders;
	ForwardedHeader *headers;
	unsigned n_forwarders;
	ForwardedHeader unix_header; /* of who comes by a Unix socket */
} ListenRules;

/* None of it, with one reference; the caller fills it in. */
ListenRules *listen_rules_new(void);
ListenRules *listen_rules_ref(ListenRules *rules); /* NULL is allowed */
void listen_rules_unref(ListenRules *rules);       /* NULL is allowed */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ListenRules, listen_rules_unref)
