/* SPDX-License-Identifier: MIT */
/*
 * Mask: nick!user@host patterns: '*' any run, '?' any one character, without case (casemap.h).
 * The host part may be an address range, "192.0.2.0/24" or "2001:db8::/32".
 * Invariant: matching takes at most mask length x text length steps, whatever the mask.
 * Thread: any; pure functions.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define MASK_MAX 255 /* bytes of a canonical mask */

/* Whom a mask is held against; any of them may be "". */
typedef struct MaskSubject {
	const char *nick;
	const char *user;
	const char *host;    /* as others see it */
	const char *address; /* the IP address as text */
	/* For extended bans (extban.h); NULL, false: none. */
	const char *account;
	const char *real_name;
	const char *fingerprint;   /* of the client certificate, hexadecimal; "" for none */
	const char *country;       /* two letters */
	const char *operator_name; /* of the configuration */
	bool tls;
	/* Is the subject in that channel, with that rank's prefix or above ('\0': any)? */
	bool (*in_channel)(const struct MaskSubject *subject, const char *channel, char prefix);
	const void *data;
	const void *within; /* whose list asks; NULL: nobody's */
} MaskSubject;

/* A canonical mask taken apart, for masks that are held against many. */
typedef struct MaskPattern MaskPattern;

/* Does the whole text match the glob? No escapes. */
bool mask_match(const char *mask, const char *text);
/* Holds a canonical mask against nick, user and host; the host part matches the shown host, or the
 * address as glob or as range. A mask without '!' or '@' is canonicalised on the way. */
bool mask_match_subject(const char *mask, const MaskSubject *subject);
/* `canonical` is copied; free with mask_pattern_free(). */
MaskPattern *mask_compile(const char *canonical) G_GNUC_WARN_UNUSED_RESULT;
void mask_pattern_free(MaskPattern *pattern);
const char *mask_pattern_text(const MaskPattern *pattern);
/* As mask_match_subject(). */
bool mask_pattern_match(const MaskPattern *pattern, const MaskSubject *subject);
/* "nick" -> "nick!*@*", "user@host" -> "*!user@host", "host.name", "1.2.3.4" and "1.2.3.0/24" ->
 * "*!*@...", runs of '*' squeezed, empty parts "*". NULL if the result passes MASK_MAX bytes or the
 * text holds a space, a control character or nothing. Caller frees. */
char *mask_canonical(const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* Is it free of '*' and '?'? */
bool mask_is_literal(const char *mask);
