/* SPDX-License-Identifier: MIT */
#include "page_channel_private.h"

#include "page_read.h"

#include <string.h>

#define LIMIT_MAX 1000000

typedef struct General {
	ChannelTab tab; /* first */
	ChannelModes modes;
	char *topic;
	GtkWidget *form;
	GtkWidget *note;
	GtkWidget *topic_entry;
	GtkWidget *key_entry;
	GtkWidget *limited;
	GtkWidget *limit;
	GtkWidget *registered;
	GPtrArray *flags;   /* check buttons; their widget names are the letters */
	gboolean is_loaded; /* else what is typed means nothing */
	gboolean filling;
	gboolean registering; /* what is being applied; the widgets may be gone by then */
} General;

static void
general_free(gpointer data)
{
	General *general = data;

	general->tab.sheet->general = NULL;
	g_cancellable_cancel(general->tab.sheet->life);
	channel_modes_clear(&general->modes);
	g_ptr_array_unref(general->flags);
	g_free(general->topic);
	page_channel_unref(general->tab.sheet);
	g_free(general);
}

/* ---- What is typed ---- */

static gboolean
is_checked(GtkWidget *button)
{
	return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(button));
}

static void
typed_modes(const General *general, ChannelModes *ret_modes)
{
	GString *flags = g_string_new(NULL);
	const char *key = gtk_entry_get_text(GTK_ENTRY(general->key_entry));

	for (guint i = 0; i < general->flags->len; i++)
		if (is_checked(general->flags->pdata[i]))
			g_string_append(flags, gtk_widget_get_name(general->flags->pdata[i]));
	*ret_modes = (ChannelModes){
	    .flags = g_string_free(flags, FALSE),
	    .key = *key != '\0' ? g_strdup(key) : NULL,
	    .limit = is_checked(general->limited)
			 ? g_strdup_printf("%d",
			       gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(general->limit)))
			 : NULL,
	};
}

/* What has to be called to get there; NULL if nothing was changed. */
static CallChain *
changes(const General *general)
{
	const PageChannel *sheet = general->tab.sheet;
	CallChain *chain = call_chain_new();
	const char *topic = gtk_entry_get_text(GTK_ENTRY(general->topic_entry));
	gboolean registered = is_checked(general->registered);
	g_autofree char *modes = NULL;
	g_autofree char *parameters = NULL;
	ChannelModes typed;

	typed_modes(general, &typed);
	/* First what keeps the channel there. */
	if (registered && !sheet->registered)
		call_chain_add(
		    chain, "channel.register", json_pack("{s:s}", "channel", sheet->name));
	if (strcmp(topic, general->topic) != 0)
		call_chain_add(chain, "channel.set_topic",
		    json_pack("{s:s, s:s}", "channel", sheet->name, "topic", topic));
	if (channel_modes_change(&general->modes, &typed, sheet->description, &modes, &parameters))
		call_chain_add(chain, "channel.set_mode",
		    json_pack("{s:s, s:s, s:s}", "channel", sheet->name, "modes", modes,
			"parameters", parameters));
	if (!registered && sheet->registered)
		call_chain_add(
		    chain, "channel.unregister", json_pack("{s:s}", "channel", sheet->name));
	channel_modes_clear(&typed);
	return chain;
}

static void
on_edited(GtkWidget *widget, General *general)
{
	const SnapinHost *host = service_host(general->tab.sheet->service);
	const char *key = gtk_entry_get_text(GTK_ENTRY(general->key_entry));
	CallChain *chain;

	gtk_widget_set_sensitive(general->limit, is_checked(general->limited));
	if (general->filling || !general->is_loaded)
		return;
	chain = changes(general);
	host->page_set_dirty(host, general->tab.page, !call_chain_is_empty(chain));
	call_chain_free(chain);
	host->page_set_problem(host, general->tab.page,
	    strpbrk(key, " ,") != NULL ? "A key has no spaces and no commas." : NULL);
}

/* ---- What the service says ---- */

static void
fill(General *general)
{
	const ChannelModes *modes = &general->modes;

	general->filling = TRUE;
	gtk_entry_set_text(GTK_ENTRY(general->topic_entry), general->topic);
	for (guint i = 0; i < general->flags->len; i++)
		gtk_toggle_button_set_active(general->flags->pdata[i],
		    channel_modes_have(modes, gtk_widget_get_name(general->flags->pdata[i])));
	gtk_entry_set_text(GTK_ENTRY(general->key_entry), modes->key != NULL ? modes->key : "");
	gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(general->limited), modes->limit != NULL);
	gtk_spin_button_set_value(GTK_SPIN_BUTTON(general->limit),
	    modes->limit != NULL ? (double)g_ascii_strtoll(modes->limit, NULL, 10) : 50);
	gtk_toggle_button_set_active(
	    GTK_TOGGLE_BUTTON(general->registered), general->tab.sheet->registered);
	general->filling = FALSE;
	on_edited(NULL, general);
}

static void
show(ChannelTab *tab, const json_t *channel, const char *problem)
{
	General *general = (General *)tab;
	const char *topic = json_string_value(json_object_get(channel, "topic"));
	g_autofree char *reason =
	    problem != NULL ? g_strdup(problem) : page_channel_may_change(tab->sheet);

	gtk_label_set_text(GTK_LABEL(general->note), reason != NULL ? reason : "");
	gtk_widget_set_visible(general->note, reason != NULL);
	gtk_widget_set_sensitive(general->form, reason == NULL);
	if (channel == NULL || tab->sheet->description == NULL)
		return;
	g_free(general->topic);
	general->topic = g_strdup(topic != NULL ? topic : "");
	channel_modes_clear(&general->modes);
	channel_modes_parse(&general->modes, json_string_value(json_object_get(channel, "modes")),
	    tab->sheet->description);
	general->is_loaded = TRUE;
	fill(general);
}

/* ---- The form ---- */

static void
attach(GtkWidget *grid, const char *text, GtkWidget *input, int row)
{
	GtkWidget *label = gtk_label_new_with_mnemonic(text);

	gtk_label_set_mnemonic_widget(GTK_LABEL(label), input);
	gtk_label_set_xalign(GTK_LABEL(label), 1);
	gtk_style_context_add_class(gtk_widget_get_style_context(label), GTK_STYLE_CLASS_DIM_LABEL);
	gtk_widget_set_hexpand(input, TRUE);
	gtk_grid_attach(GTK_GRID(grid), label, 0, row, 1, 1);
	gtk_grid_attach(GTK_GRID(grid), input, 1, row, 1, 1);
}

/* One check button per mode the service says channels have. */
static void
add_flags(General *general, GtkWidget *grid, int *row)
{
	guint count = 0;
	const DescribedMode *modes =
	    general->tab.sheet->description != NULL
		? description_modes(general->tab.sheet->description, &count)
		: NULL;

	for (guint i = 0; i < count; i++) {
		g_autofree char *text = NULL;
		GtkWidget *button;

		if (strcmp(modes[i].on, "channel") != 0 || strcmp(modes[i].kind, "flag") != 0)
			continue;
		text = g_strdup_printf("%s (+%s)", modes[i].name, modes[i].letter);
		*text = g_ascii_toupper(*text);
		button = gtk_check_button_new_with_label(text);
		gtk_widget_set_name(button, modes[i].letter);
		gtk_widget_set_tooltip_text(button, modes[i].help);
		g_signal_connect(button, "toggled", G_CALLBACK(on_edited), general);
		g_ptr_array_add(general->flags, button);
		gtk_grid_attach(GTK_GRID(grid), button, 1, (*row)++, 1, 1);
	}
}

static GtkWidget *
make_limit(General *general)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);

	general->limited = gtk_check_button_new_with_mnemonic("No more _than");
	general->limit = gtk_spin_button_new_with_range(1, LIMIT_MAX, 1);
	gtk_spin_button_set_value(GTK_SPIN_BUTTON(general->limit), 50);
	gtk_widget_set_sensitive(general->limit, FALSE);
	atk_object_set_name(gtk_widget_get_accessible(general->limit), "Most members");
	gtk_box_pack_start(GTK_BOX(box), general->limited, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), general->limit, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), gtk_label_new("members"), FALSE, FALSE, 0);
	g_signal_connect(general->limited, "toggled", G_CALLBACK(on_edited), general);
	g_signal_connect(general->limit, "value-changed", G_CALLBACK(on_edited), general);
	return box;
}

static GtkWidget *
make_form(General *general)
{
	GtkWidget *grid = gtk_grid_new();
	int row = 3;

	gtk_grid_set_row_spacing(GTK_GRID(grid), 6);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	general->topic_entry = gtk_entry_new();
	gtk_entry_set_width_chars(GTK_ENTRY(general->topic_entry), 40);
	general->key_entry = gtk_entry_new();
	gtk_entry_set_placeholder_text(GTK_ENTRY(general->key_entry), "None: anybody may join");
	g_signal_connect(general->topic_entry, "changed", G_CALLBACK(on_edited), general);
	g_signal_connect(general->key_entry, "changed", G_CALLBACK(on_edited), general);
	attach(grid, "_Topic", general->topic_entry, 0);
	attach(grid, "_Key", general->key_entry, 1);
	attach(grid, "Limit", make_limit(general), 2);
	add_flags(general, grid, &row);
	general->registered = gtk_check_button_new_with_mnemonic(
	    "_Registered: kept when the last member leaves, also over a restart");
	gtk_widget_set_margin_top(general->registered, 6);
	g_signal_connect(general->registered, "toggled", G_CALLBACK(on_edited), general);
	gtk_grid_attach(GTK_GRID(grid), general->registered, 1, row, 1, 1);
	return grid;
}

static GtkWidget *
create(SnapinPage *page, gpointer data)
{
	General *general = data;
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
	g_autofree char *reason = service_may(general->tab.sheet->service, "channel.register");
	GtkWidget *frame;

	general->tab.page = page;
	general->note = gtk_label_new("Asking the service…");
	gtk_label_set_xalign(GTK_LABEL(general->note), 0);
	gtk_label_set_line_wrap(GTK_LABEL(general->note), TRUE);
	general->form = make_form(general);
	gtk_widget_set_sensitive(general->form, FALSE);
	gtk_widget_set_sensitive(general->registered, reason == NULL);
	gtk_widget_set_tooltip_text(general->registered, reason);
	gtk_box_pack_start(GTK_BOX(box), general->note, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), general->form, TRUE, TRUE, 0);
	frame = page_frame(box);
	return frame;
}

/* ---- Applying ---- */

static void
was_applied(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GTask) task = data;
	General *general = g_task_get_task_data(task);
	GError *error = NULL;

	if (call_chain_run_finish(result, &error)) {
		general->tab.sheet->registered = general->registering;
		page_channel_load(general->tab.sheet, &general->tab);
		g_task_return_boolean(task, TRUE);
	} else {
		g_task_return_error(task, error);
	}
}

static void
apply_async(SnapinPage *page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	General *general = data;
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	general->registering = is_checked(general->registered);
	g_task_set_task_data(task, general, NULL);
	call_chain_run_async(
	    changes(general), general->tab.sheet->service, cancellable, was_applied, task);
}

SnapinPageSpec
page_channel_general(PageChannel *sheet)
{
	General *general = g_new0(General, 1);

	general->tab.sheet = page_channel_ref(sheet);
	general->tab.show = show;
	general->topic = g_strdup("");
	general->flags = g_ptr_array_new();
	sheet->general = &general->tab;
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
