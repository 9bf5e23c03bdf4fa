/* SPDX-License-Identifier: MIT */
/*
 * Fingerprint: SHA-256 of a certificate, 64 hexadecimal digits. They are public: nothing is
 * compared in constant time. Thread: any.
 */
#pragma once

#include <stdbool.h>

#define FINGERPRINT_LENGTH 64u

bool fingerprint_is_valid(const char *text);
/* Is it one of the list (NULL-terminated)? Letters may be of either case; NULL and "" are none. */
bool fingerprint_in(char *const *list, const char *fingerprint);
