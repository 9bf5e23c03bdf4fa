/* SPDX-License-Identifier: MIT */
#include "page_channel_private.h"

#include "page_read.h"

#include <string.h>

typedef struct General {
	ChannelTab tab; /* first */
	char *topic;
	GtkWidget *form;
	GtkWidget *note;
	GtkWidget *topic_entry;
	GtkWidget *registered;
	gboolean is_loaded;   /* else what is typed means nothing */
	gboolean registering; /* what is being applied; the widgets may be gone by then */
} General;

static void
general_free(gpointer data)
{
	General *general = data;

	page_channel_tab_clear(&general->tab);
	g_free(general->topic);
	g_free(general);
}

static gboolean
is_registered(const General *general)
{
	return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(general->registered));
}

/* What has to be called to get to what is typed. */
static CallChain *
changes(const General *general)
{
	const PageChannel *sheet = general->tab.sheet;
	CallChain *chain = call_chain_new();
	const char *topic = gtk_entry_get_text(GTK_ENTRY(general->topic_entry));
	gboolean registered = is_registered(general);

	/* First what keeps the channel there. */
	if (registered && !sheet->registered)
		call_chain_add(
		    chain, "channel.register", json_pack("{s:s}", "channel", sheet->name));
	if (strcmp(topic, general->topic) != 0)
		call_chain_add(chain, "channel.set_topic",
		    json_pack("{s:s, s:s}", "channel", sheet->name, "topic", topic));
	if (!registered && sheet->registered)
		call_chain_add(
		    chain, "channel.unregister", json_pack("{s:s}", "channel", sheet->name));
	return chain;
}

static void
on_edited(GtkWidget *widget, General *general)
{
	const SnapinHost *host = service_host(general->tab.sheet->service);
	CallChain *chain;

	if (!general->is_loaded)
		return;
	chain = changes(general);
	host->page_set_dirty(host, general->tab.page, !call_chain_is_empty(chain));
	call_chain_free(chain);
}

static void
show(ChannelTab *tab, const json_t *channel, const char *problem)
{
	General *general = (General *)tab;
	const char *topic = json_string_value(json_object_get(channel, "topic"));
	g_autofree char *reason =
	    problem != NULL ? g_strdup(problem) : page_channel_may_change(tab->sheet);

	page_channel_note_set(general->note, reason);
	gtk_widget_set_sensitive(general->form, reason == NULL);
	if (channel == NULL || tab->sheet->description == NULL)
		return;
	g_free(general->topic);
	general->topic = g_strdup(topic != NULL ? topic : "");
	general->is_loaded = TRUE;
	gtk_entry_set_text(GTK_ENTRY(general->topic_entry), general->topic);
	gtk_toggle_button_set_active(
	    GTK_TOGGLE_BUTTON(general->registered), tab->sheet->registered);
	on_edited(NULL, general);
}

static GtkWidget *
make_form(General *general)
{
	GtkWidget *grid = page_channel_grid_new();

	general->topic_entry = gtk_entry_new();
	gtk_entry_set_width_chars(GTK_ENTRY(general->topic_entry), 40);
	g_signal_connect(general->topic_entry, "changed", G_CALLBACK(on_edited), general);
	page_channel_attach(grid, "_Topic", general->topic_entry, 0);
	general->registered = gtk_check_button_new_with_mnemonic(
	    "_Registered: kept when the last member leaves, also over a restart");
	gtk_widget_set_margin_top(general->registered, 6);
	g_signal_connect(general->registered, "toggled", G_CALLBACK(on_edited), general);
	gtk_grid_attach(GTK_GRID(grid), general->registered, 1, 1, 1, 1);
	return grid;
}

static GtkWidget *
create(SnapinPage *page, gpointer data)
{
	General *general = data;
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
	g_autofree char *reason = service_may(general->tab.sheet->service, "channel.register");

	general->tab.page = page;
	general->note = page_channel_note_new();
	general->form = make_form(general);
	gtk_widget_set_sensitive(general->form, FALSE);
	gtk_widget_set_sensitive(general->registered, reason == NULL);
	gtk_widget_set_tooltip_text(general->registered, reason);
	gtk_box_pack_start(GTK_BOX(box), general->note, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), general->form, TRUE, TRUE, 0);
	return page_frame(box);
}

/* ---- Applying ---- */

static void
applied(ChannelTab *tab, gboolean done)
{
	if (!done)
		return; /* what was typed stays */
	tab->sheet->registered = ((General *)tab)->registering;
	page_channel_load(tab->sheet, tab);
}

static void
apply_async(SnapinPage *page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	General *general = data;

	general->registering = is_registered(general);
	page_channel_apply(&general->tab, changes(general), cancellable, callback, user_data);
}

SnapinPageSpec
page_channel_general(PageChannel *sheet)
{
	General *general = g_new0(General, 1);

	page_channel_tab_init(&general->tab, sheet);
	general->tab.show = show;
	general->tab.applied = applied;
	general->topic = g_strdup("");
	return (SnapinPageSpec){
	    .size = sizeof(SnapinPageSpec),
	    .id = "channel",
	    .title = "General",
	    .help = "channel-properties",
	    .create = create,
	    .apply_async = apply_async,
	    .apply_finish = page_read_apply_finish,
	    .data = general,
	    .free_data = general_free,
	};
}
