/* SPDX-License-Identifier: MIT */
#include "page_read.h"

#define BORDER 18

void
page_read_apply_async(SnapinPage *page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	g_task_return_boolean(task, TRUE);
	g_object_unref(task);
}

gboolean
page_read_apply_finish(SnapinPage *page, gpointer data, GAsyncResult *result, GError **error)
{
	return g_task_propagate_boolean(G_TASK(result), error);
}

GtkWidget *
page_frame(GtkWidget *content)
{
	gtk_container_set_border_width(GTK_CONTAINER(content), BORDER);
	gtk_widget_show_all(content);
	return content;
}
