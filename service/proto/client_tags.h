/* SPDX-License-Identifier: MIT */
/*
 * ClientTags: which tags of clients are relayed (IRCv3 message-tags, CLIENTTAGDENY): those that
 * nobody denied, and of those with a specification (typing, reply, channel-context) only such as
 * keep to it. Thread: any; pure functions and constant data.
 */
#pragma once

#include "proto/tags.h"

#define CLIENT_TAG_VALUE_MAX                                                                       \
	300u /* bytes of a value that is looked at; longer ones are not valid */

/* A tag with a specification whose value is none of what that allows: false. Others: true. */
bool client_tag_is_valid(const Tag *tag);
/* `words` as in CLIENTTAGDENY, NULL-terminated: "typing", "*", "-reply" (a block negated). */
bool client_tag_is_denied(const Tag *tag, const char *const *words);
/* May this stand in CLIENTTAGDENY? "*" only as the first of the list. */
bool client_tag_word_is_valid(const char *word, bool is_first);
