/* SPDX-License-Identifier: MIT */
/*
 * BearerKey: what the key file of [oauth] holds: a public key in PEM for RS256 and ES256, or, in
 * its first line, the secret of HS256. Invariant: no secret is shorter than its digest (RFC 7518
 * 3.2), and nothing that is public or has structure (a PEM, a JWK) passes for one (RFC 8725 2.1).
 * Thread: any; pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define BEARER_SECRET_MIN 32u      /* bytes */
#define BEARER_KEY_FILE_MAX 65536u /* bytes */

/* What keeps this text from being a key, a sentence's end after the file's name; NULL: nothing. */
const char *bearer_key_problem(const char *text, size_t length);
/* Bytes of the text that are the secret of HS256; 0: it has none. */
size_t bearer_key_secret(const char *text, size_t length);
