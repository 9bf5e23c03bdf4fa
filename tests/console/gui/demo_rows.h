/* SPDX-License-Identifier: MIT */
/*
 * Rows of the demo snap-in: so many goods with a number, a name, a size and a colour.
 * Invariant: `items` in no order; ids are never used twice.
 */
#pragma once

#include "snapin.h"

typedef struct DemoItem {
	guint64 id;
	char *name;
	guint size;
	const char *colour;
	SnapinState state;
} DemoItem;

typedef struct DemoRows {
	GPtrArray *items; /* DemoItem * */
	guint64 last_id;
	char text[64]; /* what cell_text gave last */
} DemoRows;

enum { DEMO_COLUMN_NAME, DEMO_COLUMN_SIZE, DEMO_COLUMN_COLOUR, DEMO_COLUMN_NUMBER, DEMO_N_COLUMNS };

DemoRows *demo_rows_new(guint n);
void demo_rows_free(gpointer rows);
DemoItem *demo_rows_add(DemoRows *rows);
DemoItem *demo_rows_find(DemoRows *rows, guint64 id);
void demo_rows_remove(DemoRows *rows, guint64 id);
/* A list whose data is a DemoRows. */
extern const SnapinList demo_list;
/* Empties the rows, then adds those of the first `n` whose name has the text in it. */
void demo_rows_search(DemoRows *rows, guint n, const char *text);
/* The same without `compare`: the console sorts by the cells' text. */
extern const SnapinList demo_plain_list;
