/* SPDX-License-Identifier: MIT */
/* What was open last time outlives the process, and nothing a snap-in says can spoil it. */
#include "console_state.h"

#include <glib/gstdio.h>

static char *folder;

static void
test_remembers(void)
{
	ConsoleState *state = console_state_new(folder);

	g_assert_cmpint(console_state_get_int(state, "Window", "width", 7), ==, 7);
	console_state_set_int(state, "Window", "width", 900);
	g_key_file_set_string(console_state_file(state), "Tree", "selected", "a/b");
	console_state_touch(state);
	g_assert_true(console_state_set_snapin(state, "demo", "last.server", "local"));
	console_state_free(state);

	state = console_state_new(folder);
	g_assert_cmpint(console_state_get_int(state, "Window", "width", 7), ==, 900);
	g_autofree char *selected =
	    g_key_file_get_string(console_state_file(state), "Tree", "selected", NULL);
	g_autofree char *server = console_state_get_snapin(state, "demo", "last.server");
	g_autofree char *other = console_state_get_snapin(state, "other", "last.server");

	g_assert_cmpstr(selected, ==, "a/b");
	g_assert_cmpstr(server, ==, "local");
	g_assert_null(other);
	console_state_reset(state);
	g_assert_cmpint(console_state_get_int(state, "Window", "width", 7), ==, 7);
	console_state_free(state);
}

static void
test_refuses(void)
{
	ConsoleState *state = console_state_new(folder);
	g_autofree char *large = g_strnfill(CONSOLE_STATE_MAX_VALUE + 1, 'x');

	g_assert_false(console_state_set_snapin(state, "demo", "Upper", "x"));
	g_assert_false(console_state_set_snapin(state, "demo", "", "x"));
	g_assert_false(console_state_set_snapin(state, "demo", "a=b", "x"));
	g_assert_false(console_state_set_snapin(state, "demo", "large", large));
	large[CONSOLE_STATE_MAX_VALUE] = '\0';
	g_assert_true(console_state_set_snapin(state, "demo", "large", large));
	g_assert_true(console_state_set_snapin(state, "demo", "large", NULL));
	g_assert_null(console_state_get_snapin(state, "demo", "large"));
	console_state_free(state);
}

static void
test_number_of_keys(void)
{
	ConsoleState *state = console_state_new(folder);
	guint kept = 0;

	for (guint i = 0; i < CONSOLE_STATE_MAX_KEYS + 10; i++) {
		char key[4] = {
		    'a' + (char)(i / 26 / 26), 'a' + (char)(i / 26 % 26), 'a' + (char)(i % 26)};

		kept += console_state_set_snapin(state, "many", key, "x");
	}
	g_assert_cmpuint(kept, ==, CONSOLE_STATE_MAX_KEYS);
	console_state_free(state);
}

static void
test_damaged_file(void)
{
	g_autofree char *path = g_build_filename(folder, "console.ini", NULL);
	g_autoptr(GError) error = NULL;
	ConsoleState *state;

	g_file_set_contents(path, "no key file at all\n", -1, &error);
	g_assert_no_error(error);
	state = console_state_new(folder);
	g_assert_cmpint(console_state_get_int(state, "Window", "width", 5), ==, 5);
	console_state_set_int(state, "Window", "width", 6);
	console_state_free(state);
	state = console_state_new(folder);
	g_assert_cmpint(console_state_get_int(state, "Window", "width", 5), ==, 6);
	console_state_free(state);
}

int
main(int argc, char **argv)
{
	int status;
	g_autofree char *command = NULL;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("console-state-XXXXXX", NULL);
	g_test_add_func("/console-state/remembers", test_remembers);
	g_test_add_func("/console-state/refuses", test_refuses);
	g_test_add_func("/console-state/number-of-keys", test_number_of_keys);
	g_test_add_func("/console-state/damaged-file", test_damaged_file);
	status = g_test_run();
	command = g_strdup_printf("rm -r '%s'", folder);
	g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL));
	g_free(folder);
	return status;
}
