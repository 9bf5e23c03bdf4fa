/* SPDX-License-Identifier: MIT */
#include "text_table.h"

#include <string.h>

#define GAP 2
#define LEAST_WIDTH 8 /* a column is never cut below this */
#define ELLIPSIS "…"

typedef struct Column {
	char *title;
	gboolean right;
	guint width;
} Column;

struct TextTable {
	GArray *columns; /* Column */
	GPtrArray *rows; /* GStrv */
};

static void
column_clear(gpointer data)
{
	g_free(((Column *)data)->title);
}

TextTable *
text_table_new(void)
{
	TextTable *table = g_new0(TextTable, 1);

	table->columns = g_array_new(FALSE, TRUE, sizeof(Column));
	g_array_set_clear_func(table->columns, column_clear);
	table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	return table;
}

void
text_table_free(TextTable *table)
{
	if (table == NULL)
		return;
	g_array_unref(table->columns);
	g_ptr_array_unref(table->rows);
	g_free(table);
}

static guint
character_width(gunichar character)
{
	if (g_unichar_iszerowidth(character))
		return 0;
	return g_unichar_iswide(character) ? 2 : 1;
}

guint
text_width(const char *text)
{
	guint width = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text))
		width += character_width(g_utf8_get_char(text));
	return width;
}

/* Besides C0 and C1: marks that turn the direction of what follows. */
static gboolean
is_harmful(gunichar character)
{
	return g_unichar_iscntrl(character) || (character >= 0x202a && character <= 0x202e) ||
	       (character >= 0x2066 && character <= 0x2069);
}

char *
text_clean(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	GString *clean = g_string_sized_new(strlen(valid));

	for (const char *c = valid; *c != '\0'; c = g_utf8_next_char(c)) {
		gunichar character = g_utf8_get_char(c);

		g_string_append_unichar(clean, is_harmful(character) ? 0xfffd : character);
	}
	return g_string_free(clean, FALSE);
}

void
text_table_add_column(TextTable *table, const char *title, gboolean right)
{
	Column column = {text_clean(title), right, 0};

	column.width = text_width(column.title);
	g_array_append_val(table->columns, column);
}

void
text_table_add_row(TextTable *table, const char *const *cells)
{
	char **row = g_new0(char *, table->columns->len + 1);

	for (guint i = 0; i < table->columns->len; i++) {
		Column *column = &g_array_index(table->columns, Column, i);

		row[i] = text_clean(cells[i]);
		column->width = MAX(column->width, text_width(row[i]));
	}
	g_ptr_array_add(table->rows, row);
}

guint
text_table_n_rows(const TextTable *table)
{
	return table->rows->len;
}

/* Widths of the columns so that all fit: what is taken is taken from the widest. */
static guint *
fit(const TextTable *table, guint width)
{
	guint count = table->columns->len;
	guint *widths = g_new0(guint, count + 1);
	guint sum = count > 0 ? (count - 1) * GAP : 0;

	for (guint i = 0; i < count; i++) {
		widths[i] = g_array_index(table->columns, Column, i).width;
		sum += widths[i];
	}
	while (width > 0 && sum > width) {
		guint widest = 0;

		for (guint i = 1; i < count; i++)
			if (widths[i] > widths[widest])
				widest = i;
		if (count == 0 || widths[widest] <= LEAST_WIDTH)
			break;
		widths[widest]--;
		sum--;
	}
	return widths;
}

static void
append_spaces(GString *out, guint count)
{
	while (count-- > 0)
		g_string_append_c(out, ' ');
}

static void
append_cell(GString *out, const char *text, guint width, gboolean right, gboolean last)
{
	guint have = text_width(text);

	if (have <= width) {
		if (right)
			append_spaces(out, width - have);
		g_string_append(out, text);
		if (!right && !last)
			append_spaces(out, width - have);
		return;
	}
	have = 0;
	while (have + character_width(g_utf8_get_char(text)) < width) {
		have += character_width(g_utf8_get_char(text));
		g_string_append_unichar(out, g_utf8_get_char(text));
		text = g_utf8_next_char(text);
	}
	g_string_append(out, ELLIPSIS);
	if (!last)
		append_spaces(out, width - have - 1);
}

static void
append_line(const TextTable *table, GString *out, const guint *widths, char *const *cells)
{
	guint count = table->columns->len;

	for (guint i = 0; i < count; i++) {
		const Column *column = &g_array_index(table->columns, Column, i);

		append_cell(out, cells != NULL ? cells[i] : column->title, widths[i], column->right,
		    i + 1 == count);
		if (i + 1 < count)
			append_spaces(out, GAP);
	}
	g_string_append_c(out, '\n');
}

char *
text_table_print(const TextTable *table, guint width, gboolean headers)
{
	GString *out = g_string_new(NULL);
	g_autofree guint *widths = fit(table, width);

	if (headers)
		append_line(table, out, widths, NULL);
	for (guint i = 0; i < table->rows->len; i++)
		append_line(table, out, widths, table->rows->pdata[i]);
	return g_string_free(out, FALSE);
}
