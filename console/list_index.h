/* SPDX-License-Identifier: MIT */
/*
 * Which rows of a snap-in's list are shown, and in which order: the filter and the sort.
 * Invariant: `entries` hold each shown row once, with its identity as it was when they were built;
 * at most LIST_INDEX_MAX_ROWS of them.
 * Thread: main.
 */
#pragma once

#include "snapin.h"

#define LIST_INDEX_MAX_ROWS 200000
#define LIST_INDEX_NO_SORT (-1)

typedef struct ListEntry {
	guint64 id;
	guint32 row; /* the snap-in's number of the row; LIST_ENTRY_GONE once it is no more */
} ListEntry;

#define LIST_ENTRY_GONE G_MAXUINT32

typedef struct ListOrder {
	int column; /* or LIST_INDEX_NO_SORT */
	gboolean descending;
} ListOrder;

typedef struct ListIndex {
	GArray *entries;  /* ListEntry */
	guint n_rows;     /* what the snap-in has */
	guint n_matching; /* before the cap */
	guint64 total;    /* all there are, loaded or not */
} ListIndex;

/* `filter`: words that must all be in a row, in whatever cell and case; NULL or "": all rows.
 * Free with list_index_free(). */
ListIndex *list_index_build(
    const SnapinList *list, gpointer data, const char *filter, const ListOrder *order);
void list_index_free(ListIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ListIndex, list_index_free)

/* What default_sort says, as an order. */
ListOrder list_order_default(const SnapinList *list);
/* -1 if there is none. */
int list_find_column(const SnapinList *list, const char *id);
/* TRUE if the list (maybe compiled against an older minor) reaches to that field and has it. */
#define LIST_HAS(list, field)                                                                      \
	((list)->size >= G_STRUCT_OFFSET(SnapinList, field) + sizeof((list)->field) &&             \
	    (list)->field != NULL)
