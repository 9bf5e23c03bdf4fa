/* SPDX-License-Identifier: MIT */
/*
 * TlsTickets: the keys of session tickets (RFC 5077, RFC 8446 4.6.1), so that a client that comes
 * back need not begin anew. They are made here, live in memory only and are replaced in time.
 * Invariant: new tickets are sealed with a key younger than `rotation`, a ticket is opened while
 * its key is younger than twice that; older keys are wiped when a handshake finds them. They belong
 * to the process, not to a certificate: tickets outlive a reload, not a restart. Thread: any.
 */
#pragma once

#include "base/clock.h"

#include <glib.h>
#include <openssl/types.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct TlsTickets TlsTickets;

/* `clock` outlives it; `rotation` in microseconds, more than 0. */
TlsTickets *tls_tickets_new(const Clock *clock, int64_t rotation);
TlsTickets *tls_tickets_ref(TlsTickets *tickets);
void tls_tickets_unref(TlsTickets *tickets);
void tls_tickets_set_rotation(TlsTickets *tickets, int64_t rotation);
/* The context gives tickets from now on, good for `lifetime` microseconds (at most the rotation),
 * and holds a reference. */
void tls_tickets_serve(TlsTickets *tickets, SSL_CTX *context, int64_t lifetime);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TlsTickets, tls_tickets_unref)
