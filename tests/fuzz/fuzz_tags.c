/* SPDX-License-Identifier: MIT */
/* Tags: values survive escaping, relayed sections say the same as what came in. */
#include "proto/tags.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 8192

/* Unescaped, escaped and unescaped again, a value is the same. */
static void
check_value(const Tag *tag)
{
	char first[MOST];
	char second[MOST];
	size_t length = tag_unescape(tag, first, sizeof first);
	g_auto(Bytes) bytes;
	bytes_init(&bytes, 2 * MOST);
	tag_escape(&bytes, first, length);
	g_assert(!bytes.failed);
	Tag again = {tag->key, tag->key_length, bytes_text(&bytes), bytes.length};
	size_t second_length = tag_unescape(&again, second, sizeof second);
	g_assert(length == second_length && memcmp(first, second, length) == 0);
}

static void
check_relayed(const char *section, size_t size)
{
	g_auto(Bytes) bytes;
	bytes_init(&bytes, MOST);
	unsigned count = tags_append_client_only(&bytes, section, size, NULL, NULL);
	g_assert(!bytes.failed && bytes.length <= size);
	TagIterator iterator;
	Tag tag;
	unsigned seen = 0;
	tags_iterate(&iterator, bytes_text(&bytes), bytes.length);
	while (tags_next(&iterator, &tag)) {
		g_autofree char *key = g_strndup(tag.key, tag.key_length);
		Tag original;
		g_assert(tag_is_client_only(&tag));
		g_assert(tags_find(section, size, key, &original));
		g_assert(original.value_length == tag.value_length &&
			 memcmp(original.value, tag.value, tag.value_length) == 0);
		seen++;
	}
	g_assert(seen == count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* As the parser of lines gives it: no space, no NUL, at most 4094 bytes. */
	size = MIN(size, 4094);
	for (size_t i = 0; i < size; i++)
		if (data[i] == ' ' || data[i] == '\0')
			size = i;
	const char *section = (const char *)data;
	TagIterator iterator;
	Tag tag;
	tags_iterate(&iterator, section, size);
	while (tags_next(&iterator, &tag)) {
		g_assert(tag.key >= section && tag.key + tag.key_length <= section + size);
		check_value(&tag);
	}
	if (size > 0)
		check_relayed(section, size);
	return 0;
}
