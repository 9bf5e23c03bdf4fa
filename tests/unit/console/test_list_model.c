/* SPDX-License-Identifier: MIT */
/* The model against a shadow that is kept by its signals alone, under random changes. */
#include "list_model.h"

#include "demo_rows.h"

/* What a view would believe. */
typedef struct Shadow {
	ListModel *model;
	GArray *ids; /* guint64 */
	guint n_signals;
} Shadow;

static void
on_deleted(GtkTreeModel *model, GtkTreePath *path, Shadow *shadow)
{
	g_array_remove_index(shadow->ids, (guint)gtk_tree_path_get_indices(path)[0]);
	shadow->n_signals++;
}

static void
on_inserted(GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, Shadow *shadow)
{
	guint position = (guint)gtk_tree_path_get_indices(path)[0];
	guint64 id = list_model_row_id(shadow->model, position);
	g_autofree char *text = NULL;

	g_array_insert_val(shadow->ids, position, id);
	gtk_tree_model_get(model, iter, DEMO_COLUMN_NUMBER, &text, -1);
	g_assert_cmpuint(g_ascii_strtoull(text, NULL, 10), ==, id);
	shadow->n_signals++;
}

static void
shadow_rebuild(Shadow *shadow)
{
	if (list_model_rebuild(shadow->model))
		return;
	list_model_adopt(shadow->model);
	g_array_set_size(shadow->ids, 0);
	for (guint i = 0; i < list_model_n_rows(shadow->model); i++) {
		guint64 id = list_model_row_id(shadow->model, i);

		g_array_append_val(shadow->ids, id);
	}
}

static void
shadow_check(Shadow *shadow)
{
	g_assert_cmpuint(shadow->ids->len, ==, list_model_n_rows(shadow->model));
	for (guint i = 0; i < shadow->ids->len; i++) {
		guint64 id = g_array_index(shadow->ids, guint64, i);

		g_assert_cmpuint(id, ==, list_model_row_id(shadow->model, i));
		g_assert_cmpuint(
		    g_ascii_strtoull(
			list_model_text(shadow->model, i, DEMO_COLUMN_NUMBER), NULL, 10),
		    ==, id);
	}
}

static Shadow
shadow_new(DemoRows *rows, const SnapinList *list)
{
	ListSource source = {list, rows, NULL, NULL};
	Shadow shadow = {list_model_new(&source), g_array_new(FALSE, FALSE, sizeof(guint64)), 0};

	return shadow;
}

static void
shadow_clear(Shadow *shadow)
{
	g_object_unref(shadow->model);
	g_array_unref(shadow->ids);
}

static void
change_some(DemoRows *rows, int times)
{
	for (int i = 0; i < times; i++) {
		if (g_test_rand_bit() && rows->items->len > 0)
			g_ptr_array_remove_index(
			    rows->items, (guint)g_test_rand_int_range(0, (int)rows->items->len));
		else
			demo_rows_add(rows);
	}
}

static void
check_random(const SnapinList *list)
{
	DemoRows *rows = demo_rows_new(300);
	Shadow shadow = shadow_new(rows, list);

	g_signal_connect(shadow.model, "row-deleted", G_CALLBACK(on_deleted), &shadow);
	g_signal_connect(shadow.model, "row-inserted", G_CALLBACK(on_inserted), &shadow);
	shadow_rebuild(&shadow);
	shadow_check(&shadow);
	for (int round = 0; round < 200; round++) {
		change_some(rows, g_test_rand_int_range(0, 12));
		shadow_rebuild(&shadow);
		shadow_check(&shadow);
	}
	g_assert_cmpuint(shadow.n_signals, >, 200);
	shadow_clear(&shadow);
	demo_rows_free(rows);
}

static void
test_random_sorted(void)
{
	check_random(&demo_list);
}

static void
test_random_as_given(void)
{
	check_random(&demo_plain_list);
}

static void
test_new_order_is_no_small_change(void)
{
	DemoRows *rows = demo_rows_new(300);
	Shadow shadow = shadow_new(rows, &demo_list);

	shadow_rebuild(&shadow);
	list_model_set_order(shadow.model, (ListOrder){DEMO_COLUMN_SIZE, TRUE});
	g_assert_false(list_model_rebuild(shadow.model));
	shadow_rebuild(&shadow);
	shadow_check(&shadow);
	shadow_clear(&shadow);
	demo_rows_free(rows);
}

/* The view may ask while the snap-in has changed its rows and the model was not rebuilt. */
static void
test_stale_reads(void)
{
	DemoRows *rows = demo_rows_new(100);
	Shadow shadow = shadow_new(rows, &demo_plain_list);

	shadow_rebuild(&shadow);
	g_ptr_array_remove_range(rows->items, 0, 5);
	list_model_set_stale(shadow.model);
	g_assert_cmpstr(list_model_text(shadow.model, 0, DEMO_COLUMN_NUMBER), ==, "");
	g_assert_cmpstr(list_model_text(shadow.model, 5, DEMO_COLUMN_NUMBER), ==, "6");
	g_assert_cmpstr(list_model_text(shadow.model, 99, DEMO_COLUMN_NUMBER), ==, "100");
	g_ptr_array_set_size(rows->items, 0);
	g_assert_cmpstr(list_model_text(shadow.model, 99, DEMO_COLUMN_NUMBER), ==, "");
	shadow_rebuild(&shadow);
	g_assert_cmpuint(list_model_n_rows(shadow.model), ==, 0);
	shadow_clear(&shadow);
	demo_rows_free(rows);
}

static void
test_find_and_forget(void)
{
	DemoRows *rows = demo_rows_new(100);
	Shadow shadow = shadow_new(rows, &demo_list);

	shadow_rebuild(&shadow);
	for (guint i = 0; i < 100; i++)
		g_assert_cmpint(
		    list_model_find(shadow.model, list_model_row_id(shadow.model, i)), ==, (int)i);
	g_assert_cmpint(list_model_find(shadow.model, 101), ==, -1);
	list_model_forget(shadow.model);
	demo_rows_free(rows);
	g_assert_cmpuint(list_model_n_rows(shadow.model), ==, 100);
	g_assert_cmpstr(list_model_text(shadow.model, 3, 0), ==, "");
	g_assert_true(list_model_rebuild(shadow.model));
	shadow_clear(&shadow);
}

/* What it takes is printed; tests/bench asserts it. */
static void
test_hundred_thousand(void)
{
	DemoRows *rows = demo_rows_new(100000);
	Shadow shadow = shadow_new(rows, &demo_list);
	static const char *const filters[] = {"red", "no such row", "a b c", NULL};

	g_test_timer_start();
	shadow_rebuild(&shadow);
	g_test_message("100,000 rows sorted by name: %.3f s", g_test_timer_elapsed());
	for (int i = 0; filters[i]; i++) {
		g_test_timer_start();
		list_model_set_filter(shadow.model, filters[i]);
		shadow_rebuild(&shadow);
		g_test_message("filtered by \"%s\" to %u: %.3f s", filters[i],
		    list_model_n_rows(shadow.model), g_test_timer_elapsed());
	}
	list_model_set_filter(shadow.model, NULL);
	shadow_rebuild(&shadow);
	demo_rows_add(rows);
	g_test_timer_start();
	g_assert_true(list_model_rebuild(shadow.model));
	g_test_message("one row more: %.3f s", g_test_timer_elapsed());
	g_assert_cmpuint(list_model_n_rows(shadow.model), ==, 100001);
	shadow_clear(&shadow);
	demo_rows_free(rows);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/list-model/random-sorted", test_random_sorted);
	g_test_add_func("/list-model/random-as-given", test_random_as_given);
	g_test_add_func("/list-model/new-order", test_new_order_is_no_small_change);
	g_test_add_func("/list-model/stale-reads", test_stale_reads);
	g_test_add_func("/list-model/find-and-forget", test_find_and_forget);
	g_test_add_func("/list-model/hundred-thousand", test_hundred_thousand);
	return g_test_run();
}
