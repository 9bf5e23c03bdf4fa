/* SPDX-License-Identifier: MIT */
#include "overview_graph.h"

#define KEY "overview-graph"
#define HEIGHT 56
#define WIDTH 180
#define FILL_ALPHA 0.15

typedef struct Graph {
	const char *title;
	char *(*format)(double value);
	double samples[OVERVIEW_GRAPH_SAMPLES]; /* oldest first */
	guint n_samples;
	GtkWidget *value;
	GtkWidget *area;
} Graph;

static double
highest(const Graph *graph)
{
	double most = 1;

	for (guint i = 0; i < graph->n_samples; i++)
		most = MAX(most, graph->samples[i]);
	return most;
}

static void
trace(const Graph *graph, cairo_t *cairo, double width, double height)
{
	double most = highest(graph) * 1.1;
	double step = width / (OVERVIEW_GRAPH_SAMPLES - 1);
	double x = width - step * (graph->n_samples - 1);

	for (guint i = 0; i < graph->n_samples; i++, x += step)
		cairo_line_to(cairo, x, height - 1 - (height - 2) * graph->samples[i] / most);
}

static gboolean
on_draw(GtkWidget *area, cairo_t *cairo, gpointer data)
{
	const Graph *graph = data;
	GtkStyleContext *style = gtk_widget_get_style_context(area);
	double width = gtk_widget_get_allocated_width(area);
	double height = gtk_widget_get_allocated_height(area);
	GdkRGBA line;
	GdkRGBA base;

	if (!gtk_style_context_lookup_color(style, "theme_selected_bg_color", &line))
		gtk_style_context_get_color(style, GTK_STATE_FLAG_NORMAL, &line);
	gtk_style_context_get_color(style, GTK_STATE_FLAG_NORMAL, &base);
	base.alpha = FILL_ALPHA;
	gdk_cairo_set_source_rgba(cairo, &base);
	cairo_rectangle(cairo, 0, height - 1, width, 1);
	cairo_fill(cairo);
	if (graph->n_samples < 2)
		return FALSE;
	trace(graph, cairo, width, height);
	gdk_cairo_set_source_rgba(cairo, &line);
	cairo_set_line_width(cairo, 1.5);
	cairo_stroke_preserve(cairo);
	cairo_line_to(cairo, width, height);
	cairo_line_to(
	    cairo, width - width / (OVERVIEW_GRAPH_SAMPLES - 1) * (graph->n_samples - 1), height);
	line.alpha = FILL_ALPHA;
	gdk_cairo_set_source_rgba(cairo, &line);
	cairo_fill(cairo);
	return FALSE;
}

static void
describe(Graph *graph)
{
	AtkObject *accessible = gtk_widget_get_accessible(graph->area);
	double last = graph->n_samples > 0 ? graph->samples[graph->n_samples - 1] : 0;
	g_autofree char *now = graph->format(last);
	g_autofree char *most = graph->format(graph->n_samples > 0 ? highest(graph) : 0);
	g_autofree char *text = g_strdup_printf("%s: %s now, at most %s in the last %u seconds",
	    graph->title, now, most, graph->n_samples);

	gtk_label_set_text(GTK_LABEL(graph->value), graph->n_samples > 0 ? now : "\342\200\223");
	atk_object_set_description(accessible, text);
	gtk_widget_set_tooltip_text(graph->area, text);
}

GtkWidget *
overview_graph_new(const char *title, char *(*format)(double value))
{
	Graph *graph = g_new0(Graph, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);
	GtkWidget *head = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
	GtkWidget *label = gtk_label_new(title);

	graph->title = title;
	graph->format = format;
	graph->value = gtk_label_new("");
	graph->area = gtk_drawing_area_new();
	gtk_style_context_add_class(gtk_widget_get_style_context(label), GTK_STYLE_CLASS_DIM_LABEL);
	gtk_widget_set_size_request(graph->area, WIDTH, HEIGHT);
	gtk_box_pack_start(GTK_BOX(head), label, FALSE, FALSE, 0);
	gtk_box_pack_end(GTK_BOX(head), graph->value, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), head, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), graph->area, TRUE, TRUE, 0);
	atk_object_set_name(gtk_widget_get_accessible(graph->area), title);
	atk_object_set_role(gtk_widget_get_accessible(graph->area), ATK_ROLE_CHART);
	g_signal_connect(graph->area, "draw", G_CALLBACK(on_draw), graph);
	g_object_set_data_full(G_OBJECT(box), KEY, graph, g_free);
	return box;
}

void
overview_graph_add(GtkWidget *widget, double value)
{
	Graph *graph = g_object_get_data(G_OBJECT(widget), KEY);

	if (graph->n_samples == OVERVIEW_GRAPH_SAMPLES) {
		memmove(graph->samples, graph->samples + 1,
		    (OVERVIEW_GRAPH_SAMPLES - 1) * sizeof *graph->samples);
		graph->n_samples--;
	}
	graph->samples[graph->n_samples++] = value;
	describe(graph);
	gtk_widget_queue_draw(graph->area);
}

void
overview_graph_clear(GtkWidget *widget)
{
	Graph *graph = g_object_get_data(G_OBJECT(widget), KEY);

	graph->n_samples = 0;
	describe(graph);
	gtk_widget_queue_draw(graph->area);
}
