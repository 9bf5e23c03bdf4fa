/* SPDX-License-Identifier: MIT */
/* The page of a channel's modes: all that the service says channels have, flags and values. */
#include "page_channel_private.h"

#include "page_read.h"

#include <string.h>

#define LIMIT_MAX 1000000
#define LIMIT_FIRST 50
#define FLAG_COLUMNS 2

/* The input of a mode. */
typedef struct ModeInput {
	const DescribedMode *mode; /* the sheet's description has it */
	GtkWidget *check;          /* of a flag and of a limit: is it set? */
	GtkWidget *value;          /* an entry, of a limit a spin button; NULL: a flag */
} ModeInput;

typedef struct Modes {
	ChannelTab tab;   /* first */
	ChannelModes now; /* as the service says */
	GArray *inputs;   /* ModeInput */
	GtkWidget *form;
	GtkWidget *note;
	gboolean is_loaded; /* else what is typed means nothing */
	gboolean filling;
	gboolean keeping; /* what is typed stays when the answer comes */
} Modes;

static void
modes_free(gpointer data)
{
	Modes *modes = data;

	page_channel_tab_clear(&modes->tab);
	channel_modes_clear(&modes->now);
	g_array_unref(modes->inputs);
	g_free(modes);
}

/* ---- What is typed ---- */

static gboolean
is_checked(const ModeInput *input)
{
	return gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(input->check));
}

/* What is typed for a mode that has a value; NULL: it is not set. Caller frees. */
static char *
typed_value(const ModeInput *input)
{
	const char *text;

	if (input->check != NULL && !is_checked(input))
		return NULL;
	if (GTK_IS_SPIN_BUTTON(input->value))
		return g_strdup_printf(
		    "%d", gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(input->value)));
	text = gtk_entry_get_text(GTK_ENTRY(input->value));
	return *text != '\0' ? g_strdup(text) : NULL;
}

static void
typed_modes(const Modes *modes, ChannelModes *ret_modes)
{
	channel_modes_init(ret_modes);
	for (guint i = 0; i < modes->inputs->len; i++) {
		const ModeInput *input = &g_array_index(modes->inputs, ModeInput, i);

		if (input->value != NULL) {
			g_autofree char *value = typed_value(input);

			channel_modes_set_value(ret_modes, input->mode->letter, value);
		} else if (is_checked(input)) {
			channel_modes_add_flag(ret_modes, input->mode->letter);
		}
	}
}

/* What has to be called to get there. */
static CallChain *
changes(const Modes *modes)
{
	const PageChannel *sheet = modes->tab.sheet;
	CallChain *chain = call_chain_new();
	g_autofree char *letters = NULL;
	g_autofree char *parameters = NULL;
	ChannelModes typed;

	typed_modes(modes, &typed);
	if (channel_modes_change(&modes->now, &typed, sheet->description, &letters, &parameters))
		call_chain_add(chain, "channel.set_mode",
		    json_pack("{s:s, s:s, s:s}", "channel", sheet->name, "modes", letters,
			"parameters", parameters));
	channel_modes_clear(&typed);
	return chain;
}

/* What no value can be, as a sentence; NULL if all may be. Caller frees. */
static char *
find_problem(const Modes *modes)
{
	for (guint i = 0; i < modes->inputs->len; i++) {
		const ModeInput *input = &g_array_index(modes->inputs, ModeInput, i);
		g_autofree char *value = input->value != NULL ? typed_value(input) : NULL;

		if (value != NULL && strchr(value, ' ') != NULL)
			return g_strdup_printf("The %s has no spaces.", input->mode->name);
	}
	return NULL;
}

static void
on_edited(GtkWidget *widget, Modes *modes)
{
	const SnapinHost *host = service_host(modes->tab.sheet->service);
	g_autofree char *problem = NULL;
	CallChain *chain;

	for (guint i = 0; i < modes->inputs->len; i++) {
		const ModeInput *input = &g_array_index(modes->inputs, ModeInput, i);

		if (input->value != NULL && input->check != NULL)
			gtk_widget_set_sensitive(input->value, is_checked(input));
	}
	if (modes->filling || !modes->is_loaded)
		return;
	chain = changes(modes);
	host->page_set_dirty(host, modes->tab.page, !call_chain_is_empty(chain));
	call_chain_free(chain);
	problem = find_problem(modes);
	host->page_set_problem(host, modes->tab.page, problem);
}

/* ---- What the service says ---- */

static void
fill(const Modes *modes, const ModeInput *input)
{
	const char *letter = input->mode->letter;
	const char *value = channel_modes_value(&modes->now, letter);

	if (input->check != NULL)
		gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(input->check),
		    value != NULL || channel_modes_have(&modes->now, letter));
	if (GTK_IS_SPIN_BUTTON(input->value))
		gtk_spin_button_set_value(GTK_SPIN_BUTTON(input->value),
		    value != NULL ? (double)g_ascii_strtoll(value, NULL, 10) : LIMIT_FIRST);
	else if (input->value != NULL)
		gtk_entry_set_text(GTK_ENTRY(input->value), value != NULL ? value : "");
}

static void
show(ChannelTab *tab, const json_t *channel, const char *problem)
{
	Modes *modes = (Modes *)tab;
	g_autofree char *reason =
	    problem != NULL ? g_strdup(problem) : page_channel_may_change(tab->sheet);

	page_channel_note_set(modes->note, reason);
	gtk_widget_set_sensitive(modes->form, reason == NULL);
	if (channel == NULL || tab->sheet->description == NULL)
		return;
	channel_modes_clear(&modes->now);
	channel_modes_parse(&modes->now, json_string_value(json_object_get(channel, "modes")),
	    tab->sheet->description);
	modes->is_loaded = TRUE;
	modes->filling = TRUE;
	for (guint i = 0; i < modes->inputs->len && !modes->keeping; i++)
		fill(modes, &g_array_index(modes->inputs, ModeInput, i));
	modes->filling = FALSE;
	modes->keeping = FALSE;
	on_edited(NULL, modes);
}

/* ---- The form ---- */

/* "Topic locked (+t)" */
static char *
title_of(const DescribedMode *mode)
{
	char *title = g_strdup_printf("%s (+%s)", mode->name, mode->letter);

	*title = g_ascii_toupper(*title);
	return title;
}

static GtkWidget *
make_check(Modes *modes, const char *title)
{
	GtkWidget *check = gtk_check_button_new_with_label(title);

	g_signal_connect(check, "toggled", G_CALLBACK(on_edited), modes);
	return check;
}

static void
add_flag(Modes *modes, GtkWidget *grid, const DescribedMode *mode, guint index)
{
	g_autofree char *title = title_of(mode);
	const ModeInput input = {.mode = mode, .check = make_check(modes, title)};

	gtk_widget_set_tooltip_text(input.check, mode->help);
	/* It follows from something else, and is only shown. */
	gtk_widget_set_sensitive(input.check, strcmp(mode->who, "service") != 0);
	g_array_append_val(modes->inputs, input);
	gtk_grid_attach(GTK_GRID(grid), input.check, (int)(index % FLAG_COLUMNS),
	    (int)(index / FLAG_COLUMNS), 1, 1);
}

/* A limit begins somewhere when it is set; another value is there or empty. */
static void
add_value(Modes *modes, GtkWidget *grid, const DescribedMode *mode, int row)
{
	g_autofree char *title = title_of(mode);
	ModeInput input = {.mode = mode};
	GtkWidget *place;

	if (channel_mode_is(mode, "limit")) {
		place = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
		input.check = make_check(modes, "No more than");
		input.value = gtk_spin_button_new_with_range(1, LIMIT_MAX, 1);
		atk_object_set_name(gtk_widget_get_accessible(input.value), title);
		g_signal_connect(input.value, "value-changed", G_CALLBACK(on_edited), modes);
		gtk_box_pack_start(GTK_BOX(place), input.check, FALSE, FALSE, 0);
		gtk_box_pack_start(GTK_BOX(place), input.value, FALSE, FALSE, 0);
	} else {
		place = input.value = gtk_entry_new();
		gtk_entry_set_width_chars(GTK_ENTRY(input.value), 32);
		gtk_entry_set_placeholder_text(GTK_ENTRY(input.value), "None");
		g_signal_connect(input.value, "changed", G_CALLBACK(on_edited), modes);
	}
	gtk_widget_set_tooltip_text(place, mode->help);
	g_array_append_val(modes->inputs, input);
	page_channel_attach(grid, title, place, row);
}

static GtkWidget *
make_form(Modes *modes)
{
	const Description *description = modes->tab.sheet->description;
	GtkWidget *form = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
	GtkWidget *values = page_channel_grid_new();
	GtkWidget *flags = page_channel_grid_new();
	guint count = 0, n_flags = 0;
	int n_values = 0;
	const DescribedMode *rows =
	    description != NULL ? description_modes(description, &count) : NULL;

	for (guint i = 0; i < count; i++) {
		if (channel_mode_is(&rows[i], "flag"))
			add_flag(modes, flags, &rows[i], n_flags++);
		else if (channel_mode_has_value(&rows[i]))
			add_value(modes, values, &rows[i], n_values++);
	}
	gtk_box_pack_start(GTK_BOX(form), values, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(form), flags, FALSE, FALSE, 0);
	return form;
}

static GtkWidget *
create(SnapinPage *page, gpointer data)
{
	Modes *modes = data;
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);

	modes->tab.page = page;
	modes->note = page_channel_note_new();
	modes->form = make_form(modes);
	gtk_widget_set_sensitive(modes->form, FALSE);
	gtk_box_pack_start(GTK_BOX(box), modes->note, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), modes->form, TRUE, TRUE, 0);
	return page_frame(box);
}

/* ---- Applying ---- */

static void
applied(ChannelTab *tab, gboolean done)
{
	/* After a refusal some modes may be changed; what was typed stays and can be put right. */
	((Modes *)tab)->keeping = !done;
	page_channel_load(tab->sheet, tab);
}

static void
apply_async(SnapinPage *page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	Modes *modes = data;

	page_channel_apply(&modes->tab, changes(modes), cancellable, callback, user_data);
}

SnapinPageSpec
page_channel_modes(PageChannel *sheet)
{
	Modes *modes = g_new0(Modes, 1);

	page_channel_tab_init(&modes->tab, sheet);
	modes->tab.show = show;
	modes->tab.applied = applied;
	modes->inputs = g_array_new(FALSE, FALSE, sizeof(ModeInput));
	channel_modes_init(&modes->now);
	return (SnapinPageSpec){
	    .size = sizeof(SnapinPageSpec),
	    .id = "channel-modes",
	    .title = "Modes",
	    .help = "channel-properties",
	    .create = create,
	    .apply_async = apply_async,
	    .apply_finish = page_read_apply_finish,
	    .data = modes,
	    .free_data = modes_free,
	};
}
