/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include <string.h>

#define NEXT_ROW "facts-next-row"

GtkWidget *
facts_new(void)
{
	GtkWidget *grid = gtk_grid_new();

	gtk_grid_set_row_spacing(GTK_GRID(grid), 6);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	gtk_widget_set_halign(grid, GTK_ALIGN_START);
	gtk_widget_set_valign(grid, GTK_ALIGN_START);
	return grid;
}

static int
next_row(GtkWidget *facts)
{
	int row = GPOINTER_TO_INT(g_object_get_data(G_OBJECT(facts), NEXT_ROW));

	g_object_set_data(G_OBJECT(facts), NEXT_ROW, GINT_TO_POINTER(row + 1));
	return row;
}

void
facts_add_title(GtkWidget *facts, const char *title)
{
	GtkWidget *label = gtk_label_new(title);
	PangoAttrList *attributes = pango_attr_list_new();
	int row = next_row(facts);

	pango_attr_list_insert(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
	gtk_label_set_attributes(GTK_LABEL(label), attributes);
	pango_attr_list_unref(attributes);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	if (row > 0)
		gtk_widget_set_margin_top(label, 12);
	gtk_grid_attach(GTK_GRID(facts), label, 0, row, 2, 1);
}

GtkWidget *
facts_add(GtkWidget *facts, const char *name)
{
	GtkWidget *label = gtk_label_new(name);
	GtkWidget *value = gtk_label_new("\342\200\223");
	int row = next_row(facts);

	gtk_style_context_add_class(gtk_widget_get_style_context(label), GTK_STYLE_CLASS_DIM_LABEL);
	gtk_label_set_xalign(GTK_LABEL(label), 1);
	gtk_label_set_yalign(GTK_LABEL(label), 0);
	gtk_label_set_xalign(GTK_LABEL(value), 0);
	gtk_label_set_selectable(GTK_LABEL(value), TRUE);
	gtk_label_set_line_wrap(GTK_LABEL(value), TRUE);
	gtk_label_set_line_wrap_mode(GTK_LABEL(value), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_max_width_chars(GTK_LABEL(value), 26);
	gtk_label_set_mnemonic_widget(GTK_LABEL(label), value);
	gtk_grid_attach(GTK_GRID(facts), label, 0, row, 1, 1);
	gtk_grid_attach(GTK_GRID(facts), value, 1, row, 1, 1);
	return value;
}

void
facts_set(GtkWidget *value, const char *text)
{
	const char *shown = text != NULL && *text != '\0' ? text : "\342\200\223";

	if (strcmp(gtk_label_get_text(GTK_LABEL(value)), shown) != 0)
		gtk_label_set_text(GTK_LABEL(value), shown);
}
