/* SPDX-License-Identifier: MIT */
#include "proto/message.h"

#include "proto/utf8.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static char *
skip_spaces(char *text)
{
	while (*text == ' ')
		text++;
	return text;
}

/* Ends the word at its space and returns what follows. */
static char *
end_word(char *word)
{
	char *space = strchr(word, ' ');
	if (!space)
		return word + strlen(word);
	*space = '\0';
	return space + 1;
}

static bool
is_verb(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	if (digits > 0)
		return digits == 3 && text[3] == '\0';
	for (; *text; text++)
		if (!g_ascii_isalpha(*text))
			return false;
	return true;
}

static void
parse_params(char *text, Message *message)
{
	for (text = skip_spaces(text); *text; text = skip_spaces(text)) {
		bool trailing = *text == ':';
		bool last = message->n_params == MESSAGE_PARAMS_MAX - 1;
		message->params[message->n_params++] = trailing ? text + 1 : text;
		if (trailing || last)
			return;
		text = end_word(text);
	}
}

/* Everything behind the tags. */
static MessageStatus
parse_body(char *text, Message *message)
{
	text = skip_spaces(text);
	if (*text == ':') {
		message->source = text + 1;
		text = skip_spaces(end_word(text));
	}
	if (*text == '\0')
		return MESSAGE_EMPTY;
	message->verb = text;
	text = end_word(text);
	if (!is_verb(message->verb))
		return MESSAGE_BAD_VERB;
	parse_params(text, message);
	return MESSAGE_OK;
}

/* The first thing wrong with the bytes. */
static MessageStatus
check_bytes(const char *line, size_t length)
{
	if (memchr(line, '\0', length))
		return MESSAGE_HAS_NUL;
	/* Receivers that end a line at a lone CR would read what follows as the service's words. */
	if (memchr(line, '\r', length))
		return MESSAGE_HAS_CR;
	return MESSAGE_OK;
}

MessageStatus
message_parse(char *line, size_t length, Message *ret_message)
{
	*ret_message = (Message){0};
	while (length > 0 && line[length - 1] == '\r')
		length--;
	line[length] = '\0';
	MessageStatus bytes = check_bytes(line, length);
	bool valid = utf8_is_valid(line, length);
	char *end = line + length;
	char *body = skip_spaces(line);
	if (*body == '@') {
		char *tags = body + 1;
		body = end_word(tags);
		size_t tags_length = strlen(tags);
		/* A bad byte behind the tags leaves them good; a refusal needs their label. */
		if (bytes != MESSAGE_OK &&
		    (body == tags + tags_length || memchr(tags, '\r', tags_length)))
			return bytes;
		if (tags_length > MESSAGE_TAGS_MAX)
			return MESSAGE_TAGS_TOO_LONG;
		ret_message->tags = tags_length > 0 ? tags : NULL;
		ret_message->tags_length = tags_length;
	}
	if (bytes != MESSAGE_OK)
		return bytes;
	if ((size_t)(end - body) > MESSAGE_BODY_MAX)
		return MESSAGE_TOO_LONG;
	MessageStatus status = parse_body(body, ret_message);
	return status == MESSAGE_OK && !valid ? MESSAGE_INVALID_UTF8 : status;
}

const char *
message_middle(const char *text)
{
	bool fits = *text != '\0' && *text != ':' && !strchr(text, ' ');
	return fits ? text : "*";
}
