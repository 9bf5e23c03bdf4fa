/* SPDX-License-Identifier: MIT */
#include "settings_text.h"

#include "time_text.h"

#include <string.h>

#define BRIEF_MAX 80      /* characters */
#define NAME_MAX_BYTES 63 /* of a section, as in the file */

gboolean
settings_text_is_on(const char *text)
{
	static const char *const words[] = {"yes", "true", "on", "1", NULL};

	return text != NULL && g_strv_contains(words, text);
}

const char *
settings_text_of_bool(gboolean on)
{
	return on ? "yes" : "no";
}

/* Never an empty word. */
static GPtrArray *
words_of(const char *text)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) parts = g_strsplit_set(text != NULL ? text : "", " \t\n", -1);

	for (char **part = parts; *part != NULL; part++)
		if (**part != '\0')
			g_ptr_array_add(words, g_strdup(*part));
	return words;
}

static gboolean
contains(const GPtrArray *words, const char *word)
{
	for (guint i = 0; i < words->len; i++)
		if (strcmp(words->pdata[i], word) == 0)
			return TRUE;
	return FALSE;
}

gboolean
settings_text_has_word(const char *text, const char *word)
{
	g_autoptr(GPtrArray) words = words_of(text);

	return contains(words, word);
}

static void
append_word(GString *text, const char *word)
{
	g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", word);
}

char *
settings_text_with_word(const char *text, const char *const *values, const char *word, gboolean in)
{
	g_autoptr(GPtrArray) words = words_of(text);
	GString *result = g_string_new(NULL);

	for (const char *const *value = values; value != NULL && *value != NULL; value++) {
		gboolean wanted = strcmp(*value, word) == 0 ? in : contains(words, *value);

		if (wanted)
			append_word(result, *value);
	}
	for (guint i = 0; i < words->len; i++)
		if (values == NULL || !g_strv_contains(values, words->pdata[i]))
			append_word(result, words->pdata[i]);
	return g_string_free(result, FALSE);
}

static gboolean
same_words(const char *a, const char *b)
{
	g_autoptr(GPtrArray) left = words_of(a);
	g_autoptr(GPtrArray) right = words_of(b);

	for (guint i = 0; i < left->len; i++)
		if (!contains(right, left->pdata[i]))
			return FALSE;
	for (guint i = 0; i < right->len; i++)
		if (!contains(left, right->pdata[i]))
			return FALSE;
	return TRUE;
}

gboolean
settings_text_same(const DescribedSetting *setting, const char *a, const char *b)
{
	if (strcmp(setting->type, "flags") == 0)
		return same_words(a, b);
	if (strcmp(setting->type, "bool") == 0)
		return settings_text_is_on(a) == settings_text_is_on(b);
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

char *
settings_text_brief(const char *text)
{
	g_autofree char *line = g_strdup(text != NULL ? text : "");
	g_autofree char *cut = NULL;

	if (*g_strstrip(line) == '\0')
		return g_strdup("(empty)");
	g_strdelimit(line, "\r\n\t", ' ');
	if (g_utf8_strlen(line, -1) <= BRIEF_MAX)
		return g_steal_pointer(&line);
	cut = g_utf8_substring(line, 0, BRIEF_MAX);
	return g_strconcat(cut, "…", NULL);
}

static char *
size_text(double bytes)
{
	static const char *const units[] = {"bytes", "KiB", "MiB", "GiB"};
	guint64 size = (guint64)bytes;
	guint unit = 0;

	while (unit + 1 < G_N_ELEMENTS(units) && size >= 1024 && size % 1024 == 0) {
		size /= 1024;
		unit++;
	}
	return g_strdup_printf("%" G_GUINT64_FORMAT " %s", size, units[unit]);
}

static char *
duration_text(double seconds)
{
	static const struct {
		guint64 seconds;
		const char *one, *many;
	} units[] = {{86400, "day", "days"}, {3600, "hour", "hours"}, {60, "minute", "minutes"},
	    {1, "second", "seconds"}};
	guint64 time = (guint64)seconds;
	guint unit = 0;

	while (unit + 1 < G_N_ELEMENTS(units) &&
	       (time < units[unit].seconds || time % units[unit].seconds != 0))
		unit++;
	time /= units[unit].seconds;
	return g_strdup_printf(
	    "%" G_GUINT64_FORMAT " %s", time, time == 1 ? units[unit].one : units[unit].many);
}

static char *
range_text(const DescribedSetting *setting, char *(*text_of)(double), const char *as_in)
{
	g_autofree char *least = text_of(setting->minimum);
	g_autofree char *most = text_of(setting->maximum);

	return g_strdup_printf("%s to %s, as in %s", least, most, as_in);
}

char *
settings_text_allowed(const DescribedSetting *setting)
{
	static const char *const chosen[] = {"bool", "enum", "flags", NULL};
	static const char *const lengths[] = {"string", "text", "path", "secret", "host", NULL};

	/* What is chosen from shows itself. */
	if (g_strv_contains(chosen, setting->type))
		return NULL;
	if (setting->has_range && strcmp(setting->type, "size") == 0)
		return range_text(setting, size_text, "512k or 2m");
	if (setting->has_range && strcmp(setting->type, "duration") == 0)
		return range_text(setting, duration_text, "90s or 5m");
	if (setting->has_range && strcmp(setting->type, "octal") == 0)
		return g_strdup_printf(
		    "%04o to %04o", (guint)setting->minimum, (guint)setting->maximum);
	if (setting->has_range && setting->minimum <= 0 && g_strv_contains(lengths, setting->type))
		return g_strdup_printf("at most %.0f %s", setting->maximum, setting->unit);
	return described_setting_allowed(setting);
}

/* As the service labels sections of that kind; NULL: it does not. */
static const char *
section_label(const Description *description, const char *kind)
{
	const json_t *sections =
	    description != NULL ? json_object_get(description_json(description), "sections") : NULL;
	const json_t *row;
	size_t index;

	json_array_foreach((json_t *)sections, index, row)
	{
		if (g_strcmp0(json_string_value(json_object_get(row, "name")), kind) == 0)
			return json_string_value(json_object_get(row, "label"));
	}
	return NULL;
}

char *
settings_text_title(const Description *description, const char *section)
{
	gsize length = strcspn(section, " ");
	g_autofree char *kind = g_strndup(section, length);
	const char *label = section_label(description, kind);

	*kind = g_ascii_toupper(*kind);
	return g_strconcat(label != NULL ? label : kind, section + length, NULL);
}

char *
settings_text_name(const char *section, const char *key)
{
	return key != NULL ? g_strconcat(section, ".", key, NULL) : g_strdup(section);
}

char *
settings_text_mnemonic(const char *label, GString *used)
{
	for (const char *c = label; *c != '\0'; c++) {
		char lower = g_ascii_tolower(*c);

		if (!g_ascii_isalpha(lower) || strchr(used->str, lower) != NULL)
			continue;
		g_string_append_c(used, lower);
		return g_strdup_printf("%.*s_%s", (int)(c - label), label, c);
	}
	return g_strdup(label);
}

const char *
settings_text_name_problem(const char *name)
{
	if (*name == '\0')
		return "A name is needed.";
	if (strlen(name) > NAME_MAX_BYTES)
		return "A name has at most 63 characters.";
	for (const char *c = name; *c != '\0'; c++)
		if (!g_ascii_isalnum(*c) && strchr("-_.", *c) == NULL)
			return "A name has letters, digits, “-”, “_” and “.” only.";
	return NULL;
}

char *
settings_text_time(const char *iso)
{
	gint64 time = time_text_parse(iso);

	return time != 0 ? time_text_full(time) : g_strdup(iso);
}
