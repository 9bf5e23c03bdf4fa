/* SPDX-License-Identifier: MIT */
#include "domain/read_markers.h"

static void
test_forward_only(void)
{
	ReadMarkers *markers = read_markers_new();

	g_assert_cmpint(read_markers_get(markers, "=anna", "#x"), ==, -1);
	g_assert_true(read_markers_set(markers, "=anna", "#x", 10));
	g_assert_false(read_markers_set(markers, "=anna", "#X", 10));
	g_assert_false(read_markers_set(markers, "=anna", "#X", 9));
	g_assert_true(read_markers_set(markers, "=anna", "#X", 11));
	g_assert_cmpint(read_markers_get(markers, "=anna", "#x"), ==, 11);
	g_assert_cmpint(read_markers_get(markers, "=bob", "#x"), ==, -1);
	read_markers_forget(markers, "=anna");
	g_assert_cmpint(read_markers_get(markers, "=anna", "#x"), ==, -1);
	read_markers_free(markers);
}

/* The one that was moved longest ago goes, whatever it says. */
static void
test_bounded(void)
{
	ReadMarkers *markers = read_markers_new();

	for (unsigned i = 0; i < READ_MARKERS_MAX; i++) {
		g_autofree char *target = g_strdup_printf("#%u", i);

		g_assert_true(read_markers_set(markers, "=anna", target, 1000 - i));
	}
	g_assert_true(read_markers_set(markers, "=anna", "#0", 2000));
	g_assert_true(read_markers_set(markers, "=anna", "#new", 1));
	g_assert_cmpint(read_markers_get(markers, "=anna", "#0"), ==, 2000);
	g_assert_cmpint(read_markers_get(markers, "=anna", "#1"), ==, -1);
	g_assert_cmpint(read_markers_get(markers, "=anna", "#2"), ==, 998);
	g_assert_cmpint(read_markers_get(markers, "=anna", "#new"), ==, 1);
	read_markers_free(markers);
}

/* A channel's marker goes along; that of the channel which had the name before is gone. */
static void
test_rename(void)
{
	ReadMarkers *markers = read_markers_new();

	read_markers_set(markers, "=anna", "#x", 10);
	read_markers_set(markers, "=anna", "#y", 99);
	read_markers_set(markers, "=bob", "#x", 20);
	read_markers_set(markers, "=eve", "#y", 30);
	read_markers_rename(markers, "#X", "#Y");
	g_assert_cmpint(read_markers_get(markers, "=anna", "#x"), ==, -1);
	g_assert_cmpint(read_markers_get(markers, "=anna", "#y"), ==, 10);
	g_assert_cmpint(read_markers_get(markers, "=bob", "#y"), ==, 20);
	g_assert_cmpint(read_markers_get(markers, "=eve", "#y"), ==, 30);
	/* Only the case is another. */
	read_markers_rename(markers, "#y", "#Y");
	g_assert_cmpint(read_markers_get(markers, "=bob", "#y"), ==, 20);
	read_markers_free(markers);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/read_markers/forward-only", test_forward_only);
	g_test_add_func("/read_markers/bounded", test_bounded);
	g_test_add_func("/read_markers/rename", test_rename);
	return g_test_run();
}
