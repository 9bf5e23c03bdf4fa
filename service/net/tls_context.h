/* SPDX-License-Identifier: MIT */
/*
 * TlsContext: certificate, key and rules of the TLS listeners that share it: TLS 1.2 or newer,
 * client certificates asked for and never required. Invariant: it always holds a working pair; a
 * reload that fails changes nothing, and connections made before keep the old pair. Thread: any.
 */
#pragma once

#include "net/tls_tickets.h"

#include <glib.h>
#include <openssl/types.h>
#include <stdbool.h>

typedef struct TlsContext TlsContext;

/* What is not the certificate's; copied. */
typedef struct TlsRules {
	bool only_1_3;            /* nothing older than TLS 1.3 */
	const char *ciphers;      /* of TLS 1.2, in OpenSSL's form; NULL or "": its own choice */
	const char *ciphersuites; /* of TLS 1.3; likewise */
	TlsTickets *tickets;      /* NULL: clients get no session tickets */
	int64_t ticket_lifetime;  /* microseconds */
} TlsRules;

/* PEM files; the certificate's may hold its chain behind it. `rules` NULL: none. The error names
 * the file, or the rule, and why. */
TlsContext *tls_context_new(const char *certificate_file, const char *key_file,
    const TlsRules *rules, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TlsContext *tls_context_ref(TlsContext *context);
void tls_context_unref(TlsContext *context);
/* Connections from now on use the new pair, by the same rules. */
bool tls_context_reload(TlsContext *context, const char *certificate_file, const char *key_file,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Who asks for one of these hosts (tls_names.h) is shown this pair. Before the first session; a
 * reload forgets it. */
bool tls_context_add(TlsContext *context, const char *const *hosts, const char *certificate_file,
    const char *key_file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A server session for one connection, or NULL; the caller's. */
SSL *tls_context_session(TlsContext *context);
/* SHA-256 of the certificate in use, lower-case hex. */
void tls_context_fingerprint(TlsContext *context, char text[static 65]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TlsContext, tls_context_unref)
