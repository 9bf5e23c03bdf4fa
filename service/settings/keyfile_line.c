/* SPDX-License-Identifier: MIT */
#include "settings/keyfile_line.h"

#include "settings/keyfile.h"

#include "proto/names.h"
#include "proto/utf8.h"

#include <stdbool.h>
#include <string.h>

#define NAME_MAX_BYTES 63

static const struct {
	char letter;
	char byte;
} escapes[] = {{'n', '\n'}, {'t', '\t'}, {'s', ' '}, {'\\', '\\'}};

void
keyfile_line_free(KeyFileLine *line)
{
	if (!line)
		return;
	g_free(line->raw);
	g_free(line->section);
	g_free(line->key);
	g_free(line->value);
	g_free(line);
}

static char *
escape_value(const char *value)
{
	GString *text = g_string_new(NULL);
	for (const char *byte = value; *byte; byte++) {
		bool edge = byte == value || byte[1] == '\0';
		char letter = '\0';
		for (size_t i = 0; i < G_N_ELEMENTS(escapes); i++)
			if (escapes[i].byte == *byte)
				letter = escapes[i].letter;
		if (letter && (*byte != ' ' || edge))
			g_string_append_printf(text, "\\%c", letter);
		else
			g_string_append_c(text, *byte);
	}
	return g_string_free(text, FALSE);
}

KeyFileLine *
keyfile_line_new_entry(
    const char *section, const char *key, const char *value, const char *line_end)
{
	g_autofree char *escaped = escape_value(value);
	KeyFileLine *line = g_new0(KeyFileLine, 1);
	line->kind = KEYFILE_ENTRY;
	line->raw = g_strconcat(key, " = ", escaped, line_end, NULL);
	line->section = g_strdup(section);
	line->key = g_strdup(key);
	line->value = g_strdup(value);
	return line;
}

KeyFileLine *
keyfile_line_new_section(const char *section, const char *line_end)
{
	KeyFileLine *line = g_new0(KeyFileLine, 1);
	line->kind = KEYFILE_SECTION;
	line->raw = g_strconcat("[", section, "]", line_end, NULL);
	line->section = g_strdup(section);
	return line;
}

KeyFileLine *
keyfile_line_new_blank(const char *line_end)
{
	KeyFileLine *line = g_new0(KeyFileLine, 1);
	line->raw = g_strdup(line_end);
	return line;
}

void
keyfile_line_set_value(KeyFileLine *line, const char *value)
{
	g_assert(line->kind == KEYFILE_ENTRY);
	const char *start = strchr(line->raw, '=') + 1;
	start += strspn(start, " \t");
	const char *line_end = line->raw + strcspn(line->raw, "\r\n");
	g_autofree char *before = g_strndup(line->raw, (gsize)(start - line->raw));
	g_autofree char *after = g_strdup(line_end);
	g_autofree char *escaped = escape_value(value);
	g_free(line->raw);
	line->raw = g_strconcat(before, escaped, after, NULL);
	g_free(line->value);
	line->value = g_strdup(value);
}

/* Unescapes in place; NULL or what is wrong. */
static char *
unescape_value(char *text)
{
	char *out = text;
	for (const char *in = text; *in; in++) {
		if ((unsigned char)*in < ' ' && *in != '\t')
			return g_strdup_printf("control character 0x%02x in the value; allowed "
					       "are printable characters and \\n \\t \\s \\\\",
			    (unsigned char)*in);
		if (*in != '\\') {
			*out++ = *in;
			continue;
		}
		char letter = *++in;
		size_t i = 0;
		while (i < G_N_ELEMENTS(escapes) && (!letter || escapes[i].letter != letter))
			i++;
		if (i == G_N_ELEMENTS(escapes) && g_ascii_isgraph(letter))
			return g_strdup_printf(
			    "a backslash before '%c'; allowed are \\n \\t \\s \\\\", letter);
		if (i == G_N_ELEMENTS(escapes))
			return g_strdup("a single backslash; allowed are \\n \\t \\s \\\\");
		*out++ = escapes[i].byte;
	}
	*out = '\0';
	return NULL;
}

static char *
parse_section(KeyFileLine *line, char *text)
{
	char *close = strchr(text, ']');
	if (!close)
		return g_strdup("']' is missing; allowed is [section] or [section NAME]");
	if (close[1] != '\0')
		return g_strdup("text after ']'; allowed is [section] or [section NAME], "
				"and comments on lines of their own");
	*close = '\0';
	g_auto(GStrv) words = g_strsplit_set(g_strstrip(text + 1), " \t", -1);
	GString *name = g_string_new(NULL);
	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(name, "%s%s", name->len > 0 ? " " : "", *word);
	line->section = g_string_free(name, FALSE);
	if (!keyfile_section_is_valid(line->section))
		return g_strdup("not a section; allowed is [section] or [section NAME] with a "
				"NAME of letters, digits, '-', '_' and '.', at most 63 bytes");
	line->kind = KEYFILE_SECTION;
	return NULL;
}

static char *
parse_entry(KeyFileLine *line, char *text, const char *section)
{
	char *equals = strchr(text, '=');
	if (!equals)
		return g_strdup("'=' is missing; allowed are key = value, [section] and comments "
				"that begin with '#'");
	*equals = '\0';
	g_strchomp(text);
	if (!keyfile_key_is_valid(text))
		return g_strdup_printf("'%.*s' is not a key; a key has lower-case letters, digits "
				       "and '_', at most 63 bytes",
		    (int)utf8_cut(text, strlen(text), NAME_MAX_BYTES), text);
	line->key = g_strdup(text);
	if (!section)
		return g_strdup("this key stands before the first [section]");
	line->value = g_strdup(g_strstrip(equals + 1));
	char *problem = unescape_value(line->value);
	if (!problem)
		line->kind = KEYFILE_ENTRY;
	return problem;
}

char *
keyfile_line_parse(KeyFileLine *line, const char *section)
{
	line->kind = KEYFILE_OTHER;
	size_t length = strcspn(line->raw, "\n");
	if (length > KEYFILE_LINE_MAX)
		return g_strdup_printf(
		    "the line has %zu bytes; at most %d are allowed", length, KEYFILE_LINE_MAX);
	size_t valid = utf8_cut(line->raw, length, length);
	if (valid < length)
		return g_strdup_printf("byte %zu of the line is not UTF-8", valid + 1);
	g_autofree char *text = g_strstrip(g_strndup(line->raw, length));
	if (*text == '\0' || *text == '#' || *text == ';')
		return NULL;
	if (*text == '[')
		return parse_section(line, text);
	line->section = g_strdup(section);
	return parse_entry(line, text, section);
}

bool
keyfile_key_is_valid(const char *key)
{
	size_t length = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_");
	return length > 0 && length <= NAME_MAX_BYTES && key[length] == '\0';
}

bool
keyfile_section_is_valid(const char *section)
{
	const char *space = strchr(section, ' ');
	g_autofree char *kind =
	    space ? g_strndup(section, (gsize)(space - section)) : g_strdup(section);
	return keyfile_key_is_valid(kind) && (!space || name_is_word(space + 1, NAME_MAX_BYTES));
}
