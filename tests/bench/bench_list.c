/* SPDX-License-Identifier: MIT */
/*
 * The console's list with 100,000 rows on a display: until it is shown, sorted, filtered and drawn,
 * and how long one turn of the main loop is while rows come in. Fails where a figure is missed.
 */
#include "result_list.h"

#include "demo_rows.h"

#include <stdlib.h>

#define N_ROWS 100000
#define N_ROUNDS 5

typedef struct Bench {
	GtkWidget *window;
	ResultList *list;
	GtkTreeView *view;
	GtkEntry *search;
	gboolean drawn;
} Bench;

static gboolean
on_draw(GtkWidget *widget, cairo_t *cairo, Bench *bench)
{
	bench->drawn = TRUE;
	return FALSE;
}

/* Seconds since `start` once the view was drawn anew and nothing is left to do. */
static double
until_drawn(Bench *bench, gint64 start)
{
	bench->drawn = FALSE;
	gtk_widget_queue_draw(GTK_WIDGET(bench->view));
	while (!bench->drawn || gtk_events_pending())
		gtk_main_iteration();
	return (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

static void
find_parts(GtkWidget *widget, gpointer user_data)
{
	Bench *bench = user_data;

	if (GTK_IS_TREE_VIEW(widget))
		bench->view = GTK_TREE_VIEW(widget);
	else if (GTK_IS_SEARCH_ENTRY(widget))
		bench->search = GTK_ENTRY(widget);
	else if (GTK_IS_CONTAINER(widget))
		gtk_container_foreach(GTK_CONTAINER(widget), find_parts, bench);
}

static double
measure_show(Bench *bench, DemoRows *rows)
{
	ListSource source = {&demo_list, rows, NULL, NULL};
	gint64 start = g_get_monotonic_time();

	bench->list = RESULT_LIST(result_list_new(&source, "Everything", NULL));
	gtk_container_add(GTK_CONTAINER(bench->window), GTK_WIDGET(bench->list));
	find_parts(GTK_WIDGET(bench->list), bench);
	g_signal_connect_after(bench->view, "draw", G_CALLBACK(on_draw), bench);
	return until_drawn(bench, start);
}

static double
measure_sort(Bench *bench, int column)
{
	gint64 start = g_get_monotonic_time();

	gtk_tree_view_column_clicked(gtk_tree_view_get_column(bench->view, column));
	return until_drawn(bench, start);
}

/* The entry waits a moment while the user types; that is not the list's time. */
static double
measure_filter(Bench *bench, const char *text)
{
	gint64 start;

	gtk_entry_set_text(bench->search, text);
	start = g_get_monotonic_time();
	g_signal_emit_by_name(bench->search, "search-changed");
	return until_drawn(bench, start);
}

static double
measure_row_more(Bench *bench, DemoRows *rows)
{
	gint64 start = g_get_monotonic_time();

	demo_rows_add(rows);
	result_list_reset(bench->list, TRUE);
	return until_drawn(bench, start);
}

static int
compare_doubles(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;

	return (left > right) - (left < right);
}

static gboolean
judge(const char *what, double *seconds, double limit)
{
	double median;

	qsort(seconds, N_ROUNDS, sizeof *seconds, compare_doubles);
	median = seconds[N_ROUNDS / 2];
	g_print("%-32s %.3f s (limit %.3f s) %s\n", what, median, limit,
	    median <= limit ? "ok" : "MISSED");
	return median <= limit;
}

int
main(int argc, char **argv)
{
	double show[N_ROUNDS], sort[N_ROUNDS], filter[N_ROUNDS], all[N_ROUNDS], more[N_ROUNDS];
	Bench bench = {0};
	gboolean good = TRUE;

	gtk_init(&argc, &argv);
	bench.window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
	gtk_window_set_default_size(GTK_WINDOW(bench.window), 1000, 700);
	gtk_widget_show(bench.window);
	for (int i = 0; i < N_ROUNDS; i++) {
		DemoRows *rows = demo_rows_new(N_ROWS);

		show[i] = measure_show(&bench, rows);
		sort[i] = measure_sort(&bench, 1);
		filter[i] = measure_filter(&bench, "bolt red");
		all[i] = measure_filter(&bench, "");
		more[i] = measure_row_more(&bench, rows);
		gtk_widget_destroy(GTK_WIDGET(bench.list));
		demo_rows_free(rows);
	}
	gtk_widget_destroy(bench.window);
	good &= judge("100,000 rows shown", show, 0.3);
	good &= judge("sorted by a column", sort, 0.2);
	good &= judge("filtered", filter, 0.1);
	good &= judge("filter taken away", all, 0.3);
	good &= judge("one row more", more, 0.05);
	return good ? 0 : 1;
}
