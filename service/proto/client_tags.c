/* SPDX-License-Identifier: MIT */
#include "proto/client_tags.h"

#include <glib.h>
#include <string.h>

static bool
has_key(const Tag *tag, const char *key)
{
	return tag->key_length == strlen(key) && memcmp(tag->key, key, tag->key_length) == 0;
}

/* The key of a client-only tag without its '+' against a word without its '-'. */
static bool
names_tag(const char *word, const Tag *tag)
{
	const Tag bare = {.key = tag->key + 1, .key_length = tag->key_length - 1};

	return has_key(&bare, word);
}

bool
client_tag_is_denied(const Tag *tag, const char *const *words)
{
	bool denied = false;

	for (; *words; words++) {
		if (strcmp(*words, "*") == 0)
			denied = true;
		else if (**words == '-' && names_tag(*words + 1, tag))
			denied = false;
		else if (**words != '-' && names_tag(*words, tag))
			denied = true;
	}
	return denied;
}

bool
client_tag_word_is_valid(const char *word, bool is_first)
{
	if (strcmp(word, "*") == 0)
		return is_first;
	if (*word == '-')
		word++;
	return *word != '+' && tag_key_is_valid(word, strlen(word));
}
