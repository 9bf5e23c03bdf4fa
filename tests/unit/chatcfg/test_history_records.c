/* SPDX-License-Identifier: MIT */
#include "history_records.h"
#include "settings_changes.h"

/* Rows of the ids from `newest` down to `oldest`. */
static json_t *
page(int newest, int oldest)
{
	json_t *rows = json_array();

	for (int id = newest; id >= oldest; id--)
		json_array_append_new(rows, json_pack("{s:i}", "id", id));
	return rows;
}

static void
merge(GPtrArray *rows, int newest, int oldest, gboolean is_newest)
{
	g_autoptr(json_t) made = page(newest, oldest);

	history_records_merge(rows, made, is_newest);
}

static void
assert_ids(const GPtrArray *rows, int newest, int oldest)
{
	g_assert_cmpuint(rows->len, ==, newest - oldest + 1);
	for (guint i = 0; i < rows->len; i++)
		g_assert_cmpint(
		    json_integer_value(json_object_get(rows->pdata[i], "id")), ==, newest - (int)i);
}

static void
pages_join(void)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);

	merge(rows, 20, 11, TRUE);
	merge(rows, 10, 6, FALSE);
	assert_ids(rows, 20, 6);
	merge(rows, 6, 1, FALSE);
	assert_ids(rows, 20, 1);
	merge(rows, 23, 14, TRUE);
	assert_ids(rows, 23, 1);
	merge(rows, 23, 14, TRUE);
	assert_ids(rows, 23, 1);
}

static void
a_gap_lets_the_older_ones_go(void)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);

	merge(rows, 20, 11, TRUE);
	merge(rows, 40, 31, TRUE);
	assert_ids(rows, 40, 31);
	merge(rows, 50, 41, TRUE);
	assert_ids(rows, 50, 41);
	merge(rows, 0, 1, TRUE);
	g_assert_cmpuint(rows->len, ==, 0);
}

static void
changes_as_a_line(void)
{
	g_autoptr(json_t) changes =
	    json_pack("[{s:s,s:n,s:n,s:s},{s:s,s:s,s:s,s:s},{s:s,s:s,s:n,s:s}]", "section",
		"limits", "key", "from", "to", "", "section", "limits", "key", "nick", "from", "32",
		"to", "40", "section", "listener a", "key", "port", "from", "to", "1");
	g_autoptr(json_t) section =
	    json_pack("[{s:s,s:n,s:s,s:n}]", "section", "listener a", "key", "from", "", "to");
	g_autofree char *line = settings_changes_line(changes);
	g_autofree char *removed = settings_changes_line(section);

	g_assert_cmpstr(line, ==, "limits.nick 32 → 40, listener a.port (default) → 1");
	g_assert_cmpstr(removed, ==, "listener a (there) → (not there)");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history_records/join", pages_join);
	g_test_add_func("/history_records/gap", a_gap_lets_the_older_ones_go);
	g_test_add_func("/history_records/line", changes_as_a_line);
	return g_test_run();
}
