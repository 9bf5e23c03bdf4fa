/* SPDX-License-Identifier: MIT */
#include "proto/names.h"

#include "proto/casemap.h"
#include "proto/precis.h"
#include "proto/utf8.h"

#include <glib.h>
#include <string.h>

#define NICK_SPECIALS "[]\\`_^{|}"
#define NAME_MAPPED_MAX 2048
#define LABEL_MAX 63
#define HOST_MAX 63
#define LOCAL_PART_MAX 64
#define DOMAIN_MAX 253

static bool
is_one_of(char character, const char *set)
{
	return character != '\0' && strchr(set, character);
}

static bool
is_nick_first(char character)
{
	return g_ascii_isalpha(character) ||
	       (is_one_of(character, NICK_SPECIALS) && character != '^');
}

/* Other scripts besides: judged in the form in which nicks are compared, so that nothing that is
 * mapped to a forbidden character gets by. */
static bool
is_mapped_nick(const char *text, size_t maximum)
{
	char mapped[NAME_MAPPED_MAX];
	if (strlen(text) > maximum || !precis_is_identifier(text) ||
	    !precis_map_text(text, strlen(text), mapped, sizeof mapped))
		return false;
	if ((unsigned char)mapped[0] < 0x80 && !is_nick_first(mapped[0]))
		return false;
	for (const char *byte = mapped; *byte; byte++)
		if ((unsigned char)*byte < 0x80 && !g_ascii_isalnum(*byte) && *byte != '-' &&
		    !is_one_of(*byte, NICK_SPECIALS))
			return false;
	return true;
}

bool
name_is_nick(const char *text, size_t maximum)
{
	if (casemap_chosen() == CASEMAP_PRECIS)
		return is_mapped_nick(text, maximum);
	if (!is_nick_first(text[0]))
		return false;
	size_t length = 0;
	for (; text[length]; length++)
		if (!g_ascii_isalnum(text[length]) && text[length] != '-' &&
		    !is_one_of(text[length], NICK_SPECIALS))
			return false;
	return length <= maximum;
}

bool
name_is_relayed(const char *text, const char *separators, size_t maximum)
{
	size_t length = strlen(text);
	bool is_separated = false;
	if (length > maximum || !utf8_is_valid(text, length))
		return false;
	for (size_t i = 0; i < length; i++) {
		bool separates = is_one_of(text[i], separators);
		if ((unsigned char)text[i] <= ' ' || text[i] == 0x7F ||
		    (!separates && is_one_of(text[i], ",!@*?:#&~+%\"")))
			return false;
		is_separated = is_separated || separates;
	}
	return is_separated;
}

bool
name_is_channel_like(const char *text)
{
	return is_one_of(text[0], NAME_CHANNEL_TYPES);
}

bool
name_is_channel(const char *text, size_t maximum)
{
	size_t length = strlen(text);
	if (!name_is_channel_like(text) || length < 2 || length > maximum)
		return false;
	for (size_t i = 1; i < length; i++)
		if ((unsigned char)text[i] <= ' ' || text[i] == ',' || text[i] == 0x7F)
			return false;
	return utf8_is_valid(text, length);
}

bool
name_is_key(const char *text)
{
	size_t length = strlen(text);
	if (length == 0 || length > NAME_KEY_MAX || text[0] == ':')
		return false;
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isgraph(text[i]) || text[i] == ',')
			return false;
	return true;
}

static bool
is_host(const char *text, size_t maximum)
{
	size_t length = strlen(text);
	if (length == 0 || length > maximum)
		return false;
	size_t label = 0;
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.') {
			if (label == 0)
				return false;
			label = 0;
			continue;
		}
		bool edge = label == 0 || text[i + 1] == '.' || text[i + 1] == '\0';
		if (!g_ascii_isalnum(text[i]) && (text[i] != '-' || edge))
			return false;
		if (++label > LABEL_MAX)
			return false;
	}
	return label > 0;
}

bool
name_is_host(const char *text)
{
	return is_host(text, HOST_MAX);
}

bool
name_is_email(const char *text)
{
	static const char marks[] = "!#$%&'*+-/=?^_`{|}~.";
	const char *at = strrchr(text, '@');

	if (!at || at == text || at - text > LOCAL_PART_MAX || strlen(text) > NAME_EMAIL_MAX ||
	    !is_host(at + 1, DOMAIN_MAX) || !strchr(at, '.'))
		return false;
	if (*text == '.' || at[-1] == '.' || strstr(text, ".."))
		return false;
	for (const char *character = text; character < at; character++)
		if (!g_ascii_isalnum(*character) && !strchr(marks, *character))
			return false;
	return true;
}

bool
name_is_word(const char *text, size_t maximum)
{
	size_t length = 0;
	for (; text[length]; length++)
		if (!g_ascii_isalnum(text[length]) && !is_one_of(text[length], "-_."))
			return false;
	return length > 0 && length <= maximum;
}

void
name_clean_user(const char *text, char *buffer, size_t maximum)
{
	size_t length = 0;
	buffer[length++] = '~';
	for (; *text && length < maximum; text++)
		if (g_ascii_isalnum(*text) || is_one_of(*text, "-_."))
			buffer[length++] = *text;
	if (length == 1)
		for (const char *fallback = "user"; *fallback && length < maximum; fallback++)
			buffer[length++] = *fallback;
	buffer[length] = '\0';
}
