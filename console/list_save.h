/* SPDX-License-Identifier: MIT */
/*
 * Asking where to export a list to, and writing it there. Neither waits: the dialog and the file
 * are asynchronous.
 * Thread: main.
 */
#pragma once

#include "list_export.h"

/* `columns` guint, `row_ids` guint64 (none: all rows that are shown when the file was named). How
 * it went is told in the information bar of `widget`'s window. */
void list_save_ask(GtkWidget *widget, ListModel *model, GArray *columns, GArray *row_ids);
