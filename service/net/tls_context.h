/* SPDX-License-Identifier: MIT */
/*
 * TlsContext: certificate, key and rules of the TLS listeners that share it: TLS 1.2 or newer,
 * client certificates asked for and never required. Invariant: it always holds a working pair; a
 * reload that fails changes nothing, and connections made before keep the old pair. Thread: any.
 */
#pragma once

#include <glib.h>
#include <openssl/types.h>
#include <stdbool.h>

typedef struct TlsContext TlsContext;

/* PEM files; the certificate's may hold its chain behind it. The error names the file and why. */
TlsContext *tls_context_new(
    const char *certificate_file, const char *key_file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TlsContext *tls_context_ref(TlsContext *context);
void tls_context_unref(TlsContext *context);
/* Connections from now on use the new pair. */
bool tls_context_reload(TlsContext *context, const char *certificate_file, const char *key_file,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Nothing older than TLS 1.3 from now on, until a reload. */
void tls_context_demand_1_3(TlsContext *context);
/* Who asks for one of these hosts (tls_names.h) is shown this pair. Before the first session; a
 * reload forgets it. */
bool tls_context_add(TlsContext *context, const char *const *hosts, const char *certificate_file,
    const char *key_file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A server session for one connection, or NULL; the caller's. */
SSL *tls_context_session(TlsContext *context);
/* SHA-256 of the certificate in use, lower-case hex. */
void tls_context_fingerprint(TlsContext *context, char text[static 65]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TlsContext, tls_context_unref)
