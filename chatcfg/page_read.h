/* SPDX-License-Identifier: MIT */
/*
 * What every page of a property sheet needs: applying nothing, for pages that are only read; and
 * the frame around its content. Thread: main.
 */
#pragma once

#include "snapin.h"

void page_read_apply_async(SnapinPage *page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data);
gboolean page_read_apply_finish(
    SnapinPage *page, gpointer data, GAsyncResult *result, GError **error);
/* `content` with a border; shown. */
GtkWidget *page_frame(GtkWidget *content);
