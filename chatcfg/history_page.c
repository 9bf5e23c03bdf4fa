/* SPDX-License-Identifier: MIT */
#include "history_page.h"

#include "settings_changes.h"

#define BORDER 18
#define WIDTH 600
#define JSON_HEIGHT 110 /* pixels */
#define VALUE_CHARS 70

typedef struct Part {
	char *label;
	char *value;     /* a fact, or JSON as text */
	json_t *changes; /* NULL: none of these */
	const char *from, *to;
	gboolean is_json;
} Part;

struct HistoryPage {
	GPtrArray *parts;
};

static void
part_free(gpointer data)
{
	Part *part = data;

	g_free(part->label);
	g_free(part->value);
	json_decref(part->changes);
	g_free(part);
}

static void
page_free(gpointer data)
{
	HistoryPage *page = data;

	g_ptr_array_unref(page->parts);
	g_free(page);
}

HistoryPage *
history_page_new(void)
{
	HistoryPage *page = g_new0(HistoryPage, 1);

	page->parts = g_ptr_array_new_with_free_func(part_free);
	return page;
}

static Part *
add_part(HistoryPage *page, const char *label, const char *value)
{
	Part *part = g_new0(Part, 1);

	part->label = g_strdup(label);
	part->value = g_strdup(value);
	g_ptr_array_add(page->parts, part);
	return part;
}

void
history_page_add(HistoryPage *page, const char *label, const char *value)
{
	if (value != NULL && *value != '\0')
		add_part(page, label, value);
}

void
history_page_add_json(HistoryPage *page, const char *title, const json_t *value)
{
	char *text;

	if (value == NULL || json_is_null(value))
		return;
	text = json_dumps(value, JSON_INDENT(2) | JSON_ENCODE_ANY);
	add_part(page, title, text)->is_json = TRUE;
	free(text);
}

void
history_page_add_changes(HistoryPage *page, const json_t *changes, const char *from, const char *to)
{
	Part *part;

	if (json_array_size(changes) == 0)
		return;
	part = add_part(page, NULL, NULL);
	part->changes = json_incref((json_t *)changes);
	part->from = from;
	part->to = to;
}

/* ---- The widget ---- */

static GtkWidget *
make_label(const char *text, gboolean is_value)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), is_value ? 0 : 1);
	gtk_widget_set_valign(label, GTK_ALIGN_START);
	if (!is_value) {
		gtk_style_context_add_class(
		    gtk_widget_get_style_context(label), GTK_STYLE_CLASS_DIM_LABEL);
		return label;
	}
	gtk_label_set_selectable(GTK_LABEL(label), TRUE);
	gtk_widget_set_can_focus(label, FALSE);
	gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_line_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_max_width_chars(GTK_LABEL(label), VALUE_CHARS);
	gtk_widget_set_hexpand(label, TRUE);
	return label;
}

static GtkWidget *
make_json(const Part *part)
{
	GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
	GtkWidget *view = gtk_text_view_new();

	gtk_text_view_set_editable(GTK_TEXT_VIEW(view), FALSE);
	gtk_text_view_set_monospace(GTK_TEXT_VIEW(view), TRUE);
	gtk_text_view_set_left_margin(GTK_TEXT_VIEW(view), 6);
	gtk_text_view_set_top_margin(GTK_TEXT_VIEW(view), 4);
	gtk_text_buffer_set_text(gtk_text_view_get_buffer(GTK_TEXT_VIEW(view)), part->value, -1);
	atk_object_set_name(gtk_widget_get_accessible(view), part->label);
	gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(scrolled), GTK_SHADOW_IN);
	gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(scrolled), JSON_HEIGHT);
	gtk_widget_set_vexpand(scrolled, TRUE);
	gtk_widget_set_hexpand(scrolled, TRUE);
	gtk_container_add(GTK_CONTAINER(scrolled), view);
	return scrolled;
}

static GtkWidget *
create(SnapinPage *snapin_page, gpointer data)
{
	const HistoryPage *page = data;
	GtkWidget *grid = gtk_grid_new();

	gtk_container_set_border_width(GTK_CONTAINER(grid), BORDER);
	gtk_grid_set_row_spacing(GTK_GRID(grid), 8);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	gtk_widget_set_size_request(grid, WIDTH, -1);
	for (guint i = 0; i < page->parts->len; i++) {
		const Part *part = page->parts->pdata[i];

		if (part->changes != NULL) {
			gtk_grid_attach(GTK_GRID(grid),
			    settings_changes_view(part->changes, part->from, part->to), 0, (int)i,
			    2, 1);
			continue;
		}
		gtk_grid_attach(GTK_GRID(grid), make_label(part->label, FALSE), 0, (int)i, 1, 1);
		gtk_grid_attach(GTK_GRID(grid),
		    part->is_json ? make_json(part) : make_label(part->value, TRUE), 1, (int)i, 1,
		    1);
	}
	gtk_widget_show_all(grid);
	return grid;
}

/* Nothing is ever changed here. */
static void
apply_async(SnapinPage *snapin_page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	g_task_return_boolean(task, TRUE);
	g_object_unref(task);
}

static gboolean
apply_finish(SnapinPage *snapin_page, gpointer data, GAsyncResult *result, GError **error)
{
	return g_task_propagate_boolean(G_TASK(result), error);
}

void
history_page_open(HistoryPage *page, const SnapinHost *host, SnapinNode *node, const char *object,
    const char *title)
{
	SnapinPageSpec spec = {.size = sizeof spec,
	    .id = "details",
	    .title = title,
	    .create = create,
	    .apply_async = apply_async,
	    .apply_finish = apply_finish,
	    .data = page,
	    .free_data = page_free};

	host->sheet_open(host, node, object, &spec, 1);
}
