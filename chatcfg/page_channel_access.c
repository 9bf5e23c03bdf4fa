/* SPDX-License-Identifier: MIT */
/* The page of a channel's access list: ranks, bans and exceptions, of which entries are added and
 * removed. */
#include "page_channel_private.h"

#include "asking.h"
#include "channel_access.h"
#include "page_read.h"

#include <string.h>

static const struct {
	const char *label;
	guint minutes; /* 0: for good */
} spans[] = {{"For good", 0}, {"1 hour", 60}, {"1 day", 24 * 60}, {"1 week", 7 * 24 * 60},
    {"30 days", 30 * 24 * 60}};

typedef struct Access {
	ChannelTab tab; /* first */
	ChannelAccess *list;
	GArray *levels;   /* AccessLevel, as in the box */
	gboolean keeping; /* what was changed stays when the answer comes */
	char *filter;     /* case-folded; NULL: all rows */
	GtkTreeModel *filtered;
	GtkWidget *form;
	GtkWidget *view;
	GtkWidget *note;
	GtkWidget *level;
	GtkWidget *mask;
	GtkWidget *span;
	GtkWidget *reason;
	GtkWidget *add;
	GtkWidget *remove;
} Access;

static void
access_free(gpointer data)
{
	Access *access = data;

	page_channel_tab_clear(&access->tab);
	g_clear_object(&access->filtered);
	channel_access_free(access->list);
	g_clear_pointer(&access->levels, g_array_unref);
	g_free(access->filter);
	g_free(access);
}

static void
on_edited(Access *access)
{
	const SnapinHost *host = service_host(access->tab.sheet->service);
	CallChain *chain = channel_access_changes(access->list);

	host->page_set_dirty(host, access->tab.page, !call_chain_is_empty(chain));
	call_chain_free(chain);
}

/* ---- What the service says ---- */

static void
show_note(Access *access, const char *problem)
{
	GtkTreeModel *all = channel_access_model(access->list);
	const char *text = problem;

	if (problem == NULL && gtk_tree_model_iter_n_children(all, NULL) == 0)
		text = "No entries.";
	else if (problem == NULL && gtk_tree_model_iter_n_children(access->filtered, NULL) == 0)
		text = "No entry contains that.";
	page_channel_note_set(access->note, text);
}

static void
got_list(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);
	Access *access = data;
	g_autofree char *reason = NULL;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	reason = error != NULL ? control_error_sentence(error)
			       : page_channel_may_change(access->tab.sheet);
	gtk_widget_set_sensitive(access->form, reason == NULL);
	if (answer != NULL) {
		channel_access_show(
		    access->list, json_object_get(answer, "list"), !access->keeping);
		access->keeping = FALSE;
		on_edited(access);
	}
	show_note(access, reason);
}

static void
load(Access *access)
{
	const PageChannel *sheet = access->tab.sheet;

	service_call_async(sheet->service, "access.list",
	    json_pack("{s:s}", "channel", sheet->name), sheet->life, got_list, access);
}

/* ---- Editing ---- */

/* Why the level's entries cannot be changed now; NULL if they can. Caller frees. */
static char *
may_change(const Access *access, gboolean gives_rank)
{
	const PageChannel *sheet = access->tab.sheet;

	if (!gives_rank)
		return page_channel_may_change(sheet);
	if (!sheet->registered)
		return g_strdup(
		    "Only a registered channel gives ranks. Register it first: page General.");
	return service_may(sheet->service, "access.set");
}

static void
on_mask_typed(GtkWidget *entry, Access *access)
{
	const char *mask = gtk_entry_get_text(GTK_ENTRY(entry));

	gtk_widget_set_sensitive(
	    access->add, *mask != '\0' && *mask != '-' && strpbrk(mask, " ,") == NULL);
}

static void
on_add(GtkWidget *widget, Access *access)
{
	int level_index = gtk_combo_box_get_active(GTK_COMBO_BOX(access->level));
	int span_index = gtk_combo_box_get_active(GTK_COMBO_BOX(access->span));
	const AccessLevel *level;
	g_autofree char *mask = NULL;
	g_autofree char *problem = NULL;

	if (level_index < 0 || span_index < 0 || !gtk_widget_get_sensitive(access->add))
		return;
	level = &g_array_index(access->levels, AccessLevel, level_index);
	problem = may_change(access, level->mode == NULL);
	if (problem == NULL) {
		mask = channel_access_timed(
		    level, gtk_entry_get_text(GTK_ENTRY(access->mask)), spans[span_index].minutes);
		channel_access_add(
		    access->list, level, mask, gtk_entry_get_text(GTK_ENTRY(access->reason)));
		gtk_entry_set_text(GTK_ENTRY(access->mask), "");
	}
	show_note(access, problem);
	on_edited(access);
}

/* Rows of the model under its order and its filter. */
static GList *
selected_rows(const Access *access)
{
	GtkTreeSelection *selection = gtk_tree_view_get_selection(GTK_TREE_VIEW(access->view));
	GtkTreeModel *sorted;
	GList *paths = gtk_tree_selection_get_selected_rows(selection, &sorted);

	for (GList *l = paths; l != NULL; l = l->next) {
		GtkTreePath *sorted_path = l->data;
		g_autoptr(GtkTreePath) path = gtk_tree_model_sort_convert_path_to_child_path(
		    GTK_TREE_MODEL_SORT(sorted), sorted_path);

		l->data = gtk_tree_model_filter_convert_path_to_child_path(
		    GTK_TREE_MODEL_FILTER(access->filtered), path);
		gtk_tree_path_free(sorted_path);
	}
	return g_list_sort(paths, (GCompareFunc)gtk_tree_path_compare);
}

static void
on_remove(GtkWidget *widget, Access *access)
{
	GtkTreeModel *all = channel_access_model(access->list);
	GList *paths = selected_rows(access);
	g_autofree char *problem = NULL;

	for (GList *l = g_list_last(paths); l != NULL; l = l->prev) {
		g_autofree char *mode = NULL;
		g_autofree char *reason = NULL;
		GtkTreeIter row;

		if (!gtk_tree_model_get_iter(all, &row, l->data))
			continue;
		gtk_tree_model_get(all, &row, CHANNEL_ACCESS_MODE, &mode, -1);
		reason = may_change(access, mode == NULL);
		if (reason == NULL)
			channel_access_remove(access->list, &row);
		else if (problem == NULL)
			problem = g_steal_pointer(&reason);
	}
	g_list_free_full(paths, (GDestroyNotify)gtk_tree_path_free);
	show_note(access, problem);
	on_edited(access);
}

static void
on_selected(GtkTreeSelection *selection, Access *access)
{
	gtk_widget_set_sensitive(
	    access->remove, gtk_tree_selection_count_selected_rows(selection) > 0);
}

static void
on_filter(GtkWidget *entry, Access *access)
{
	const char *text = gtk_entry_get_text(GTK_ENTRY(entry));

	g_free(access->filter);
	access->filter = *text != '\0' ? g_utf8_casefold(text, -1) : NULL;
	gtk_tree_model_filter_refilter(GTK_TREE_MODEL_FILTER(access->filtered));
	show_note(access, NULL);
}

static gboolean
is_visible(GtkTreeModel *model, GtkTreeIter *row, gpointer data)
{
	const Access *access = data;

	return access->filter == NULL || channel_access_contains(model, row, access->filter);
}

/* ---- The form ---- */

static GtkWidget *
make_view(Access *access)
{
	static const struct {
		int column;
		const char *title;
	} shown[] = {{CHANNEL_ACCESS_LEVEL, "Level"}, {CHANNEL_ACCESS_MASK, "Mask"},
	    {CHANNEL_ACCESS_REASON, "Reason"}, {CHANNEL_ACCESS_UNTIL, "Until"},
	    {CHANNEL_ACCESS_SET_BY, "Set By"}, {CHANNEL_ACCESS_SET_AT, "Set"}};
	GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
	g_autoptr(GtkTreeModel) sorted = NULL;
	GtkTreeSelection *selection;

	access->filtered = gtk_tree_model_filter_new(channel_access_model(access->list), NULL);
	gtk_tree_model_filter_set_visible_func(
	    GTK_TREE_MODEL_FILTER(access->filtered), is_visible, access, NULL);
	sorted = gtk_tree_model_sort_new_with_model(access->filtered);
	access->view = gtk_tree_view_new_with_model(sorted);
	for (guint i = 0; i < G_N_ELEMENTS(shown); i++) {
		GtkTreeViewColumn *column = gtk_tree_view_column_new_with_attributes(
		    shown[i].title, gtk_cell_renderer_text_new(), "text", shown[i].column, NULL);

		gtk_tree_view_column_set_resizable(column, TRUE);
		gtk_tree_view_column_set_sort_column_id(column, shown[i].column);
		gtk_tree_view_append_column(GTK_TREE_VIEW(access->view), column);
	}
	selection = gtk_tree_view_get_selection(GTK_TREE_VIEW(access->view));
	gtk_tree_selection_set_mode(selection, GTK_SELECTION_MULTIPLE);
	g_signal_connect(selection, "changed", G_CALLBACK(on_selected), access);
	atk_object_set_name(gtk_widget_get_accessible(access->view), "Access list of the channel");
	gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(scrolled), GTK_SHADOW_IN);
	gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(scrolled), 220);
	gtk_container_add(GTK_CONTAINER(scrolled), access->view);
	return scrolled;
}

static GtkWidget *
make_choice(const char *name)
{
	GtkWidget *choice = gtk_combo_box_text_new();

	atk_object_set_name(gtk_widget_get_accessible(choice), name);
	return choice;
}

static GtkWidget *
make_entry(const char *name, const char *placeholder)
{
	GtkWidget *entry = gtk_entry_new();

	gtk_entry_set_placeholder_text(GTK_ENTRY(entry), placeholder);
	atk_object_set_name(gtk_widget_get_accessible(entry), name);
	return entry;
}

/* What an entry is made of. */
static void
make_inputs(Access *access)
{
	const Description *description = access->tab.sheet->description;

	access->level = make_choice("Level");
	access->levels = description != NULL ? channel_access_levels(description)
					     : g_array_new(FALSE, FALSE, sizeof(AccessLevel));
	for (guint i = 0; i < access->levels->len; i++)
		gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(access->level),
		    g_array_index(access->levels, AccessLevel, i).name);
	gtk_combo_box_set_active(GTK_COMBO_BOX(access->level), 0);
	access->mask = make_entry("Mask", "Account, or nick!user@host with * and ?");
	gtk_entry_set_width_chars(GTK_ENTRY(access->mask), 36);
	access->span = make_choice("How long");
	for (guint i = 0; i < G_N_ELEMENTS(spans); i++)
		gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(access->span), spans[i].label);
	gtk_combo_box_set_active(GTK_COMBO_BOX(access->span), 0);
	access->reason = make_entry("Reason", "Reason, shown to operators of the channel");
	gtk_entry_set_max_length(GTK_ENTRY(access->reason), ASKING_REASON_MAX);
	access->add = gtk_button_new_with_mnemonic("_Add");
	gtk_widget_set_sensitive(access->add, FALSE);
	g_signal_connect(access->mask, "changed", G_CALLBACK(on_mask_typed), access);
	g_signal_connect(access->mask, "activate", G_CALLBACK(on_add), access);
	g_signal_connect(access->reason, "activate", G_CALLBACK(on_add), access);
	g_signal_connect(access->add, "clicked", G_CALLBACK(on_add), access);
}

static GtkWidget *
make_form(Access *access)
{
	GtkWidget *grid = page_channel_grid_new();
	GtkWidget *filter = gtk_search_entry_new();

	make_inputs(access);
	atk_object_set_name(gtk_widget_get_accessible(filter), "Filter");
	gtk_entry_set_placeholder_text(GTK_ENTRY(filter), "Filter");
	g_signal_connect(filter, "search-changed", G_CALLBACK(on_filter), access);
	access->remove = gtk_button_new_with_mnemonic("_Remove");
	gtk_widget_set_sensitive(access->remove, FALSE);
	g_signal_connect(access->remove, "clicked", G_CALLBACK(on_remove), access);
	gtk_widget_set_hexpand(access->mask, TRUE);
	gtk_grid_attach(GTK_GRID(grid), access->level, 0, 0, 1, 1);
	gtk_grid_attach(GTK_GRID(grid), access->mask, 1, 0, 1, 1);
	gtk_grid_attach(GTK_GRID(grid), access->span, 2, 0, 1, 1);
	gtk_grid_attach(GTK_GRID(grid), access->reason, 0, 1, 2, 1);
	gtk_grid_attach(GTK_GRID(grid), access->add, 2, 1, 1, 1);
	gtk_grid_attach(GTK_GRID(grid), filter, 0, 2, 2, 1);
	gtk_grid_attach(GTK_GRID(grid), access->remove, 2, 2, 1, 1);
	return grid;
}

static GtkWidget *
create(SnapinPage *page, gpointer data)
{
	Access *access = data;
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);

	access->tab.page = page;
	access->form = make_form(access);
	gtk_widget_set_sensitive(access->form, FALSE);
	access->note = page_channel_note_new();
	gtk_box_pack_start(GTK_BOX(box), access->form, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), access->note, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), make_view(access), TRUE, TRUE, 0);
	load(access);
	return page_frame(box);
}

/* ---- Applying ---- */

/* After a refusal some entries may be changed: what is not stays to be done. */
static void
applied(ChannelTab *tab, gboolean done)
{
	Access *access = (Access *)tab;

	access->keeping = !done;
	load(access);
}

static void
apply_async(SnapinPage *page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	Access *access = data;

	page_channel_apply(
	    &access->tab, channel_access_changes(access->list), cancellable, callback, user_data);
}

SnapinPageSpec
page_channel_access(PageChannel *sheet)
{
	Access *access = g_new0(Access, 1);

	page_channel_tab_init(&access->tab, sheet);
	access->tab.applied = applied;
	access->list = channel_access_new(sheet->name);
	return (SnapinPageSpec){
	    .size = sizeof(SnapinPageSpec),
	    .id = "channel-access",
	    .title = "Access",
	    .help = "channel-properties",
	    .create = create,
	    .apply_async = apply_async,
	    .apply_finish = page_read_apply_finish,
	    .data = access,
	    .free_data = access_free,
	};
}
