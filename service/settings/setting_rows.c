/* SPDX-License-Identifier: MIT */
#include "settings/setting_rows.h"

#include "settings/setting_words.h"
#include "settings/settings.h"

#include "proto/modes.h"

#include <inttypes.h>
#include <string.h>

enum { APPLY_RESTART, APPLY_LIVE };

#define SECTION_ONE(Type, field, section, label, help) static const char name_##Type[] = section;
#define SECTION_MANY(Type, field, section, label, most, help)                                      \
	SECTION_ONE(Type, field, section, label, help)
#define SETTING(...)
#define SECTION_END(Type)
#include "settings/settings.def"
#undef SECTION_ONE
#undef SECTION_MANY
#undef SETTING
#undef SECTION_END

/* clang-format off */
#define SECTION_ONE(Type, field, section, label, help) static const SettingRow rows_##Type[] = {
#define SECTION_MANY(Type, field, section, label, most, help) SECTION_ONE(Type, field, section, label, help)
#define SETTING(Type, key, TYPE, text, least, most, allowed, unit, apply, label, help)             \
	{name_##Type, #key, SETTING_##TYPE, text, least, most, allowed, unit,                      \
	    APPLY_##apply == APPLY_LIVE, SETTING_##TYPE == SETTING_SECRET, label, help,            \
	    offsetof(Settings##Type, key)},
#define SECTION_END(Type) };
#include "settings/settings.def"
#undef SECTION_ONE
#undef SECTION_MANY
#undef SETTING
#undef SECTION_END
/* clang-format on */

static const SettingSection sections[] = {
#define SECTION_ONE(Type, field, section, label, help)                                             \
	{section, label, false, 1, help, sizeof(Settings##Type), offsetof(Settings, field),        \
	    rows_##Type, G_N_ELEMENTS(rows_##Type)},
#define SECTION_MANY(Type, field, section, label, most, help)                                      \
	{section, label, true, most, help, sizeof(Settings##Type), offsetof(Settings, field),      \
	    rows_##Type, G_N_ELEMENTS(rows_##Type)},
#define SETTING(...)
#define SECTION_END(Type)
#include "settings/settings.def"
#undef SECTION_ONE
#undef SECTION_MANY
#undef SETTING
#undef SECTION_END
};

const SettingSection *
setting_sections(unsigned *ret_count)
{
	*ret_count = G_N_ELEMENTS(sections);
	return sections;
}

const SettingSection *
setting_section_find(const char *name)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(sections); i++)
		if (strcmp(sections[i].name, name) == 0)
			return &sections[i];
	return NULL;
}

const SettingRow *
setting_row_find(const SettingSection *section, const char *key)
{
	for (unsigned i = 0; i < section->n_rows; i++)
		if (strcmp(section->rows[i].key, key) == 0)
			return &section->rows[i];
	return NULL;
}

static char *
allowed_words(const SettingRow *row)
{
	g_auto(GStrv) words = setting_words_split(row->allowed);
	return g_strjoinv(", ", words);
}

/* "16k to 64m" */
static char *
allowed_range(const SettingRow *row, const SettingUnit *units)
{
	g_autofree char *least = setting_unit_text(units, row->least);
	g_autofree char *most = setting_unit_text(units, row->most);
	return g_strdup_printf("%s to %s", least, most);
}

static char *
allowed_modes(const SettingRow *row)
{
	char letters[MODES + 1];
	mode_letters(MODE_ON_CHANNEL, mode_member_flags(), letters);
	return g_strdup_printf("any of the letters %s, but not p and s together", letters);
}

typedef enum AllowedKind {
	ALLOWED_FIXED,  /* `text` says it all */
	ALLOWED_NUMBER, /* "LEAST to MOST UNIT" */
	ALLOWED_LENGTH, /* `text` of LEAST to MOST UNIT */
	ALLOWED_OWN,    /* `write`, between `text` and its end */
} AllowedKind;

static char *
allowed_size(const SettingRow *row)
{
	return allowed_range(row, setting_size_units);
}

static char *
allowed_time(const SettingRow *row)
{
	return allowed_range(row, setting_time_units);
}

static const struct {
	const char *name;
	AllowedKind kind;
	const char *text;
	char *(*write)(const SettingRow *row);
} types[SETTING_TYPES] = {
    [SETTING_BOOL] = {"bool", ALLOWED_FIXED, "yes or no", NULL},
    [SETTING_UINT] = {"uint", ALLOWED_NUMBER, "a whole number from", NULL},
    [SETTING_OCTAL] = {"octal", ALLOWED_FIXED, "octal permissions from 0000 to 0777", NULL},
    [SETTING_SIZE] = {"size", ALLOWED_OWN, "a size in bytes or with k, m or g: ", allowed_size},
    [SETTING_DURATION] = {"duration", ALLOWED_OWN, "a time with s, m, h or d: ", allowed_time},
    [SETTING_STRING] = {"string", ALLOWED_LENGTH, "one line", NULL},
    [SETTING_TEXT] = {"text", ALLOWED_LENGTH, "a text", NULL},
    [SETTING_HOST] = {"host", ALLOWED_LENGTH, "a host name with a dot,", NULL},
    [SETTING_ADDRESS] = {"address", ALLOWED_FIXED, "an IPv4 or IPv6 address", NULL},
    [SETTING_PATH] = {"path", ALLOWED_LENGTH, "a file name", NULL},
    [SETTING_SECRET] = {"secret", ALLOWED_FIXED, "a hash made by chatd --hash-password", NULL},
    [SETTING_MODES] = {"modes", ALLOWED_OWN, "", allowed_modes},
    [SETTING_ENUM] = {"enum", ALLOWED_OWN, "one of: ", allowed_words},
    [SETTING_FLAGS] = {"flags", ALLOWED_OWN, "any of: ", allowed_words},
    [SETTING_WORDS] = {"words", ALLOWED_LENGTH, "names separated by spaces,", NULL},
    [SETTING_MASKS] = {"masks", ALLOWED_LENGTH,
	"user@host masks or address ranges separated by spaces,", NULL},
};

const char *
setting_type_name(SettingType type)
{
	g_assert(type < SETTING_TYPES);
	return types[type].name;
}

char *
setting_allowed_text(const SettingRow *row)
{
	const char *text = types[row->type].text;
	if (types[row->type].kind == ALLOWED_FIXED)
		return g_strdup(text);
	if (types[row->type].kind == ALLOWED_OWN) {
		g_autofree char *own = types[row->type].write(row);
		return g_strconcat(text, own, NULL);
	}
	const char *unit = row->unit ? row->unit : "";
	const char *space = row->unit ? " " : "";
	if (types[row->type].kind == ALLOWED_NUMBER)
		return g_strdup_printf(
		    "%s %" PRIu64 " to %" PRIu64 "%s%s", text, row->least, row->most, space, unit);
	const char *of = g_str_has_suffix(text, ",") ? "" : " of";
	if (row->least == 0)
		return g_strdup_printf(
		    "%s%s at most %" PRIu64 "%s%s", text, of, row->most, space, unit);
	return g_strdup_printf(
	    "%s%s %" PRIu64 " to %" PRIu64 "%s%s", text, of, row->least, row->most, space, unit);
}
