/* SPDX-License-Identifier: MIT */
/*
 * The one GtkTreeModel behind every list: rows stay the snap-in's, this holds their order.
 * Columns: one string per column of the list, then the icon name of the row's state.
 * Invariant: between two signals the entries are what the view was told. Rows that the snap-in
 * dropped but the view does not know of yet read as empty.
 * Thread: main.
 */
#pragma once

#include "list_index.h"
#include "snapin_guard.h"

#define LIST_TYPE_MODEL (list_model_get_type())
G_DECLARE_FINAL_TYPE(ListModel, list_model, LIST, MODEL, GObject)

/* What the snap-in gave, and who it is. `list` outlives the model; `data` until
 * list_model_forget(). */
typedef struct ListSource {
	const SnapinList *list;
	gpointer data;
	SnapinGuard *guard;
	const char *owner_id;
} ListSource;

/* Empty until list_model_rebuild(). */
ListModel *list_model_new(const ListSource *source);
/* The node is gone: no more calls into the snap-in; all rows read as empty. */
void list_model_forget(ListModel *model);

/* Both take effect at the next rebuild. */
void list_model_set_filter(ListModel *model, const char *filter);
void list_model_set_order(ListModel *model, ListOrder order);
ListOrder list_model_order(const ListModel *model);

/* Asks the snap-in anew. TRUE: the view was told by signals. FALSE: too much changed, nothing is
 * done yet: detach the model from its view, call list_model_adopt(), attach it again. */
gboolean list_model_rebuild(ListModel *model);
void list_model_adopt(ListModel *model);
/* The snap-in's rows moved and were not asked for yet: numbers are checked before they are used. */
void list_model_set_stale(ListModel *model);

/* The snap-in is being asked just now: nothing may be rebuilt from within its answer. */
gboolean list_model_is_reading(const ListModel *model);

guint list_model_n_rows(const ListModel *model);
guint64 list_model_row_id(const ListModel *model, guint position);
/* The snap-in's number of the row now, LIST_ENTRY_GONE if it has none. */
guint32 list_model_source_row(ListModel *model, guint position);
/* -1 if it is not shown. Builds a table at the first call after a change. */
int list_model_find(ListModel *model, guint64 row_id);
/* Counts as of the last rebuild. */
const ListIndex *list_model_counts(const ListModel *model);
const ListSource *list_model_source(const ListModel *model);
/* Text of one cell, never NULL; valid until the next call. */
const char *list_model_text(ListModel *model, guint position, guint column);
void list_model_row_changed(ListModel *model, guint position);
