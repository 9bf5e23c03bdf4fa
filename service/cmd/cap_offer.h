/* SPDX-License-Identifier: MIT */
/*
 * CapOffer: which capabilities a session may have now, and what stands after their '=' (IRCv3
 * capability-negotiation). A capability that depends on settings or on the connection has a row in
 * cap_offer.c; all others are offered to everybody with the value of proto/caps.def.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

#include <glib.h>

#define CAP_VERSION_VALUES 302 /* from this version on values are shown */

/* What connections are alike in, as far as offers go. */
typedef enum CapKind {
	CAP_KIND_PLAIN,
	CAP_KIND_TLS,
	CAP_KIND_TLS_STS, /* with a host name for which strict transport security is promised */
	CAP_KINDS
} CapKind;

/* `sts_hosts` as [community] has them. */
CapKind cap_kind(const SessionPeer *peer, char *const *sts_hosts);
/* "name" or "name=value"; NULL: such a connection is not offered it. `index` < CAPS. Caller frees.
 */
char *cap_offer_to_kind(const Ctx *ctx, CapKind kind, unsigned index) G_GNUC_WARN_UNUSED_RESULT;
/* Their values are all there is to them: CAP REQ refuses them. */
#define CAPS_TOLD_ONLY ((uint64_t)CAP_STS)

/* CAP_* bits that CAP LS shows and, but for those above, CAP REQ grants. */
uint64_t caps_offered(const Ctx *ctx);
/* "name" or, with `values`, "name=value"; `index` < CAPS. Caller frees. */
char *cap_offer_word(const Ctx *ctx, unsigned index, bool values) G_GNUC_WARN_UNUSED_RESULT;
