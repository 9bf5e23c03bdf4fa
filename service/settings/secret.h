/* SPDX-License-Identifier: MIT */
/*
 * Secret: password hashes as RFC 5803 strings: "SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:
 * <ServerKey>", base64 (RFC 4648). Invariant: compared in constant time, wiped after use.
 * Thread: any; secret_make and secret_verify take milliseconds: run them as a job (base/work.h).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define SECRET_ITERATIONS 60000
#define SECRET_ITERATIONS_MIN 4096
#define SECRET_ITERATIONS_MAX 10000000
#define SECRET_SALT_SIZE 16
#define SECRET_PASSWORD_MAX 1024 /* bytes */

/* The string for a password; NULL if the password is empty, too long or not UTF-8, or iterations
 * out of range. The salt comes from the caller (base/random.h). Caller frees. */
char *secret_make(const char *password, unsigned iterations,
    const unsigned char salt[static SECRET_SALT_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
/* Is it a hash of another service's, as crypt(5) names them ("$2y$…")? It can be verified, and is
 * to be replaced then by one of our own. */
bool secret_is_foreign(const char *stored);
/* Does the password belong to the string? False for a malformed string. */
bool secret_verify(const char *stored, const char *password);
/* The parts of a string as SCRAM wants them, base64 but for the number. */
typedef struct SecretParts {
	char iterations[12];
	char *salt;
	char *stored_key;
	char *server_key;
} SecretParts;

/* False for anything but a SCRAM string; then nothing is set. */
bool secret_parts(const char *stored, SecretParts *ret_parts) G_GNUC_WARN_UNUSED_RESULT;
void secret_parts_clear(SecretParts *parts);
/* SHA-256 in hexadecimal of a code that is itself random, for keeping it. Caller frees. */
char *secret_code_digest(const char *code) G_GNUC_WARN_UNUSED_RESULT;
/* Compares without telling where they differ. */
bool secret_code_is(const char *digest, const char *code);
/* Is it a well-formed RFC 5803 SCRAM-SHA-256 string? */
bool secret_is_valid(const char *stored);
/* Overwrites and frees a text that holds a secret; NULL is allowed. */
void secret_text_free(char *text);
