/* SPDX-License-Identifier: MIT */
/*
 * Tags: the raw tag section of a line, read without copying (IRCv3 message-tags).
 * Invariant: a Tag's views point into the section; its value is still escaped.
 * Thread: any; pure functions and constant data.
 */
#pragma once

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Tag {
	const char *key; /* with '+' and vendor; not NUL-terminated */
	size_t key_length;
	const char *value; /* escaped, not NUL-terminated; length 0 for no value and empty value
			      alike, as the specification has it */
	size_t value_length;
} Tag;

typedef struct TagIterator {
	const char *next;
	const char *end;
} TagIterator;

void tags_iterate(TagIterator *iterator, const char *tags, size_t length);
/* False at the end. Tags without a key are skipped, duplicates are all reported. A key of another
 * form than ours today is one like any other: keys are opaque (IRCv3 message-tags, "Format"). */
bool tags_next(TagIterator *iterator, Tag *ret_tag);
/* The last tag of that key (last duplicate wins); false if there is none. */
bool tags_find(const char *tags, size_t length, const char *key, Tag *ret_tag);
/* Unescapes the value into buffer[size] with a NUL, cut at a character's boundary if it does not
 * fit; returns the bytes written without the NUL. `size` > 0. */
size_t tag_unescape(const Tag *tag, char *buffer, size_t size);
/* Appends `value` escaped. */
void tag_escape(Bytes *bytes, const char *value, size_t length);
/* [ '+' ] [ vendor '/' ] 1*(letter / digit / '-'); the vendor is a host name. For keys that are
 * configured; what clients send is not held against it. */
bool tag_key_is_valid(const char *key, size_t length);
/* Does the key carry the client-only prefix '+', and something behind it? */
bool tag_is_client_only(const Tag *tag);
typedef bool (*TagFilter)(const Tag *tag, const void *data);
/* Appends the client-only tags of a section that pass the filter (NULL: all) as "+a=b;+c", each key
 * once with its last value, in the order of those last ones; returns how many. For relaying
 * PRIVMSG, NOTICE and TAGMSG. */
unsigned tags_append_client_only(
    Bytes *bytes, const char *tags, size_t length, TagFilter passes, const void *data);

/* What the server may put on a line (rows in tags.def). */
typedef enum TagIndex {
#define TAG(name, text, caps, help) TAG_##name,
#include "proto/tags.def"
#undef TAG
	TAGS
} TagIndex;

typedef struct TagRow {
	const char *name; /* as on the wire; "+" stands for all client-only tags */
	uint64_t caps;    /* any of these lets the tag through */
	const char *help;
} TagRow;

/* The row; `index` < TAGS. */
const TagRow *tag_row(TagIndex index);
