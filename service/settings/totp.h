/* SPDX-License-Identifier: MIT */
/*
 * Totp: codes that change with time, as a second factor (RFC 6238 with SHA-1, 30 seconds, 6 digits:
 * what every authenticator has). Secrets are base32 (RFC 4648) without padding.
 * Invariant: compared in constant time; a code is good in its own step and the two beside it, and
 * never again once it or a later one was used. Thread: any; pure.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define TOTP_KEY_SIZE 20u /* bytes: RFC 4226 4 */
#define TOTP_DIGITS 6u

/* The secret for a key. Caller frees with secret_text_free(). */
char *totp_secret(const unsigned char key[static TOTP_KEY_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
/* `now` wall microseconds. *last_step is the newest step whose code was used, 0 for none; it is
 * moved on when the code is right. False for a malformed secret too. */
bool totp_check(const char *secret, const char *code, int64_t now, int64_t *last_step);
bool totp_secret_is_valid(const char *secret);
/* What a code would be in the step of that moment; false for a malformed secret. */
bool totp_code(const char *secret, int64_t now, char code[static TOTP_DIGITS + 1]);
