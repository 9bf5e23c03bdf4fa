/* SPDX-License-Identifier: MIT */
/*
 * TlsNames: certificates by the host name a client asks for (SNI, RFC 6066 3). "*.example.org"
 * stands for one label in front (RFC 6125 6.4.3); a name of its own goes before it.
 * Invariant: nothing changes once a context serves with it, so loops read without a lock.
 * Thread: any.
 */
#pragma once

#include <glib.h>
#include <openssl/types.h>

#define TLS_NAME_MAX 253u /* bytes of a host name */

typedef struct TlsNames TlsNames;

TlsNames *tls_names_new(void);
void tls_names_free(TlsNames *names);
/* `hosts` is NULL-terminated, 1 to TLS_NAME_MAX bytes each, in any case; takes a reference of the
 * context for each. The last one to have a host keeps it. */
void tls_names_add(TlsNames *names, const char *const *hosts, SSL_CTX *context);
/* Borrowed; NULL if none has that host. */
SSL_CTX *tls_names_find(const TlsNames *names, const char *host);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TlsNames, tls_names_free)
