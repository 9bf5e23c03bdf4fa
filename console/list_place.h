/* SPDX-License-Identifier: MIT */
/*
 * Where the user was in a list: selection, focus and scroll position, all by the rows' identity, so
 * that they outlast a new order, another filter and fresh data.
 * Thread: main.
 */
#pragma once

#include "list_model.h"

typedef struct ListPlace ListPlace;

ListPlace *list_place_take(GtkTreeView *view, ListModel *model);
/* Rows that are gone are left out. Frees the place. */
void list_place_restore(ListPlace *place, GtkTreeView *view, ListModel *model);

/* Identities of the selected rows, in the order shown. Free with g_array_unref(). */
GArray *list_place_selected_ids(GtkTreeView *view, ListModel *model);
