/* SPDX-License-Identifier: MIT */
#include "page_channel_private.h"

#include "page_read.h"
#include "time_text.h"

#include <string.h>

#define MODES_AT_ONCE 10
#define PARAMETERS_MAX 450 /* bytes in one call */

enum { LETTER, KIND, MASK, SET_BY, SET_AT, IS_NEW, COLUMNS };

/* Where channel.get tells the entries of a mode of the kind "list". */
static const struct {
	const char *letter;
	const char *key;
} list_keys[] = {{"b", "bans"}, {"e", "ban_exemptions"}, {"I", "invite_exceptions"}};

typedef struct Lists {
	ChannelTab tab; /* first */
	GtkListStore *store;
	GPtrArray *removed; /* "b mask" */
	GtkWidget *form;
	GtkWidget *view;
	GtkWidget *note;
	GtkWidget *kinds;
	GtkWidget *mask;
	GtkWidget *add;
	GtkWidget *remove;
} Lists;

static void
lists_free(gpointer data)
{
	Lists *lists = data;

	lists->tab.sheet->lists = NULL;
	g_cancellable_cancel(lists->tab.sheet->life);
	g_object_unref(lists->store);
	g_ptr_array_unref(lists->removed);
	page_channel_unref(lists->tab.sheet);
	g_free(lists);
}

/* ---- What was changed, as calls ---- */

typedef struct Batch {
	CallChain *chain;
	const char *channel;
	GString *modes;
	GString *parameters;
	guint count;
} Batch;

static void
flush(Batch *batch)
{
	if (batch->count > 0)
		call_chain_add(batch->chain, "channel.set_mode",
		    json_pack("{s:s, s:s, s:s}", "channel", batch->channel, "modes",
			batch->modes->str, "parameters", batch->parameters->str));
	g_string_truncate(batch->modes, 0);
	g_string_truncate(batch->parameters, 0);
	batch->count = 0;
}

static void
put(Batch *batch, char sign, const char *letter, const char *mask)
{
	if (batch->count == MODES_AT_ONCE ||
	    batch->parameters->len + strlen(mask) + 1 > PARAMETERS_MAX)
		flush(batch);
	g_string_append_printf(batch->modes, "%c%s", sign, letter);
	g_string_append_printf(
	    batch->parameters, "%s%s", batch->parameters->len > 0 ? " " : "", mask);
	batch->count++;
}

static gboolean
put_new(GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *row, gpointer data)
{
	g_autofree char *letter = NULL;
	g_autofree char *mask = NULL;
	gboolean is_new;

	gtk_tree_model_get(model, row, LETTER, &letter, MASK, &mask, IS_NEW, &is_new, -1);
	if (is_new)
		put(data, '+', letter, mask);
	return FALSE;
}

static CallChain *
changes(const Lists *lists)
{
	Batch batch = {
	    call_chain_new(), lists->tab.sheet->name, g_string_new(NULL), g_string_new(NULL), 0};

	for (guint i = 0; i < lists->removed->len; i++) {
		const char *entry = lists->removed->pdata[i];
		const char letter[] = {entry[0], '\0'};

		put(&batch, '-', letter, entry + 2);
	}
	gtk_tree_model_foreach(GTK_TREE_MODEL(lists->store), put_new, &batch);
	flush(&batch);
	g_string_free(batch.modes, TRUE);
	g_string_free(batch.parameters, TRUE);
	return batch.chain;
}

static void
on_edited(Lists *lists)
{
	const SnapinHost *host = service_host(lists->tab.sheet->service);
	CallChain *chain = changes(lists);

	host->page_set_dirty(host, lists->tab.page, !call_chain_is_empty(chain));
	call_chain_free(chain);
}

/* ---- What the service says ---- */

static const char *
kind_name(const Lists *lists, const char *letter)
{
	const char *name = channel_modes_name(lists->tab.sheet->description, letter);

	return name != NULL ? name : letter;
}

static void
show_entries(Lists *lists, const char *letter, const json_t *entries)
{
	const json_t *entry;
	size_t index;

	json_array_foreach(entries, index, entry)
	{
		g_autofree char *at = time_text_short(
		    time_text_parse(json_string_value(json_object_get(entry, "set_at"))),
		    g_get_real_time());

		gtk_list_store_insert_with_values(lists->store, NULL, -1, LETTER, letter, KIND,
		    kind_name(lists, letter), MASK,
		    json_string_value(json_object_get(entry, "name")), SET_BY,
		    json_string_value(json_object_get(entry, "set_by")), SET_AT, at, IS_NEW, FALSE,
		    -1);
	}
}

static void
show_note(Lists *lists, const char *problem)
{
	gboolean empty = gtk_tree_model_iter_n_children(GTK_TREE_MODEL(lists->store), NULL) == 0;
	const char *text = problem != NULL ? problem : empty ? "No entries." : "";

	gtk_label_set_text(GTK_LABEL(lists->note), text);
	gtk_widget_set_visible(lists->note, *text != '\0');
}

static void
show(ChannelTab *tab, const json_t *channel, const char *problem)
{
	Lists *lists = (Lists *)tab;
	g_autofree char *reason =
	    problem != NULL ? g_strdup(problem) : page_channel_may_change(tab->sheet);

	gtk_widget_set_sensitive(lists->form, reason == NULL);
	if (channel != NULL && tab->sheet->description != NULL) {
		gtk_list_store_clear(lists->store);
		g_ptr_array_set_size(lists->removed, 0);
		for (guint i = 0; i < G_N_ELEMENTS(list_keys); i++)
			show_entries(
			    lists, list_keys[i].letter, json_object_get(channel, list_keys[i].key));
		on_edited(lists);
	}
	show_note(lists, reason);
}

/* ---- Editing ---- */

static void
on_mask_typed(GtkWidget *entry, Lists *lists)
{
	const char *mask = gtk_entry_get_text(GTK_ENTRY(entry));

	gtk_widget_set_sensitive(
	    lists->add, *mask != '\0' && *mask != '-' && strpbrk(mask, " ,") == NULL);
}

static void
on_add(GtkWidget *widget, Lists *lists)
{
	const char *letter = gtk_combo_box_get_active_id(GTK_COMBO_BOX(lists->kinds));

	if (letter == NULL || !gtk_widget_get_sensitive(lists->add))
		return;
	gtk_list_store_insert_with_values(lists->store, NULL, -1, LETTER, letter, KIND,
	    kind_name(lists, letter), MASK, gtk_entry_get_text(GTK_ENTRY(lists->mask)), SET_BY, "",
	    SET_AT, "not yet applied", IS_NEW, TRUE, -1);
	gtk_entry_set_text(GTK_ENTRY(lists->mask), "");
	show_note(lists, NULL);
	on_edited(lists);
}

static void
on_remove(GtkWidget *widget, Lists *lists)
{
	GtkTreeSelection *selection = gtk_tree_view_get_selection(GTK_TREE_VIEW(lists->view));
	GtkTreeModel *model;
	GList *paths = gtk_tree_selection_get_selected_rows(selection, &model);

	for (GList *l = g_list_last(paths); l != NULL; l = l->prev) {
		g_autofree char *letter = NULL;
		g_autofree char *mask = NULL;
		GtkTreeIter row;
		gboolean is_new;

		if (!gtk_tree_model_get_iter(model, &row, l->data))
			continue;
		gtk_tree_model_get(model, &row, LETTER, &letter, MASK, &mask, IS_NEW, &is_new, -1);
		if (!is_new)
			g_ptr_array_add(lists->removed, g_strdup_printf("%c %s", *letter, mask));
		gtk_list_store_remove(lists->store, &row);
	}
	g_list_free_full(paths, (GDestroyNotify)gtk_tree_path_free);
	show_note(lists, NULL);
	on_edited(lists);
}

static void
on_selected(GtkTreeSelection *selection, Lists *lists)
{
	gtk_widget_set_sensitive(
	    lists->remove, gtk_tree_selection_count_selected_rows(selection) > 0);
}

/* ---- The form ---- */

static GtkWidget *
make_view(Lists *lists)
{
	static const struct {
		int column;
		const char *title;
	} shown[] = {{KIND, "List"}, {MASK, "Mask"}, {SET_BY, "Set By"}, {SET_AT, "Set"}};
	GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
	GtkTreeSelection *selection;

	lists->view = gtk_tree_view_new_with_model(GTK_TREE_MODEL(lists->store));
	for (guint i = 0; i < G_N_ELEMENTS(shown); i++) {
		GtkTreeViewColumn *column = gtk_tree_view_column_new_with_attributes(
		    shown[i].title, gtk_cell_renderer_text_new(), "text", shown[i].column, NULL);

		gtk_tree_view_column_set_resizable(column, TRUE);
		gtk_tree_view_column_set_sort_column_id(column, shown[i].column);
		gtk_tree_view_append_column(GTK_TREE_VIEW(lists->view), column);
	}
	selection = gtk_tree_view_get_selection(GTK_TREE_VIEW(lists->view));
	gtk_tree_selection_set_mode(selection, GTK_SELECTION_MULTIPLE);
	g_signal_connect(selection, "changed", G_CALLBACK(on_selected), lists);
	atk_object_set_name(gtk_widget_get_accessible(lists->view), "Masks of the channel");
	gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(scrolled), GTK_SHADOW_IN);
	gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(scrolled), 220);
	gtk_container_add(GTK_CONTAINER(scrolled), lists->view);
	return scrolled;
}

static GtkWidget *
make_adder(Lists *lists)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);

	lists->kinds = gtk_combo_box_text_new();
	for (guint i = 0; i < G_N_ELEMENTS(list_keys); i++)
		if (lists->tab.sheet->description != NULL &&
		    channel_modes_name(lists->tab.sheet->description, list_keys[i].letter) != NULL)
			gtk_combo_box_text_append(GTK_COMBO_BOX_TEXT(lists->kinds),
			    list_keys[i].letter, kind_name(lists, list_keys[i].letter));
	gtk_combo_box_set_active(GTK_COMBO_BOX(lists->kinds), 0);
	atk_object_set_name(gtk_widget_get_accessible(lists->kinds), "List");
	lists->mask = gtk_entry_new();
	gtk_entry_set_placeholder_text(GTK_ENTRY(lists->mask), "nick!user@host, with * and ?");
	gtk_entry_set_width_chars(GTK_ENTRY(lists->mask), 28);
	atk_object_set_name(gtk_widget_get_accessible(lists->mask), "Mask");
	lists->add = gtk_button_new_with_mnemonic("_Add");
	lists->remove = gtk_button_new_with_mnemonic("_Remove");
	gtk_widget_set_sensitive(lists->add, FALSE);
	gtk_widget_set_sensitive(lists->remove, FALSE);
	g_signal_connect(lists->mask, "changed", G_CALLBACK(on_mask_typed), lists);
	g_signal_connect(lists->mask, "activate", G_CALLBACK(on_add), lists);
	g_signal_connect(lists->add, "clicked", G_CALLBACK(on_add), lists);
	g_signal_connect(lists->remove, "clicked", G_CALLBACK(on_remove), lists);
	gtk_box_pack_start(GTK_BOX(box), lists->kinds, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), lists->mask, TRUE, TRUE, 0);
	gtk_box_pack_start(GTK_BOX(box), lists->add, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), lists->remove, FALSE, FALSE, 0);
	return box;
}

static GtkWidget *
create(SnapinPage *page, gpointer data)
{
	Lists *lists = data;
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);

	lists->tab.page = page;
	lists->form = make_adder(lists);
	gtk_widget_set_sensitive(lists->form, FALSE);
	lists->note = gtk_label_new("Asking the service…");
	gtk_label_set_xalign(GTK_LABEL(lists->note), 0);
	gtk_label_set_line_wrap(GTK_LABEL(lists->note), TRUE);
	gtk_style_context_add_class(
	    gtk_widget_get_style_context(lists->note), GTK_STYLE_CLASS_DIM_LABEL);
	gtk_box_pack_start(GTK_BOX(box), lists->form, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), lists->note, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), make_view(lists), TRUE, TRUE, 0);
	return page_frame(box);
}

/* ---- Applying ---- */

static void
was_applied(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GTask) task = data;
	Lists *lists = g_task_get_task_data(task);
	GError *error = NULL;

	if (call_chain_run_finish(result, &error)) {
		page_channel_load(lists->tab.sheet, &lists->tab);
		g_task_return_boolean(task, TRUE);
	} else {
		g_task_return_error(task, error);
	}
}

static void
apply_async(SnapinPage *page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	Lists *lists = data;
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	g_task_set_task_data(task, lists, NULL);
	call_chain_run_async(
	    changes(lists), lists->tab.sheet->service, cancellable, was_applied, task);
}

SnapinPageSpec
page_channel_lists(PageChannel *sheet)
{
	Lists *lists = g_new0(Lists, 1);

	lists->tab.sheet = page_channel_ref(sheet);
	lists->tab.show = show;
	lists->removed = g_ptr_array_new_with_free_func(g_free);
	lists->store = gtk_list_store_new(COLUMNS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
	    G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
	sheet->lists = &lists->tab;
	return (SnapinPageSpec){
	    .size = sizeof(SnapinPageSpec),
	    .id = "channel-lists",
	    .title = "Bans and Exceptions",
	    .help = "channel-properties",
	    .create = create,
	    .apply_async = apply_async,
	    .apply_finish = page_read_apply_finish,
	    .data = lists,
	    .free_data = lists_free,
	};
}
