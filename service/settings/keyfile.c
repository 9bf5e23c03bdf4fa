/* SPDX-License-Identifier: MIT */
#include "settings/keyfile.h"

#include "settings/keyfile_line.h"

#include "proto/utf8.h"

#include <string.h>

struct KeyFile {
	char *name;
	const char *line_end; /* of new lines: as the file's first one */
	GPtrArray *lines;     /* of KeyFileLine; line number n is index n - 1 */
};

static void
free_line(gpointer line)
{
	keyfile_line_free(line);
}

static KeyFileLine *
line_at(const KeyFile *keyfile, unsigned index)
{
	return g_ptr_array_index(keyfile->lines, index);
}

/* What stands where already, so that a duplicate can name both lines. */
typedef struct ParseState {
	KeyFile *keyfile;
	GPtrArray *errors;
	GHashTable *seen; /* "section" or "section\nkey" -> line number */
	char *section;
	bool skip; /* the last section line was not understood: its keys are not judged */
} ParseState;

/* Returns the line where it stood before, or 0. */
static unsigned
remember(ParseState *state, const KeyFileLine *line, unsigned number)
{
	g_autofree char *name =
	    g_strconcat(line->section, line->key ? "\n" : NULL, line->key, NULL);
	unsigned before = GPOINTER_TO_UINT(g_hash_table_lookup(state->seen, name));
	if (before == 0)
		g_hash_table_insert(state->seen, g_steal_pointer(&name), GUINT_TO_POINTER(number));
	return before;
}

static void
parse_line(ParseState *state, const char *raw, size_t length)
{
	KeyFile *keyfile = state->keyfile;
	KeyFileLine *line = g_new0(KeyFileLine, 1);
	line->raw = g_strndup(raw, length);
	g_ptr_array_add(keyfile->lines, line);
	unsigned number = keyfile->lines->len;
	g_autofree char *problem = keyfile_line_parse(line, state->section);
	bool header = line->raw[strspn(line->raw, " \t")] == '[';
	if (state->skip && !header) {
		line->kind = KEYFILE_OTHER;
		return;
	}
	state->skip = header && problem;
	if (problem) {
		settings_errors_add(state->errors, keyfile->name, number, line->section, line->key,
		    NULL, "%s", problem);
		return;
	}
	if (line->kind == KEYFILE_OTHER)
		return;
	unsigned before = remember(state, line, number);
	if (line->kind == KEYFILE_SECTION) {
		g_free(state->section);
		state->section = g_strdup(line->section);
	}
	if (before == 0)
		return;
	settings_errors_add(state->errors, keyfile->name, number, line->section, line->key, NULL,
	    "this %s is in line %u already; allowed is once",
	    line->kind == KEYFILE_SECTION ? "section" : "key", before);
	line->kind = KEYFILE_OTHER;
}

/* Errors of the file as a whole; false if there is no sense in going on. */
static bool
check_text(ParseState *state, const char *text, size_t length)
{
	const char *name = state->keyfile->name;
	if (length > KEYFILE_SIZE_MAX) {
		settings_errors_add(state->errors, name, 0, NULL, NULL, NULL,
		    "the file has %zu bytes; at most %d are allowed", length, KEYFILE_SIZE_MAX);
		return false;
	}
	const char *zero = length > 0 ? memchr(text, '\0', length) : NULL;
	if (zero) {
		unsigned line = 1;
		for (const char *byte = text; byte < zero; byte++)
			line += *byte == '\n';
		settings_errors_add(state->errors, name, line, NULL, NULL, NULL,
		    "a NUL byte; allowed is UTF-8 text");
		return false;
	}
	if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		settings_errors_add(state->errors, name, 1, NULL, NULL, NULL,
		    "the file begins with a byte order mark; allowed is UTF-8 without one");
		return false;
	}
	return true;
}

KeyFile *
keyfile_parse(const char *text, size_t length, const char *name, GPtrArray *ret_errors)
{
	KeyFile *keyfile = g_new0(KeyFile, 1);
	keyfile->name = g_strdup(name);
	keyfile->lines = g_ptr_array_new_with_free_func(free_line);
	keyfile->line_end = "\n";
	ParseState state = {.keyfile = keyfile, .errors = ret_errors};
	if (!check_text(&state, text, length))
		return keyfile;
	state.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char *end = text + length;
	while (text < end) {
		if (keyfile->lines->len == KEYFILE_LINES_MAX) {
			settings_errors_add(ret_errors, name, KEYFILE_LINES_MAX + 1, NULL, NULL,
			    NULL, "too many lines; at most %d are allowed", KEYFILE_LINES_MAX);
			break;
		}
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *next = newline ? newline + 1 : end;
		if (newline && newline > text && newline[-1] == '\r' && keyfile->lines->len == 0)
			keyfile->line_end = "\r\n";
		parse_line(&state, text, (size_t)(next - text));
		text = next;
	}
	g_hash_table_unref(state.seen);
	g_free(state.section);
	return keyfile;
}

void
keyfile_free(KeyFile *keyfile)
{
	if (!keyfile)
		return;
	g_free(keyfile->name);
	g_ptr_array_unref(keyfile->lines);
	g_free(keyfile);
}

const char *
keyfile_name(const KeyFile *keyfile)
{
	return keyfile->name;
}

bool
keyfile_next(const KeyFile *keyfile, unsigned *cursor, KeyFileEntry *ret_entry)
{
	while (*cursor < keyfile->lines->len) {
		const KeyFileLine *line = line_at(keyfile, (*cursor)++);
		if (line->kind == KEYFILE_OTHER)
			continue;
		*ret_entry = (KeyFileEntry){.section = line->section,
		    .key = line->key,
		    .value = line->value,
		    .line = *cursor};
		return true;
	}
	return false;
}

/* Index of the section's line (key NULL) or of the key's; the number of lines if there is none. */
static unsigned
find_line(const KeyFile *keyfile, const char *section, const char *key)
{
	KeyFileLineKind kind = key ? KEYFILE_ENTRY : KEYFILE_SECTION;
	unsigned i = 0;
	for (; i < keyfile->lines->len; i++) {
		const KeyFileLine *line = line_at(keyfile, i);
		if (line->kind == kind && strcmp(line->section, section) == 0 &&
		    (!key || strcmp(line->key, key) == 0))
			break;
	}
	return i;
}

const char *
keyfile_get(const KeyFile *keyfile, const char *section, const char *key)
{
	unsigned index = find_line(keyfile, section, key);
	return index < keyfile->lines->len ? line_at(keyfile, index)->value : NULL;
}

bool
keyfile_has_section(const KeyFile *keyfile, const char *section)
{
	return find_line(keyfile, section, NULL) < keyfile->lines->len;
}

/* The last line may lack its line end; whatever comes behind it needs one. */
static void
insert_line(KeyFile *keyfile, unsigned index, KeyFileLine *line)
{
	if (index > 0) {
		KeyFileLine *above = line_at(keyfile, index - 1);
		if (!strchr(above->raw, '\n')) {
			char *ended = g_strconcat(above->raw, keyfile->line_end, NULL);
			g_free(above->raw);
			above->raw = ended;
		}
	}
	g_ptr_array_insert(keyfile->lines, (gint)index, line);
}

void
keyfile_add_section(KeyFile *keyfile, const char *section)
{
	g_assert(keyfile_section_is_valid(section));
	if (keyfile_has_section(keyfile, section))
		return;
	if (keyfile->lines->len > 0)
		insert_line(
		    keyfile, keyfile->lines->len, keyfile_line_new_blank(keyfile->line_end));
	insert_line(
	    keyfile, keyfile->lines->len, keyfile_line_new_section(section, keyfile->line_end));
}

/* Escaped, a value at most doubles; names are at most 2 x 63 bytes. */
static bool
can_stand(const char *value)
{
	size_t length = strlen(value);
	if (2 * length + 256 > KEYFILE_LINE_MAX || !utf8_is_valid(value, length))
		return false;
	for (; *value; value++)
		if (g_ascii_iscntrl(*value) && *value != '\n' && *value != '\t' && *value != 0x7F)
			return false;
	return true;
}

bool
keyfile_set(KeyFile *keyfile, const char *section, const char *key, const char *value)
{
	g_assert(keyfile_key_is_valid(key));
	if (!can_stand(value) || keyfile->lines->len + 3 > KEYFILE_LINES_MAX)
		return false;
	unsigned index = find_line(keyfile, section, key);
	if (index < keyfile->lines->len) {
		keyfile_line_set_value(line_at(keyfile, index), value);
		return true;
	}
	keyfile_add_section(keyfile, section);
	unsigned last = find_line(keyfile, section, NULL);
	for (unsigned i = last + 1; i < keyfile->lines->len; i++) {
		const KeyFileLine *line = line_at(keyfile, i);
		if (line->kind == KEYFILE_SECTION)
			break;
		if (line->kind == KEYFILE_ENTRY)
			last = i;
	}
	insert_line(
	    keyfile, last + 1, keyfile_line_new_entry(section, key, value, keyfile->line_end));
	return true;
}

bool
keyfile_remove(KeyFile *keyfile, const char *section, const char *key)
{
	unsigned index = find_line(keyfile, section, key);
	if (index == keyfile->lines->len)
		return false;
	g_ptr_array_remove_index(keyfile->lines, index);
	return true;
}

static bool
is_comment(const KeyFileLine *line)
{
	return line->kind == KEYFILE_OTHER && line->raw[strspn(line->raw, " \t\r\n")] != '\0';
}

bool
keyfile_remove_section(KeyFile *keyfile, const char *section)
{
	unsigned start = find_line(keyfile, section, NULL);
	if (start == keyfile->lines->len)
		return false;
	unsigned end = start + 1;
	while (end < keyfile->lines->len && line_at(keyfile, end)->kind != KEYFILE_SECTION)
		end++;
	if (end < keyfile->lines->len)
		while (end > start + 1 && is_comment(line_at(keyfile, end - 1)))
			end--;
	g_ptr_array_remove_range(keyfile->lines, start, end - start);
	return true;
}

char *
keyfile_text(const KeyFile *keyfile, size_t *ret_length)
{
	GString *text = g_string_new(NULL);
	for (unsigned i = 0; i < keyfile->lines->len; i++)
		g_string_append(text, line_at(keyfile, i)->raw);
	if (ret_length)
		*ret_length = text->len;
	return g_string_free(text, FALSE);
}
