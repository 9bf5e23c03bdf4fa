/* SPDX-License-Identifier: MIT */
#include "modcheck/snapin_path.h"

static char *
describe(const char *const *given, const char *variable, SnapinRights rights)
{
	g_autoptr(SnapinPath) path = snapin_path_new(given, variable, rights);
	g_autoptr(GString) text = g_string_new(NULL);

	g_assert_cmpstr(path->folders->pdata[path->folders->len - 1], ==, snapin_path_built_in());
	for (guint i = 0; i + 1 < path->folders->len; i++)
		g_string_append_printf(text, "%s ", (char *)path->folders->pdata[i]);
	g_string_append_printf(text, "%u", path->notices->len);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
test_rights(void)
{
	static const char *const given[] = {"/given/../g", "/h", "/g", NULL};
	g_autofree char *ordinary = describe(given, "/v:/h::/w/", SNAPIN_RIGHTS_ORDINARY);
	g_autofree char *root = describe(given, "/v", SNAPIN_RIGHTS_ROOT);
	g_autofree char *raised = describe(given, "/v", SNAPIN_RIGHTS_RAISED);
	g_autofree char *nothing = describe(NULL, NULL, SNAPIN_RIGHTS_RAISED);

	g_assert_cmpstr(ordinary, ==, "/g /h /v /w 0");
	g_assert_cmpstr(root, ==, "/g /h 1");
	g_assert_cmpstr(raised, ==, "2");
	g_assert_cmpstr(nothing, ==, "0");
}

static void
test_suggested(void)
{
	g_auto(GStrv) names = snapin_path_suggested();

	g_assert_cmpuint(g_strv_length(names), >=, 1);
}

static void
test_maximum(void)
{
	g_autoptr(GString) variable = g_string_new(NULL);
	g_autoptr(SnapinPath) path = NULL;

	for (guint i = 0; i < 1000; i++)
		g_string_append_printf(variable, "/v%u:", i);
	path = snapin_path_new(NULL, variable->str, SNAPIN_RIGHTS_ORDINARY);
	g_assert_cmpuint(path->folders->len, ==, 33);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/snapin_path/rights", test_rights);
	g_test_add_func("/snapin_path/suggested", test_suggested);
	g_test_add_func("/snapin_path/maximum", test_maximum);
	return g_test_run();
}
