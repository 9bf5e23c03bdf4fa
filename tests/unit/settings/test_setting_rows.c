/* SPDX-License-Identifier: MIT */
/* The table itself: every row has what the console and the sample file need. */
#include "settings/setting_rows.h"

#include "settings/keyfile.h"
#include "settings/setting_value.h"

#include <string.h>

static void
test_rows(void)
{
	unsigned count;
	const SettingSection *sections = setting_sections(&count);
	g_assert_cmpuint(count, >=, 7);
	for (unsigned i = 0; i < count; i++) {
		g_assert_true(setting_section_find(sections[i].name) == &sections[i]);
		g_assert_true(keyfile_section_is_valid(sections[i].name));
		g_assert_cmpuint(strlen(sections[i].help), >, 10);
		/* The same word, as people write it. */
		g_assert_cmpint(g_ascii_strcasecmp(sections[i].label, sections[i].name), ==, 0);
		g_assert_true(g_ascii_isupper(*sections[i].label));
		for (unsigned k = 0; k < sections[i].n_rows; k++) {
			const SettingRow *row = &sections[i].rows[k];
			g_test_message("%s.%s", row->section, row->key);
			g_assert_cmpstr(row->section, ==, sections[i].name);
			g_assert_true(setting_row_find(&sections[i], row->key) == row);
			g_assert_true(keyfile_key_is_valid(row->key));
			g_assert_cmpuint(strlen(row->label), >, 1);
			g_assert_cmpuint(strlen(row->help), >, 8);
			g_assert_cmpuint(row->least, <=, row->most);
			g_assert_cmpuint(row->offset, <, sections[i].size);
			g_assert_cmpint(row->secret, ==, row->type == SETTING_SECRET);
			g_assert_nonnull(setting_type_name(row->type));
			bool words = row->type == SETTING_ENUM || row->type == SETTING_FLAGS;
			g_assert_cmpint(row->allowed != NULL, ==, words);
			g_autofree char *allowed = setting_allowed_text(row);
			g_assert_cmpuint(strlen(allowed), >, 5);
		}
	}
	g_assert_null(setting_section_find("nothing"));
	g_assert_null(setting_row_find(&sections[0], "nothing"));
}

static void
test_allowed_text(void)
{
	static const struct {
		const char *section;
		const char *key;
		const char *allowed;
	} cases[] = {{"limits", "nick", "a whole number from 9 to 63 bytes"},
	    {"listener", "kind", "one of: client, control"},
	    {"limits", "sendq", "a size in bytes or with k, m or g: 16k to 64m"},
	    {"listener", "path", "a file name of at most 107 bytes"},
	    {"role", "users", "names separated by spaces, at most 64 users"}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *allowed = setting_allowed_text(
		    setting_row_find(setting_section_find(cases[i].section), cases[i].key));
		g_assert_cmpstr(allowed, ==, cases[i].allowed);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/setting-rows/rows", test_rows);
	g_test_add_func("/setting-rows/allowed-text", test_allowed_text);
	return g_test_run();
}
