/* SPDX-License-Identifier: MIT */
#include "control/config_edit.h"

#include "settings/settings_error.h"

#include <string.h>

static void
free_keyfile(void *keyfile)
{
	keyfile_free(keyfile);
}

static GPtrArray *
parse(const char *main_text, const char *other_text)
{
	GPtrArray *keyfiles = g_ptr_array_new_with_free_func(free_keyfile);
	g_autoptr(GPtrArray) errors = settings_errors_new();

	g_ptr_array_add(keyfiles, keyfile_parse(main_text, strlen(main_text), "main", errors));
	if (other_text)
		g_ptr_array_add(
		    keyfiles, keyfile_parse(other_text, strlen(other_text), "other", errors));
	g_assert_cmpuint(errors->len, ==, 0);
	return keyfiles;
}

static void
assert_text(const GPtrArray *keyfiles, unsigned index, const char *expected)
{
	size_t length;
	g_autofree char *text = keyfile_text(keyfiles->pdata[index], &length);

	g_assert_cmpstr(text, ==, expected);
}

/* Applies and takes back: the second leaves the keys as they were. */
static void
test_inverse(void)
{
	static const char text[] =
	    "# top\n[limits]\nnick = 20\n\n[role a]\nrights = viewer\nusers = x\n";
	g_autoptr(GPtrArray) keyfiles = parse(text, NULL);
	g_autoptr(GPtrArray) items = config_items_new();
	g_autoptr(GPtrArray) done = NULL;
	g_autoptr(GPtrArray) inverse = NULL;
	g_autoptr(GPtrArray) undone = NULL;
	KeyFile *changed;
	char *problem = NULL;

	g_ptr_array_add(items, config_item_new("limits", "nick", NULL, "30"));
	g_ptr_array_add(items, config_item_new("limits", "topic", NULL, "200"));
	g_ptr_array_add(items, config_item_new("role a", NULL, NULL, NULL));
	g_ptr_array_add(items, config_item_new("role b", "rights", NULL, "viewer"));
	g_ptr_array_add(items, config_item_new("log", "level", NULL, NULL));
	g_assert_true(config_edit_apply(keyfiles, items, &done, &changed, &problem));
	g_assert_true(changed == keyfiles->pdata[0]);
	/* nick, topic, three of role a, two of role b; the log level was not there. */
	g_assert_cmpuint(done->len, ==, 7);
	g_assert_true(config_edit_is_applied(keyfiles, done));
	g_assert_cmpstr(keyfile_get(keyfiles->pdata[0], "limits", "topic"), ==, "200");
	g_assert_false(keyfile_has_section(keyfiles->pdata[0], "role a"));
	inverse = config_edit_inverse(done);
	g_assert_true(config_edit_apply(keyfiles, inverse, &undone, &changed, &problem));
	g_assert_false(config_edit_is_applied(keyfiles, done));
	g_assert_cmpstr(keyfile_get(keyfiles->pdata[0], "limits", "nick"), ==, "20");
	g_assert_null(keyfile_get(keyfiles->pdata[0], "limits", "topic"));
	g_assert_cmpstr(keyfile_get(keyfiles->pdata[0], "role a", "users"), ==, "x");
	g_assert_false(keyfile_has_section(keyfiles->pdata[0], "role b"));
}

/* A key is changed where it stands; one file alone may change. */
static void
test_files(void)
{
	g_autoptr(GPtrArray) keyfiles = parse("[limits]\nnick = 20\n", "[limits]\ntopic = 100\n");
	g_autoptr(GPtrArray) one = config_items_new();
	g_autoptr(GPtrArray) two = config_items_new();
	g_autoptr(GPtrArray) done = NULL;
	KeyFile *changed;
	char *problem = NULL;

	g_ptr_array_add(one, config_item_new("limits", "topic", NULL, "200"));
	g_assert_true(config_edit_apply(keyfiles, one, &done, &changed, &problem));
	g_assert_true(changed == keyfiles->pdata[1]);
	assert_text(keyfiles, 0, "[limits]\nnick = 20\n");
	assert_text(keyfiles, 1, "[limits]\ntopic = 200\n");
	g_ptr_array_add(two, config_item_new("limits", "topic", NULL, "300"));
	g_ptr_array_add(two, config_item_new("limits", "nick", NULL, "30"));
	g_clear_pointer(&done, g_ptr_array_unref);
	g_assert_false(config_edit_apply(keyfiles, two, &done, &changed, &problem));
	g_assert_nonnull(strstr(problem, "two files, other and main"));
	g_free(problem);
}

static void
test_no_change(void)
{
	g_autoptr(GPtrArray) keyfiles = parse("[limits]\nnick = 20\n", NULL);
	g_autoptr(GPtrArray) items = config_items_new();
	g_autoptr(GPtrArray) done = NULL;
	KeyFile *changed;
	char *problem = NULL;

	g_ptr_array_add(items, config_item_new("limits", "nick", NULL, "20"));
	g_ptr_array_add(items, config_item_new("limits", "topic", NULL, NULL));
	g_ptr_array_add(items, config_item_new("role x", NULL, NULL, NULL));
	g_assert_true(config_edit_apply(keyfiles, items, &done, &changed, &problem));
	g_assert_null(changed);
	g_assert_cmpuint(done->len, ==, 0);
}

/* What a file cannot hold is refused by name, not forgotten; and a secret is not told. */
static void
test_values_a_file_cannot_hold(void)
{
	static const char *const values[] = {"a\rb", "x\x01y", "not UTF-8: \xff"};

	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		g_autoptr(GPtrArray) keyfiles = parse("[limits]\nnick = 20\n", NULL);
		g_autoptr(GPtrArray) items = config_items_new();
		g_autofree char *problem = NULL;
		GPtrArray *done;
		KeyFile *changed;

		g_ptr_array_add(items, config_item_new("community main", "motd", NULL, values[i]));
		g_assert_false(config_edit_apply(keyfiles, items, &done, &changed, &problem));
		g_assert_true(g_str_has_prefix(problem, "[community main] motd: the value cannot"));
		g_assert_null(strstr(problem, values[i]));
	}
}

static void
test_secrets_are_marked_and_hidden(void)
{
	StoreChangeItem *item = config_item_new("operator o", "password", "old", "new");
	json_t *object = config_item_json(item, true);

	g_assert_true(item->secret);
	g_assert_cmpstr(json_string_value(json_object_get(object, "from")), ==, "(secret)");
	g_assert_cmpstr(json_string_value(json_object_get(object, "to")), ==, "(secret)");
	json_decref(object);
	store_change_item_free(item);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/config-edit/inverse", test_inverse);
	g_test_add_func("/config-edit/files", test_files);
	g_test_add_func("/config-edit/no-change", test_no_change);
	g_test_add_func("/config-edit/values-a-file-cannot-hold", test_values_a_file_cannot_hold);
	g_test_add_func("/config-edit/secrets", test_secrets_are_marked_and_hidden);
	return g_test_run();
}
