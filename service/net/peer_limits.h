/* SPDX-License-Identifier: MIT */
/*
 * PeerLimits: how many connections may be in their prelude (a PROXY header, a TLS handshake, an
 * HTTP request) at once, in all and from one address; what is open is counted above. One for all
 * loops. Invariant: there are no more places than connections in their prelude, so the limits bound
 * it. Thread: any; a mutex for moments.
 */
#pragma once

#include "base/close_reason.h"
#include "net/io_sink.h"
#include "net/net_range.h"

#include <glib.h>

typedef struct PeerLimits PeerLimits;
/* An address that has connections in their prelude. */
typedef struct PeerPlace PeerPlace;

/* Nothing is limited yet. */
PeerLimits *peer_limits_new(void);
void peer_limits_free(PeerLimits *limits); /* NULL is allowed */
/* In force for those to come. Whoever is in `exempt` (copied) and Unix sockets are not counted. */
void peer_limits_set(PeerLimits *limits, unsigned most, unsigned most_per_address,
    const NetRange *exempt, unsigned n_exempt);
/* True: it may begin, and *ret_place is for peer_limits_leave(), NULL if it is not counted. False:
 * *ret_reason is why not. An IPv6 address counts with its /64. */
bool peer_limits_enter(
    PeerLimits *limits, const ConnInfo *info, PeerPlace **ret_place, CloseReason *ret_reason);
/* Its prelude is over. NULL is allowed. */
void peer_limits_leave(PeerLimits *limits, PeerPlace *place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PeerLimits, peer_limits_free)
