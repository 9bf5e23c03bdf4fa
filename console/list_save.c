/* SPDX-License-Identifier: MIT */
#include "list_save.h"

#include "console_window.h"

#include <glib/gi18n.h>

/* One export that is asked about or being written. */
typedef struct ListSave {
	ListModel *model;
	GArray *columns;
	GArray *row_ids;
	GtkFileChooserNative *chooser;
	GtkWindow *window;
	GString *text;
} ListSave;

static void
list_save_free(ListSave *save)
{
	g_object_unref(save->model);
	g_array_unref(save->columns);
	g_array_unref(save->row_ids);
	g_clear_object(&save->chooser);
	g_clear_weak_pointer(&save->window);
	if (save->text)
		g_string_free(save->text, TRUE);
	g_free(save);
}

static void
tell(ListSave *save, SnapinSeverity severity, const char *sentence)
{
	if (save->window && CONSOLE_IS_WINDOW(save->window))
		console_window_report(
		    CONSOLE_WINDOW(save->window), "export", severity, sentence, NULL);
}

static void
on_written(GObject *source, GAsyncResult *result, gpointer user_data)
{
	ListSave *save = user_data;
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_file_get_parse_name(G_FILE(source));
	g_autofree char *sentence = NULL;

	if (g_file_replace_contents_finish(G_FILE(source), result, NULL, &error)) {
		sentence = g_strdup_printf(_("The list was exported to %s."), path);
		tell(save, SNAPIN_INFO, sentence);
	} else {
		sentence = g_strdup_printf(_("The list was not exported: %s"), error->message);
		tell(save, SNAPIN_ERROR, sentence);
	}
	list_save_free(save);
}

static ListFormat
format_of(const char *name)
{
	for (guint i = 0; i < LIST_N_FORMATS; i++) {
		g_autofree char *suffix = g_strdup_printf(".%s", list_format_extension(i));

		if (g_str_has_suffix(name, suffix))
			return i;
	}
	return LIST_FORMAT_CSV;
}

static void
on_response(GtkNativeDialog *dialog, int response, ListSave *save)
{
	g_autoptr(GFile) file = NULL;
	g_autofree char *name = NULL;
	ListExport export = {0};

	if (response != GTK_RESPONSE_ACCEPT) {
		list_save_free(save);
		return;
	}
	file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
	name = g_file_get_basename(file);
	export.format = format_of(name);
	export.columns = (const guint *)save->columns->data;
	export.n_columns = save->columns->len;
	export.row_ids = save->row_ids->len ? (const guint64 *)save->row_ids->data : NULL;
	export.n_row_ids = save->row_ids->len;
	export.header = TRUE;
	save->text = list_export(save->model, &export);
	g_file_replace_contents_async(file, save->text->str, save->text->len, NULL, FALSE,
	    G_FILE_CREATE_REPLACE_DESTINATION, NULL, on_written, save);
}

static void
add_filters(GtkFileChooser *chooser)
{
	for (guint i = 0; i < LIST_N_FORMATS; i++) {
		GtkFileFilter *filter = gtk_file_filter_new();
		g_autofree char *pattern = g_strdup_printf("*.%s", list_format_extension(i));

		gtk_file_filter_set_name(filter, list_format_title(i));
		gtk_file_filter_add_pattern(filter, pattern);
		gtk_file_chooser_add_filter(chooser, filter);
	}
}

void
list_save_ask(GtkWidget *widget, ListModel *model, GArray *columns, GArray *row_ids)
{
	GtkWidget *window = gtk_widget_get_toplevel(widget);
	ListSave *save = g_new0(ListSave, 1);

	save->model = g_object_ref(model);
	save->columns = g_array_ref(columns);
	save->row_ids = g_array_ref(row_ids);
	if (GTK_IS_WINDOW(window))
		g_set_weak_pointer(&save->window, GTK_WINDOW(window));
	save->chooser = gtk_file_chooser_native_new(
	    row_ids->len ? _("Export the Selected Rows") : _("Export the List"), save->window,
	    GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
	gtk_file_chooser_set_do_overwrite_confirmation(GTK_FILE_CHOOSER(save->chooser), TRUE);
	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(save->chooser), "list.csv");
	add_filters(GTK_FILE_CHOOSER(save->chooser));
	g_signal_connect(save->chooser, "response", G_CALLBACK(on_response), save);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(save->chooser));
}
