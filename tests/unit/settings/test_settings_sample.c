/* SPDX-License-Identifier: MIT */
/* The sample file is the defaults, and stays so when every comment sign is taken away. */
#include "settings/setting_rows.h"
#include "settings/settings.h"
#include "settings/settings_diff.h"

#include <string.h>

static Settings *
parse(const char *text)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(GPtrArray) keyfiles = g_ptr_array_new();
	g_autoptr(KeyFile) keyfile = keyfile_parse(text, strlen(text), "t", errors);
	g_ptr_array_add(keyfiles, keyfile);
	Settings *settings = settings_parse(keyfiles, errors);
	for (unsigned i = 0; i < errors->len; i++) {
		g_autofree char *error = settings_error_text(g_ptr_array_index(errors, i));
		g_test_message("%s", error);
	}
	g_assert_cmpuint(errors->len, ==, 0);
	return settings;
}

static void
assert_defaults(const Settings *settings)
{
	g_autoptr(Settings) defaults = settings_defaults();
	g_autoptr(GPtrArray) changes = settings_diff(defaults, settings);
	g_assert_cmpuint(changes->len, ==, 0);
}

static void
test_as_it_is(void)
{
	g_autofree char *sample = settings_sample();
	g_autoptr(Settings) settings = parse(sample);
	assert_defaults(settings);
}

/* "#key = value" of sections without a name becomes "key = value". */
static void
test_uncommented(void)
{
	g_autofree char *sample = settings_sample();
	g_auto(GStrv) lines = g_strsplit(sample, "\n", -1);
	g_autoptr(GString) text = g_string_new(NULL);
	bool named = false;
	unsigned keys = 0;
	for (char **line = lines; *line; line++) {
		g_assert_cmpuint(strlen(*line), <=, 100);
		if (**line == '[' || g_str_has_prefix(*line, "#["))
			named = **line == '#';
		bool key = !named && **line == '#' && (*line)[1] != ' ' && (*line)[1] != '[';
		keys += key;
		g_string_append_printf(text, "%s\n", key ? *line + 1 : *line);
	}
	g_assert_cmpuint(keys, >, 20);
	g_autoptr(Settings) settings = parse(text->str);
	assert_defaults(settings);
}

static void
test_every_row_is_there(void)
{
	g_autofree char *sample = settings_sample();
	unsigned count;
	const SettingSection *sections = setting_sections(&count);
	for (unsigned i = 0; i < count; i++)
		for (unsigned k = 0; k < sections[i].n_rows; k++) {
			const SettingRow *row = &sections[i].rows[k];
			g_autofree char *line = g_strdup_printf("\n#%s =", row->key);
			g_assert_nonnull(strstr(sample, line));
			g_assert_nonnull(strstr(sample, row->label));
		}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settings-sample/as-it-is", test_as_it_is);
	g_test_add_func("/settings-sample/uncommented", test_uncommented);
	g_test_add_func("/settings-sample/every-row-is-there", test_every_row_is_there);
	return g_test_run();
}
