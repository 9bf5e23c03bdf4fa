/* SPDX-License-Identifier: MIT */
/*
 * The list of one node: search, columns, selection, export over one ListModel.
 * Invariant: fresh data keeps selection, focus and scroll position; the view is brought up to date
 * at most four times a second, and less often where that takes long.
 * Signals: "selection-changed"; "updated" (the counts); "activated" (a row was double-clicked);
 * "popup" (GdkEvent *, may be NULL: by key). Thread: main.
 */
#pragma once

#include "console_state.h"
#include "list_export.h"
#include "list_model.h"

#define RESULT_TYPE_LIST (result_list_get_type())
G_DECLARE_FINAL_TYPE(ResultList, result_list, RESULT, LIST, GtkBox)

/* `title` names the list for screen readers. Nothing is asked of the snap-in before the list is
 * first shown or result_list_reset(). */
GtkWidget *result_list_new(const ListSource *source, const char *title, ConsoleState *state);
/* The snap-in's rows changed; `now` does not wait for the next turn of updates. */
void result_list_reset(ResultList *list, gboolean now);
void result_list_row_changed(ResultList *list, guint64 row_id);
/* The node is gone. */
void result_list_forget(ResultList *list);

/* Identities (guint64) of the selected rows in the order shown. Free with g_array_unref(). */
GArray *result_list_selected(ResultList *list);
ListModel *result_list_model(ResultList *list);
/* "1,204 rows", "12 of 1,204 rows", "… — narrow the filter". Free with g_free(). */
char *result_list_summary(ResultList *list);

void result_list_focus(ResultList *list);
void result_list_focus_search(ResultList *list);
void result_list_select_all(ResultList *list);
/* The selected rows' visible cells to the clipboard. */
void result_list_copy(ResultList *list);
/* Asks for a file, then writes the selected rows, or all that are shown. */
void result_list_export(ResultList *list);
