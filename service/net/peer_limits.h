/* SPDX-License-Identifier: MIT */
/*
 * PeerLimits: how many connections one address may have, and how many may be in their prelude (a
 * PROXY header, a TLS handshake, an HTTP request) at once in all. How many may be open in all, and
 * of those a gateway speaks for, is counted above. One for all loops. Invariant: there are no more
 * places than connections. Thread: any; a mutex for moments.
 */
#pragma once

#include "base/close_reason.h"
#include "net/io_sink.h"
#include "net/net_range.h"

#include <glib.h>

typedef struct PeerLimits PeerLimits;
/* An address that has connections. */
typedef struct PeerPlace PeerPlace;

/* Nothing is limited yet. */
PeerLimits *peer_limits_new(void);
void peer_limits_free(PeerLimits *limits); /* NULL is allowed */
/* In force for those to come. Whoever is in `exempt` (copied) and Unix sockets are not counted. */
void peer_limits_set(PeerLimits *limits, unsigned most, unsigned most_per_address,
    const NetRange *exempt, unsigned n_exempt);
/* True: it may begin, and *ret_place is for peer_limits_leave(), NULL if it is not counted. False:
 * *ret_reason is why not. An IPv6 address counts with its /64. */
bool peer_limits_enter(PeerLimits *limits, const ConnInfo *info, bool has_prelude,
    PeerPlace **ret_place, CloseReason *ret_reason);
/* The prelude it had is over, by `opened` or by the end. NULL is allowed. */
void peer_limits_opened(PeerLimits *limits, const PeerPlace *place);
/* It is gone, or speaks for somebody else. NULL is allowed. */
void peer_limits_leave(PeerLimits *limits, PeerPlace *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PeerLimits, peer_limits_free)
