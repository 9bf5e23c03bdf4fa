/* SPDX-License-Identifier: MIT */
/*
 * LiveList: LiveRows as a list of the console: which field is which column and how it reads.
 * Invariant: it is the first member of the `data` of a node whose SnapinList uses these functions.
 * Thread: main.
 */
#pragma once

#include "live_rows.h"

typedef enum LiveFormat {
	LIVE_TEXT,
	LIVE_NUMBER,
	LIVE_TIME,  /* local, short */
	LIVE_SINCE, /* how long ago: "5 min" */
	LIVE_YES,   /* "Yes" for true or any text, else "" */
	LIVE_MADE,  /* by `make` */
} LiveFormat;

typedef struct LiveList LiveList;

typedef struct LiveColumn {
	guint field; /* what it is sorted by, too */
	LiveFormat format;
	void (*make)(const LiveList *list, guint row, GString *text);
} LiveColumn;

struct LiveList {
	LiveRows *rows;
	const LiveColumn *columns; /* static; as many as the SnapinList has */
	GString *text;             /* of the latest cell */
};

void live_list_init(LiveList *list, LiveRows *rows, const LiveColumn *columns);
void live_list_clear(LiveList *list);

/* Members of SnapinList; `data` is a LiveList. */
guint live_list_n_rows(gpointer data);
guint64 live_list_row_id(gpointer data, guint row);
const char *live_list_cell_text(gpointer data, guint row, guint column);
int live_list_compare(gpointer data, guint row_a, guint row_b, guint column);

/* Text of a field of the row with that id, "" if it is gone; borrowed until the rows change. */
const char *live_list_field(const LiveList *list, guint64 id, guint field);
