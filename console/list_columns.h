/* SPDX-License-Identifier: MIT */
/*
 * The columns of one list in its view: made from the snap-in's table; their order, width and
 * visibility, and the order of the rows, are remembered for all lists with the same column ids.
 * Invariant: every column has a fixed size, as fixed height mode demands; at least one is shown.
 * Thread: main.
 */
#pragma once

#include "console_state.h"
#include "list_model.h"

typedef struct ListColumns ListColumns;

/* Told when a header was clicked and the rows want another order. */
typedef void (*ListOrderFunc)(ListOrder order, gpointer user_data);

/* The view keeps its columns; `state` may be NULL (nothing is remembered). */
ListColumns *list_columns_new(GtkTreeView *view, const SnapinList *list, ConsoleState *state,
    ListOrderFunc func, gpointer user_data);
/* Before the view is destroyed. */
void list_columns_free(ListColumns *columns);

/* What was remembered, or the list's default. */
ListOrder list_columns_order(const ListColumns *columns);
/* The check buttons of a column chooser; floating. */
GtkWidget *list_columns_chooser(ListColumns *columns);
/* Numbers of the visible columns from left to right; guint. Free with g_array_unref(). */
GArray *list_columns_visible(const ListColumns *columns);
