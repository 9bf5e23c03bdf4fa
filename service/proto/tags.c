/* SPDX-License-Identifier: MIT */
#include "proto/tags.h"

#include "proto/caps.h"
#include "proto/utf8.h"

#include <string.h>

/* Escapes of values (IRCv3 message-tags): the byte and the letter behind the backslash. */
static const struct {
	char byte;
	char letter;
} escapes[] = {{';', ':'}, {' ', 's'}, {'\\', '\\'}, {'\r', 'r'}, {'\n', 'n'}};

static const TagRow rows[] = {
#define TAG(name, text, caps, help) {text, caps, help},
#include "proto/tags.def"
#undef TAG
};

const TagRow *
tag_row(TagIndex index)
{
	g_assert(index < TAGS);
	return &rows[index];
}

void
tags_iterate(TagIterator *iterator, const char *tags, size_t length)
{
	iterator->next = tags;
	iterator->end = tags ? tags + length : NULL;
}

bool
tags_next(TagIterator *iterator, Tag *ret_tag)
{
	while (iterator->next < iterator->end) {
		const char *start = iterator->next;
		size_t left = (size_t)(iterator->end - start);
		const char *semicolon = memchr(start, ';', left);
		const char *end = semicolon ? semicolon : iterator->end;
		iterator->next = semicolon ? semicolon + 1 : iterator->end;
		const char *equals = memchr(start, '=', (size_t)(end - start));
		Tag tag = {.key = start, .value = end};
		tag.key_length = (size_t)((equals ? equals : end) - start);
		if (equals) {
			tag.value = equals + 1;
			tag.value_length = (size_t)(end - tag.value);
		}
		if (tag.key_length == 0)
			continue;
		*ret_tag = tag;
		return true;
	}
	return false;
}

bool
tags_find(const char *tags, size_t length, const char *key, Tag *ret_tag)
{
	size_t key_length = strlen(key);
	bool found = false;
	TagIterator iterator;
	Tag tag;
	tags_iterate(&iterator, tags, length);
	while (tags_next(&iterator, &tag)) {
		if (tag.key_length != key_length || memcmp(tag.key, key, key_length) != 0)
			continue;
		*ret_tag = tag;
		found = true;
	}
	return found;
}

static char
unescape_letter(char letter)
{
	for (size_t i = 0; i < G_N_ELEMENTS(escapes); i++)
		if (escapes[i].letter == letter)
			return escapes[i].byte;
	return letter;
}

size_t
tag_unescape(const Tag *tag, char *buffer, size_t size)
{
	size_t written = 0;
	size_t read = 0;
	while (read < tag->value_length && written < size - 1) {
		char byte = tag->value[read++];
		if (byte == '\\') {
			if (read == tag->value_length)
				break; /* a lone backslash at the end is dropped */
			byte = unescape_letter(tag->value[read++]);
		}
		buffer[written++] = byte;
	}
	if (read < tag->value_length)
		written = utf8_cut(buffer, written, written);
	buffer[written] = '\0';
	return written;
}

static char
escape_letter(char byte)
{
	for (size_t i = 0; i < G_N_ELEMENTS(escapes); i++)
		if (escapes[i].byte == byte)
			return escapes[i].letter;
	return '\0';
}

void
tag_escape(Bytes *bytes, const char *value, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char letter = escape_letter(value[i]);
		if (letter)
			bytes_append_char(bytes, '\\');
		bytes_append_char(bytes, letter ? letter : value[i]);
	}
}

bool
tag_key_is_valid(const char *key, size_t length)
{
	if (length > 0 && key[0] == '+') {
		key++;
		length--;
	}
	const char *slash = length > 0 ? memchr(key, '/', length) : NULL;
	size_t vendor = slash ? (size_t)(slash - key) : 0;
	if (slash && vendor == 0)
		return false;
	for (size_t i = 0; i < vendor; i++)
		if (!g_ascii_isalnum(key[i]) && key[i] != '-' && key[i] != '.')
			return false;
	size_t start = slash ? vendor + 1 : 0;
	for (size_t i = start; i < length; i++)
		if (!g_ascii_isalnum(key[i]) && key[i] != '-')
			return false;
	return length > start;
}

bool
tag_is_client_only(const Tag *tag)
{
	return tag->key_length > 1 && tag->key[0] == '+';
}

static guint
tag_key_hash(gconstpointer pointer)
{
	const Tag *tag = pointer;
	guint hash = 5381;
	for (size_t i = 0; i < tag->key_length; i++)
		hash = hash * 33 + (guchar)tag->key[i];
	return hash;
}

static gboolean
tag_key_equal(gconstpointer a, gconstpointer b)
{
	const Tag *left = a;
	const Tag *right = b;
	return left->key_length == right->key_length &&
	       memcmp(left->key, right->key, left->key_length) == 0;
}

unsigned
tags_append_client_only(
    Bytes *bytes, const char *tags, size_t length, TagFilter passes, const void *data)
{
	if (!tags || !memchr(tags, '+', length))
		return 0;
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Tag));
	TagIterator iterator;
	Tag tag;
	tags_iterate(&iterator, tags, length);
	while (tags_next(&iterator, &tag))
		if (tag_is_client_only(&tag) && (!passes || passes(&tag, data)))
			g_array_append_val(all, tag);
	/* The set holds the last tag of each key; a section of 4094 bytes can have 2047. */
	g_autoptr(GHashTable) last = g_hash_table_new(tag_key_hash, tag_key_equal);
	for (guint i = 0; i < all->len; i++)
		g_hash_table_add(last, &g_array_index(all, Tag, i));
	unsigned count = 0;
	for (guint i = 0; i < all->len; i++) {
		const Tag *this = &g_array_index(all, Tag, i);
		if (g_hash_table_lookup(last, this) != this)
			continue;
		if (count++ > 0)
			bytes_append_char(bytes, ';');
		bytes_append(bytes, this->key, this->key_length);
		if (this->value_length > 0) {
			bytes_append_char(bytes, '=');
			bytes_append(bytes, this->value, this->value_length);
		}
	}
	return count;
}
