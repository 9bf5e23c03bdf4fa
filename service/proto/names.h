/* SPDX-License-Identifier: MIT */
/*
 * Names: what may be a nick, a channel, a user name, a key, a host. Limits in bytes.
 * Invariant: a valid name never holds space, comma (in lists), NUL, CR or LF, so it is safe as a
 * middle parameter. Thread: any; pure functions.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define NAME_CHANNEL_TYPES "#&"
#define NAME_KEY_MAX 23    /* bytes of a channel key (RFC 2812 2.3.1) */
#define NAME_EMAIL_MAX 254 /* bytes (RFC 5321 4.5.3.1.3) */

/* With CASEMAP_PRECIS letters and digits of any script as RFC 8265 allows them in user names;
 * and in both: RFC 2812 2.3.1: letter or one of []\`_^{|} first, then digits and '-' too; ASCII;
 * not "^" first (IRCX: the hex form of an extended nick). */
bool name_is_nick(const char *text, size_t maximum);
/* Somebody elsewhere in whose name a bridge speaks: a nick that no user can have, for it holds at
 * least one of `separators`; the rest is UTF-8 without spaces, control characters and what sets off
 * parts of a source, targets and masks (space , ! @ * ? : # & ~ + and "). */
bool name_is_relayed(const char *text, const char *separators, size_t maximum);
/* Does the text name a channel rather than a user (first byte in NAME_CHANNEL_TYPES)? */
bool name_is_channel_like(const char *text);
/* '#' or '&', then no space, comma, BEL or control character; UTF-8; at least one byte after the
 * prefix. */
bool name_is_channel(const char *text, size_t maximum);
/* RFC 2812 2.3.1 key: visible ASCII without comma and leading ':', at most NAME_KEY_MAX bytes. */
bool name_is_key(const char *text);
/* RFC 1123 2.1 host name: labels of letters, digits and inner '-' with dots between; 1 to 63
 * bytes. */
bool name_is_host(const char *text);
/* What SMTP carries without quoting (RFC 5321 4.1.2): dot-string@domain, with a dot in the domain;
 * 64, 253 and in all NAME_EMAIL_MAX bytes. Nothing in it ends a line or a path. */
bool name_is_email(const char *text);
/* A name in the configuration (operator, role, community): letters, digits, '-', '_', '.'; 1 to
 * `maximum` bytes. */
bool name_is_word(const char *text, size_t maximum);
/* Makes a USER name harmless: "~" first, then what is left of the text without anything but
 * letters, digits, '-', '_' and '.'; "~user" if nothing is left; cut to `maximum` bytes in all.
 * buffer[maximum + 1]. */
void name_clean_user(const char *text, char *buffer, size_t maximum);
