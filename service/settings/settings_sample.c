/* SPDX-License-Identifier: MIT */
#include "settings/setting_rows.h"

#include <glib.h>
#include <string.h>

#define SAMPLE_WIDTH 96

/* Appends `text` as comment lines, broken between words. */
static void
append_comment(GString *sample, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	size_t width = 0;
	for (char **word = words; *word; word++) {
		size_t length = strlen(*word) + 1;
		if (width == 0 || width + length > SAMPLE_WIDTH) {
			g_string_append(sample, width == 0 ? "#" : "\n#");
			width = 1;
		}
		g_string_append_printf(sample, " %s", *word);
		width += length;
	}
	g_string_append_c(sample, '\n');
}

static void
append_row(GString *sample, const SettingRow *row)
{
	g_autofree char *allowed = setting_allowed_text(row);
	g_autofree char *help = g_strdup_printf("%s: %s Allowed: %s.%s", row->label, row->help,
	    allowed, row->live ? "" : " Takes effect at the next start.");
	g_string_append_c(sample, '\n');
	append_comment(sample, help);
	g_string_append_printf(
	    sample, "#%s =%s%s\n", row->key, *row->default_text ? " " : "", row->default_text);
}

char *
settings_sample(void)
{
	GString *sample = g_string_new(NULL);
	append_comment(sample,
	    "Configuration of chatd. Every key is shown with its default, as a comment: remove the "
	    "# in front of a key to change it, and in front of its [section NAME] line. Files in "
	    "conf.d beside this one are read too. \\n, \\t, \\s and \\\\ in a value mean newline, "
	    "tab, space and backslash. chatd --check-config tells what is wrong with this file.");
	unsigned count;
	const SettingSection *sections = setting_sections(&count);
	for (unsigned i = 0; i < count; i++) {
		const SettingSection *section = &sections[i];
		g_string_append_c(sample, '\n');
		append_comment(sample, section->help);
		g_string_append_printf(
		    sample, section->named ? "#[%s NAME]\n" : "[%s]\n", section->name);
		for (unsigned k = 0; k < section->n_rows; k++)
			append_row(sample, &section->rows[k]);
	}
	return g_string_free(sample, FALSE);
}
