/* SPDX-License-Identifier: MIT */
/*
 * Message: one line of a client as views into the line's own buffer (RFC 1459 2.3, RFC 2812 2.3,
 * IRCv3 message-tags). Invariant: every view is NUL-terminated inside the buffer it was parsed
 * from, except `tags`, which is `tags_length` bytes; nothing is allocated.
 * Thread: any; a Message lives no longer than its line.
 */
#pragma once

#include <stddef.h>

#define MESSAGE_PARAMS_MAX 31        /* IRCX; RFC 1459 has 15 */
#define MESSAGE_BODY_MAX 510         /* bytes without tags and without the line end */
#define MESSAGE_TAGS_MAX 4094        /* bytes of client tags between '@' and the space */
#define MESSAGE_SERVER_TAGS_MAX 4094 /* bytes the server may add on top (IRCv3 message-tags) */

typedef enum MessageStatus {
	MESSAGE_OK,
	MESSAGE_EMPTY,   /* nothing but spaces, tags or a source: to be ignored */
	MESSAGE_HAS_NUL, /* the line contains a NUL byte */
	MESSAGE_HAS_CR,  /* a carriage return that is not at the line's end (RFC 2812 2.3.1) */
	MESSAGE_TAGS_TOO_LONG, /* 417 */
	MESSAGE_TOO_LONG,      /* 417; the body passes MESSAGE_BODY_MAX */
	MESSAGE_BAD_VERB,      /* neither letters only nor three digits */
	MESSAGE_INVALID_UTF8,  /* understood, but not UTF-8 somewhere: the caller decides */
} MessageStatus;

typedef struct Message {
	const char *tags; /* raw section without '@'; NULL if none */
	size_t tags_length;
	const char *source; /* without ':'; NULL if none; clients may send one, servers ignore it */
	const char *verb;   /* as sent: compare without case */
	unsigned n_params;
	const char *params[MESSAGE_PARAMS_MAX]; /* what goes past the last is joined into it */
} Message;

/*
 * Splits line[0..length) in place (line[length] must be writable). Repeated and leading spaces are
 * one separator; CRs at the end are dropped. `ret_message` is always written: with MESSAGE_OK and
 * MESSAGE_INVALID_UTF8 it is whole; with TAGS_TOO_LONG everything is NULL; with TOO_LONG and
 * BAD_VERB the tags are there (for a label) and the verb is NULL for TOO_LONG and what was sent for
 * BAD_VERB.
 */
MessageStatus message_parse(char *line, size_t length, Message *ret_message);
/* The text if it can stand as a middle parameter, else "*" (RFC 1459 2.3.1): for a client's own
 * input in an error. */
const char *message_middle(const char *text);
