/* SPDX-License-Identifier: MIT */
/*
 * ClientTags: which tags of clients are not relayed: those that an administrator denied (IRCv3
 * message-tags, CLIENTTAGDENY). All others are attached as they came, whatever their key and value:
 * what they mean is between clients. Thread: any; pure functions.
 */
#pragma once

#include "proto/tags.h"

/* `words` as in CLIENTTAGDENY, NULL-terminated: "typing", "*", "-reply" (a block negated). */
bool client_tag_is_denied(const Tag *tag, const char *const *words);
/* May this stand in CLIENTTAGDENY? "*" only as the first of the list. */
bool client_tag_word_is_valid(const char *word, bool is_first);
