/* SPDX-License-Identifier: MIT */
/*
 * UTF-8: validity and cutting (RFC 3629: no surrogates, no overlong forms, up to U+10FFFF).
 * Invariant: none; pure functions. Thread: any.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Is text[0..length) UTF-8? NUL is a valid character here. */
bool utf8_is_valid(const char *text, size_t length);
/* The longest prefix of valid UTF-8, in bytes, that is at most `maximum` and splits no character.
 */
size_t utf8_cut(const char *text, size_t length, size_t maximum);
