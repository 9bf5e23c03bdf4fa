/* SPDX-License-Identifier: MIT */
#include "page_channel.h"

#include "page_channel_private.h"

static void
page_channel_clear(gpointer data)
{
	PageChannel *sheet = data;

	g_cancellable_cancel(sheet->life);
	g_object_unref(sheet->life);
	description_unref(sheet->description);
	service_unref(sheet->service);
	g_free(sheet->name);
}

PageChannel *
page_channel_ref(PageChannel *sheet)
{
	return g_rc_box_acquire(sheet);
}

void
page_channel_unref(PageChannel *sheet)
{
	g_rc_box_release_full(sheet, page_channel_clear);
}

void
page_channel_tab_init(ChannelTab *tab, PageChannel *sheet)
{
	guint i = 0;

	while (sheet->tabs[i] != NULL)
		i++;
	g_assert(i < PAGE_CHANNEL_TABS);
	sheet->tabs[i] = tab;
	tab->sheet = page_channel_ref(sheet);
}

void
page_channel_tab_clear(ChannelTab *tab)
{
	g_cancellable_cancel(tab->sheet->life);
	for (guint i = 0; i < PAGE_CHANNEL_TABS; i++)
		if (tab->sheet->tabs[i] == tab)
			tab->sheet->tabs[i] = NULL;
	page_channel_unref(tab->sheet);
}

/* ---- What the service says ---- */

typedef struct Question {
	PageChannel *sheet; /* borrowed: its end cancels the call */
	ChannelTab *only;
} Question;

static void
got_channel(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);
	const json_t *channel = json_object_get(answer, "channel");
	g_autofree char *problem = error != NULL ? control_error_sentence(error) : NULL;
	g_autofree Question *question = data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	for (guint i = 0; i < PAGE_CHANNEL_TABS; i++) {
		ChannelTab *tab = question->sheet->tabs[i];

		if (tab != NULL && tab->show != NULL &&
		    (question->only == NULL || question->only == tab))
			tab->show(tab, channel, problem);
	}
}

void
page_channel_load(PageChannel *sheet, ChannelTab *only)
{
	Question *question = g_new(Question, 1);

	*question = (Question){sheet, only};
	service_call_async(sheet->service, "channel.get",
	    json_pack("{s:s, s:i}", "channel", sheet->name, "object_detail_level", 1), sheet->life,
	    got_channel, question);
}

char *
page_channel_may_change(const PageChannel *sheet)
{
	if (sheet->description == NULL)
		return g_strdup("Not connected to the service");
	return service_may(sheet->service, "channel.set_mode");
}

/* ---- Applying ---- */

static void
was_applied(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GTask) task = data;
	ChannelTab *tab = g_task_get_task_data(task);
	GError *error = NULL;
	gboolean done = call_chain_run_finish(result, &error);

	/* After a cancel there may be no widget any more. */
	if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		tab->applied(tab, done);
	if (done)
		g_task_return_boolean(task, TRUE);
	else
		g_task_return_error(task, error);
}

void
page_channel_apply(ChannelTab *tab, CallChain *chain, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	g_task_set_task_data(task, tab, NULL);
	call_chain_run_async(chain, tab->sheet->service, cancellable, was_applied, task);
}

/* ---- What the pages look like ---- */

GtkWidget *
page_channel_note_new(void)
{
	GtkWidget *note = gtk_label_new("Asking the service…");

	gtk_label_set_xalign(GTK_LABEL(note), 0);
	gtk_label_set_line_wrap(GTK_LABEL(note), TRUE);
	gtk_style_context_add_class(gtk_widget_get_style_context(note), GTK_STYLE_CLASS_DIM_LABEL);
	return note;
}

void
page_channel_note_set(GtkWidget *note, const char *text)
{
	gtk_label_set_text(GTK_LABEL(note), text != NULL ? text : "");
	gtk_widget_set_visible(note, text != NULL && *text != '\0');
}

GtkWidget *
page_channel_grid_new(void)
{
	GtkWidget *grid = gtk_grid_new();

	gtk_grid_set_row_spacing(GTK_GRID(grid), 6);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	return grid;
}

void
page_channel_attach(GtkWidget *grid, const char *text, GtkWidget *input, int row)
{
	GtkWidget *label = gtk_label_new_with_mnemonic(text);

	gtk_label_set_mnemonic_widget(GTK_LABEL(label), input);
	gtk_label_set_xalign(GTK_LABEL(label), 1);
	gtk_style_context_add_class(gtk_widget_get_style_context(label), GTK_STYLE_CLASS_DIM_LABEL);
	gtk_widget_set_hexpand(input, TRUE);
	gtk_grid_attach(GTK_GRID(grid), label, 0, row, 1, 1);
	gtk_grid_attach(GTK_GRID(grid), input, 1, row, 1, 1);
}

/* ---- Opening ---- */

void
page_channel_open(Service *service, SnapinNode *node, const char *channel, gboolean registered)
{
	PageChannel *sheet = g_rc_box_new0(PageChannel);
	const Description *description = service_description(service);

	sheet->service = service_ref(service);
	sheet->name = g_strdup(channel);
	sheet->registered = registered;
	sheet->life = g_cancellable_new();
	if (description != NULL)
		sheet->description = description_ref((Description *)description);
	const SnapinPageSpec pages[PAGE_CHANNEL_TABS] = {
	    page_channel_general(sheet), page_channel_modes(sheet), page_channel_access(sheet)};

	service_host(service)->sheet_open(
	    service_host(service), node, channel, pages, G_N_ELEMENTS(pages));
	page_channel_load(sheet, NULL);
	page_channel_unref(sheet);
}
