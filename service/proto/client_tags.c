/* SPDX-License-Identifier: MIT */
#include "proto/client_tags.h"

#include "proto/names.h"

#include <glib.h>
#include <string.h>

/* IRCv3 typing. */
static bool
is_typing(const char *value)
{
	static const char *const states[] = {"active", "paused", "done", NULL};

	return g_strv_contains(states, value);
}

/* IRCv3 reply: a message id, which holds no space. */
static bool
is_message_id(const char *value)
{
	return *value != '\0' && !strchr(value, ' ');
}

static bool
is_channel(const char *value)
{
	return name_is_channel(value, CLIENT_TAG_VALUE_MAX);
}

static const struct {
	const char *key;
	bool (*is_valid)(const char *value);
} rows[] = {
    {"+typing", is_typing},
    {"+draft/typing", is_typing},
    {"+reply", is_message_id},
    {"+draft/reply", is_message_id},
    {"+channel-context", is_channel},
    {"+draft/channel-context", is_channel},
};

static bool
has_key(const Tag *tag, const char *key)
{
	return tag->key_length == strlen(key) && memcmp(tag->key, key, tag->key_length) == 0;
}

bool
client_tag_is_valid(const Tag *tag)
{
	char value[CLIENT_TAG_VALUE_MAX + 1];

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (!has_key(tag, rows[i].key))
			continue;
		if (tag->value_length > CLIENT_TAG_VALUE_MAX)
			return false;
		tag_unescape(tag, value, sizeof value);
		return rows[i].is_valid(value);
	}
	return true;
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
