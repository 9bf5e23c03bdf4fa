/* SPDX-License-Identifier: MIT */
#include "control_client.h"
#include "settings_edit.h"

static void
changes_are_collected_over_all_sections(void)
{
	g_autoptr(SettingsEdit) edit = settings_edit_new();
	g_autoptr(json_t) expected = NULL;
	g_autoptr(json_t) changes = NULL;

	settings_edit_set(edit, "limits", "nick", "4", "32");
	settings_edit_set(edit, "listener main", "port", "6668", "6667");
	settings_edit_set(edit, "limits", "nick", "40", "32");
	settings_edit_set(edit, "log", "level", NULL, "warn");
	changes = settings_edit_changes(edit);
	expected = json_pack("[{s:s,s:s,s:s},{s:s,s:s,s:s},{s:s,s:s,s:n}]", "section", "limits",
	    "key", "nick", "value", "40", "section", "listener main", "key", "port", "value",
	    "6668", "section", "log", "key", "level", "value");
	g_assert_true(json_equal(changes, expected));
	g_assert_cmpuint(settings_edit_count(edit, NULL), ==, 3);
	g_assert_cmpuint(settings_edit_count(edit, "limits"), ==, 1);
	g_assert_cmpuint(settings_edit_count(edit, "listener"), ==, 0);
}

static void
the_base_is_that_of_the_first_change(void)
{
	g_autoptr(SettingsEdit) edit = settings_edit_new();

	settings_edit_set(edit, "limits", "nick", "4", "32");
	settings_edit_set(edit, "limits", "nick", "40", "33");
	g_assert_cmpstr(settings_edit_get(edit, "limits", "nick")->base, ==, "32");
	g_assert_cmpstr(settings_edit_get(edit, "limits", "nick")->text, ==, "40");
	settings_edit_take_back(edit, "limits", "nick");
	settings_edit_set(edit, "limits", "nick", "41", "33");
	g_assert_cmpstr(settings_edit_get(edit, "limits", "nick")->base, ==, "33");
	g_assert_null(settings_edit_get(edit, "limits", "topic"));
}

static void
a_section_is_taken_back_alone(void)
{
	g_autoptr(SettingsEdit) edit = settings_edit_new();
	g_autoptr(SettingsEdit) shared = settings_edit_ref(edit);

	settings_edit_set(edit, "limits", "nick", "40", "32");
	settings_edit_set(edit, "log", "level", "warn", "info");
	settings_edit_set(edit, "limits", "topic", "300", "390");
	settings_edit_clear(shared, "limits");
	g_assert_cmpuint(settings_edit_count(edit, NULL), ==, 1);
	g_assert_nonnull(settings_edit_get(edit, "log", "level"));
	settings_edit_take_back(edit, "limits", "nick");
	settings_edit_clear(edit, NULL);
	g_assert_cmpuint(settings_edit_count(edit, NULL), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settings_edit/collect", changes_are_collected_over_all_sections);
	g_test_add_func("/settings_edit/base", the_base_is_that_of_the_first_change);
	g_test_add_func("/settings_edit/clear", a_section_is_taken_back_alone);
	return g_test_run();
}
