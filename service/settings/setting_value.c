/* SPDX-License-Identifier: MIT */
#include "settings/setting_value.h"

#include "settings/secret.h"
#include "settings/setting_words.h"
#include "settings/settings.h"

#include "base/clock.h"
#include "proto/cidr.h"
#include "proto/mask.h"
#include "proto/modes.h"
#include "proto/names.h"
#include "proto/utf8.h"

#include <string.h>

/* How one type is read, written and freed; false: the text is not allowed. */
typedef struct SettingTypeRow {
	bool (*parse)(const SettingRow *row, const char *text, void *ret_value);
	char *(*text)(const SettingRow *row, const void *value);
	void (*clear)(void *value); /* NULL: nothing to free */
} SettingTypeRow;

static bool
parse_bool(const SettingRow *row, const char *text, void *ret_value)
{
	static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "0", "1"};
	for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
		if (g_ascii_strcasecmp(text, words[i]) != 0)
			continue;
		*(bool *)ret_value = i % 2 == 1;
		return true;
	}
	return false;
}

static char *
bool_text(const SettingRow *row, const void *value)
{
	return g_strdup(*(const bool *)value ? "yes" : "no");
}

/* Digits of `base` and then one of the units' letters; the range is the row's. */
static bool
parse_number(const SettingRow *row, const char *text, unsigned base, const SettingUnit *units,
    uint64_t *ret_number)
{
	uint64_t number = 0;
	const char *at = text;
	for (; g_ascii_isdigit(*at) && (unsigned)(*at - '0') < base; at++) {
		if (number > UINT64_MAX / 16)
			return false;
		number = number * base + (unsigned)(*at - '0');
	}
	if (at == text)
		return false;
	uint64_t factor = 1;
	if (*at != '\0') {
		while (units && units->letter && units->letter != g_ascii_tolower(*at))
			units++;
		if (!units || !units->letter || at[1] != '\0')
			return false;
		factor = units->factor;
	}
	if (number < (row->least + factor - 1) / factor || number > row->most / factor)
		return false;
	*ret_number = number * factor;
	return true;
}

static bool
parse_uint(const SettingRow *row, const char *text, void *ret_value)
{
	uint64_t number;
	if (!parse_number(row, text, 10, NULL, &number))
		return false;
	*(unsigned *)ret_value = (unsigned)number;
	return true;
}

static char *
uint_text(const SettingRow *row, const void *value)
{
	return g_strdup_printf("%u", *(const unsigned *)value);
}

static bool
parse_octal(const SettingRow *row, const char *text, void *ret_value)
{
	uint64_t number;
	if (!parse_number(row, text, 8, NULL, &number))
		return false;
	*(unsigned *)ret_value = (unsigned)number;
	return true;
}

static char *
octal_text(const SettingRow *row, const void *value)
{
	return g_strdup_printf("%04o", *(const unsigned *)value);
}

static bool
parse_size(const SettingRow *row, const char *text, void *ret_value)
{
	uint64_t number;
	if (!parse_number(row, text, 10, setting_size_units, &number))
		return false;
	*(size_t *)ret_value = (size_t)number;
	return true;
}

static char *
size_text(const SettingRow *row, const void *value)
{
	return setting_unit_text(setting_size_units, *(const size_t *)value);
}

static bool
parse_duration(const SettingRow *row, const char *text, void *ret_value)
{
	uint64_t number;
	if (!parse_number(row, text, 10, setting_time_units, &number))
		return false;
	*(int64_t *)ret_value = (int64_t)number * CLOCK_SECOND;
	return true;
}

static char *
duration_text(const SettingRow *row, const void *value)
{
	uint64_t seconds = (uint64_t)(*(const int64_t *)value / CLOCK_SECOND);
	return setting_unit_text(setting_time_units, seconds);
}

static bool
is_text(const SettingRow *row, const char *text, bool newlines)
{
	size_t length = strlen(text);
	if (length < row->least || (row->most > 0 && length > row->most))
		return false;
	for (const char *byte = text; *byte; byte++)
		if (((unsigned char)*byte < ' ' && !(newlines && *byte == '\n')) || *byte == 0x7F)
			return false;
	return utf8_is_valid(text, length);
}

static void
replace_string(void *ret_value, const char *text)
{
	char **value = ret_value;
	g_free(*value);
	*value = g_strdup(text);
}

static bool
parse_string(const SettingRow *row, const char *text, void *ret_value)
{
	bool good = is_text(row, text, row->type == SETTING_TEXT);
	if (good)
		replace_string(ret_value, text);
	return good;
}

static bool
parse_host(const SettingRow *row, const char *text, void *ret_value)
{
	/* Clients tell a server from a nick by its dot. */
	bool good = name_is_host(text) && strchr(text, '.') && is_text(row, text, false);
	if (good)
		replace_string(ret_value, text);
	return good;
}

static bool
parse_address(const SettingRow *row, const char *text, void *ret_value)
{
	Cidr cidr;
	bool good = !strchr(text, '/') && cidr_parse(text, &cidr);
	if (good)
		replace_string(ret_value, text);
	return good;
}

static bool
parse_secret(const SettingRow *row, const char *text, void *ret_value)
{
	bool good = *text == '\0' || (is_text(row, text, false) && secret_is_valid(text));
	if (!good)
		return false;
	secret_text_free(*(char **)ret_value);
	*(char **)ret_value = g_strdup(text);
	return true;
}

static bool
parse_modes(const SettingRow *row, const char *text, void *ret_value)
{
	uint64_t bits = 0;
	for (const char *letter = text; *letter; letter++) {
		unsigned index = mode_find(MODE_ON_CHANNEL, *letter);
		if (index == MODES || !(mode_member_flags() & MODE_BIT(index)))
			return false;
		bits |= MODE_BIT(index);
	}
	if ((bits & MODE_CHANNEL_PRIVATE) && (bits & MODE_CHANNEL_SECRET))
		return false;
	char letters[MODES + 1];
	mode_letters(MODE_ON_CHANNEL, bits, letters);
	replace_string(ret_value, letters);
	return true;
}

static char *
string_text(const SettingRow *row, const void *value)
{
	return g_strdup(*(char *const *)value);
}

static void
clear_string(void *value)
{
	g_clear_pointer((char **)value, g_free);
}

static void
clear_secret(void *value)
{
	g_clear_pointer((char **)value, secret_text_free);
}

static bool
parse_enum(const SettingRow *row, const char *text, void *ret_value)
{
	unsigned position;
	if (!setting_word_find(row->allowed, text, &position))
		return false;
	*(unsigned *)ret_value = position;
	return true;
}

static char *
enum_text(const SettingRow *row, const void *value)
{
	return setting_word_at(row->allowed, *(const unsigned *)value);
}

static bool
parse_flags(const SettingRow *row, const char *text, void *ret_value)
{
	g_auto(GStrv) words = setting_words_split(text);
	unsigned flags = 0;
	for (char **word = words; *word; word++) {
		unsigned position;
		if (!setting_word_find(row->allowed, *word, &position))
			return false;
		flags |= 1u << position;
	}
	*(unsigned *)ret_value = flags;
	return true;
}

static char *
flags_text(const SettingRow *row, const void *value)
{
	g_auto(GStrv) words = setting_words_split(row->allowed);
	GString *text = g_string_new(NULL);
	for (unsigned i = 0; words[i]; i++)
		if (*(const unsigned *)value & (1u << i))
			g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", words[i]);
	return g_string_free(text, FALSE);
}

static bool
parse_list(const SettingRow *row, const char *text, void *ret_value)
{
	g_auto(GStrv) words = setting_words_split(text);
	unsigned count = g_strv_length(words);
	if (count < row->least || count > row->most)
		return false;
	for (unsigned i = 0; i < count; i++) {
		if (!is_text(&(SettingRow){0}, words[i], false))
			return false;
		if (row->type != SETTING_MASKS)
			continue;
		char *mask = mask_canonical(words[i]);
		if (!mask)
			return false;
		g_free(words[i]);
		words[i] = mask;
	}
	char ***value = ret_value;
	g_strfreev(*value);
	*value = g_steal_pointer(&words);
	return true;
}

static char *
list_text(const SettingRow *row, const void *value)
{
	return g_strjoinv(" ", *(char **const *)value);
}

static void
clear_list(void *value)
{
	g_clear_pointer((char ***)value, g_strfreev);
}

static const SettingTypeRow types[SETTING_TYPES] = {
    [SETTING_BOOL] = {parse_bool, bool_text, NULL},
    [SETTING_UINT] = {parse_uint, uint_text, NULL},
    [SETTING_OCTAL] = {parse_octal, octal_text, NULL},
    [SETTING_SIZE] = {parse_size, size_text, NULL},
    [SETTING_DURATION] = {parse_duration, duration_text, NULL},
    [SETTING_STRING] = {parse_string, string_text, clear_string},
    [SETTING_TEXT] = {parse_string, string_text, clear_string},
    [SETTING_HOST] = {parse_host, string_text, clear_string},
    [SETTING_ADDRESS] = {parse_address, string_text, clear_string},
    [SETTING_PATH] = {parse_string, string_text, clear_string},
    [SETTING_SECRET] = {parse_secret, string_text, clear_secret},
    [SETTING_MODES] = {parse_modes, string_text, clear_string},
    [SETTING_ENUM] = {parse_enum, enum_text, NULL},
    [SETTING_FLAGS] = {parse_flags, flags_text, NULL},
    [SETTING_WORDS] = {parse_list, list_text, clear_list},
    [SETTING_MASKS] = {parse_list, list_text, clear_list},
};

/* What cannot be seen in the value is named; -1 if there is nothing of the kind. */
static ssize_t
find_control_character(const SettingRow *row, const char *text)
{
	for (size_t i = 0; text[i]; i++) {
		bool newline = text[i] == '\n' && row->type == SETTING_TEXT;
		if (((unsigned char)text[i] < ' ' && !newline) || text[i] == 0x7F)
			return (ssize_t)i;
	}
	return -1;
}

char *
setting_value_parse(const SettingRow *row, const char *text, void *ret_value)
{
	if (types[row->type].parse(row, text, ret_value))
		return NULL;
	g_autofree char *allowed = setting_allowed_text(row);
	ssize_t at = find_control_character(row, text);
	if (at >= 0)
		return g_strdup_printf("must be %s, and byte %zd is the control character 0x%02X",
		    allowed, at + 1, (unsigned)text[at]);
	return g_strdup_printf("must be %s", allowed);
}

char *
setting_value_text(const SettingRow *row, const void *value)
{
	return types[row->type].text(row, value);
}

void
setting_value_clear(const SettingRow *row, void *value)
{
	if (types[row->type].clear)
		types[row->type].clear(value);
}
