/* SPDX-License-Identifier: MIT */
#include "demo_rows.h"

#include <string.h>

static const char *const colours[] = {"red", "green", "blue", "yellow", "Ärgerlich"};
static const char *const goods[] = {"anvil", "Bolt", "crate", "Drum", "engine", "funnel", "gear"};

static void
item_free(gpointer data)
{
	DemoItem *item = data;

	g_free(item->name);
	g_free(item);
}

DemoItem *
demo_rows_add(DemoRows *rows)
{
	DemoItem *item = g_new0(DemoItem, 1);

	item->id = ++rows->last_id;
	/* Spread by a multiplier, so that the order given is no sorted one. */
	item->size = (guint)(item->id * 7919 % 10007);
	item->name = g_strdup_printf(
	    "%s-%06u", goods[item->id % G_N_ELEMENTS(goods)], (guint)(item->id * 613 % 999983));
	item->colour = colours[item->id % G_N_ELEMENTS(colours)];
	item->state = item->id % 50 == 3 ? SNAPIN_STATE_WARNING : SNAPIN_STATE_NORMAL;
	g_ptr_array_add(rows->items, item);
	return item;
}

DemoRows *
demo_rows_new(guint n)
{
	DemoRows *rows = g_new0(DemoRows, 1);

	rows->items = g_ptr_array_new_with_free_func(item_free);
	while (n-- > 0)
		demo_rows_add(rows);
	return rows;
}

void
demo_rows_free(gpointer data)
{
	DemoRows *rows = data;

	g_ptr_array_unref(rows->items);
	g_free(rows);
}

void
demo_rows_search(DemoRows *rows, guint n, const char *text)
{
	g_ptr_array_set_size(rows->items, 0);
	rows->last_id = 0;
	while (n-- > 0) {
		const DemoItem *item = demo_rows_add(rows);

		if (!strstr(item->name, text))
			g_ptr_array_set_size(rows->items, (int)rows->items->len - 1);
	}
}

DemoItem *
demo_rows_find(DemoRows *rows, guint64 id)
{
	for (guint i = 0; i < rows->items->len; i++) {
		DemoItem *item = rows->items->pdata[i];

		if (item->id == id)
			return item;
	}
	return NULL;
}

void
demo_rows_remove(DemoRows *rows, guint64 id)
{
	DemoItem *item = demo_rows_find(rows, id);

	if (item)
		g_ptr_array_remove(rows->items, item);
}

static guint
n_rows(gpointer data)
{
	return ((DemoRows *)data)->items->len;
}

static guint64
row_id(gpointer data, guint row)
{
	return ((DemoItem *)((DemoRows *)data)->items->pdata[row])->id;
}

static const char *
cell_text(gpointer data, guint row, guint column)
{
	DemoRows *rows = data;
	const DemoItem *item = rows->items->pdata[row];

	if (column == DEMO_COLUMN_NAME)
		return item->name;
	if (column == DEMO_COLUMN_COLOUR)
		return item->colour;
	g_snprintf(rows->text, sizeof rows->text, "%" G_GUINT64_FORMAT,
	    column == DEMO_COLUMN_SIZE ? (guint64)item->size : item->id);
	return rows->text;
}

static int
compare(gpointer data, guint row_a, guint row_b, guint column)
{
	const DemoItem *a = ((DemoRows *)data)->items->pdata[row_a];
	const DemoItem *b = ((DemoRows *)data)->items->pdata[row_b];

	if (column == DEMO_COLUMN_NAME)
		return g_ascii_strcasecmp(a->name, b->name);
	if (column == DEMO_COLUMN_COLOUR)
		return strcmp(a->colour, b->colour);
	if (column == DEMO_COLUMN_SIZE)
		return (a->size > b->size) - (a->size < b->size);
	return (a->id > b->id) - (a->id < b->id);
}

static SnapinState
row_state(gpointer data, guint row)
{
	return ((DemoItem *)((DemoRows *)data)->items->pdata[row])->state;
}

static const SnapinColumn columns[DEMO_N_COLUMNS] = {
    [DEMO_COLUMN_NAME] = {.id = "name", .title = "Name", .width = 220},
    [DEMO_COLUMN_SIZE] = {.id = "size",
	.title = "Size",
	.kind = SNAPIN_COLUMN_NUMBER,
	.width = 90,
	.tooltip = "In litres"},
    [DEMO_COLUMN_COLOUR] = {.id = "colour", .title = "Colour", .width = 140},
    [DEMO_COLUMN_NUMBER] = {.id = "number",
	.title = "Number",
	.kind = SNAPIN_COLUMN_NUMBER,
	.width = 90,
	.hidden = TRUE},
};

const SnapinList demo_list = {
    .size = sizeof demo_list,
    .columns = columns,
    .n_columns = DEMO_N_COLUMNS,
    .default_sort = "name",
    .empty_text = "The warehouse is empty.",
    .n_rows = n_rows,
    .row_id = row_id,
    .cell_text = cell_text,
    .compare = compare,
    .row_state = row_state,
};

const SnapinList demo_plain_list = {
    .size = sizeof demo_plain_list,
    .columns = columns,
    .n_columns = DEMO_N_COLUMNS,
    .n_rows = n_rows,
    .row_id = row_id,
    .cell_text = cell_text,
};
