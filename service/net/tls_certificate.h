/* SPDX-License-Identifier: MIT */
/*
 * TlsCertificate: a self-signed certificate for a service that was given none: P-256, ten years,
 * the host name (or address) as subject alternative name. Invariant: each file appears whole or not
 * at all; the key is readable by its owner only. Thread: any; takes milliseconds and writes to the
 * disk.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Replaces what is there. `host` is a DNS name or a numeric address, 1 to 253 bytes. The key is
 * written with mode 0600, the certificate with 0644. Errors: G_FILE_ERROR. */
bool tls_certificate_create(const char *certificate_file, const char *key_file, const char *host,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
