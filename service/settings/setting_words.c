/* SPDX-License-Identifier: MIT */
#include "settings/setting_words.h"

#include <glib.h>
#include <inttypes.h>

const SettingUnit setting_size_units[] = {
    {'b', 1}, {'k', 1024}, {'m', 1024 * 1024}, {'g', 1024 * 1024 * 1024}, {'\0', 0}};
const SettingUnit setting_time_units[] = {
    {'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'\0', 0}};

char **
setting_words_split(const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text, " ,\t", -1);
	GPtrArray *words = g_ptr_array_new();
	for (char **part = parts; *part; part++)
		if (**part)
			g_ptr_array_add(words, g_strdup(*part));
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

bool
setting_word_find(const char *words, const char *word, unsigned *ret_position)
{
	g_auto(GStrv) list = setting_words_split(words);
	for (unsigned i = 0; list[i]; i++) {
		if (g_ascii_strcasecmp(list[i], word) != 0)
			continue;
		*ret_position = i;
		return true;
	}
	return false;
}

char *
setting_word_at(const char *words, unsigned position)
{
	g_auto(GStrv) list = setting_words_split(words);
	g_assert(position < g_strv_length(list));
	return g_strdup(list[position]);
}

char *
setting_unit_text(const SettingUnit *units, uint64_t number)
{
	const SettingUnit *best = units;
	for (const SettingUnit *unit = units; unit->letter; unit++)
		if (number > 0 && number % unit->factor == 0)
			best = unit;
	if (best->letter == 'b')
		return g_strdup_printf("%" PRIu64, number);
	return g_strdup_printf("%" PRIu64 "%c", number / best->factor, best->letter);
}
