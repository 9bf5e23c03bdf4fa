/* SPDX-License-Identifier: MIT */
#include "settings_form_row.h"

#include "settings_text.h"

#include <string.h>

#define ROWS_EACH 3 /* of the grid */
#define ROW_GAP 12
#define HELP_CHARS 72

static void
field_changed(SettingsField *field, gpointer data)
{
	SettingsFormRow *row = data;

	row->typed(row, row->data);
}

static void
reset_clicked(SettingsFormRow *row)
{
	row->to_default(row, row->data);
}

static GtkWidget *
wrapped_label(const char *text)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(label), HELP_CHARS);
	return label;
}

static void
add_class(GtkWidget *widget, const char *class)
{
	gtk_style_context_add_class(gtk_widget_get_style_context(widget), class);
}

static char *
help_text(const DescribedSetting *setting)
{
	g_autofree char *allowed = settings_text_allowed(setting);
	g_autofree char *default_text = described_value_text(setting->default_value);
	GString *text = g_string_new(setting->help);

	if (allowed != NULL)
		g_string_append_printf(text, " Allowed: %s.", allowed);
	if (*default_text != '\0')
		g_string_append_printf(text, " Default:\u00a0%s.", default_text);
	return g_string_free(text, FALSE);
}

static GtkWidget *
make_reset(SettingsFormRow *row, const DescribedSetting *setting)
{
	GtkWidget *button =
	    gtk_button_new_from_icon_name("edit-clear-symbolic", GTK_ICON_SIZE_BUTTON);
	g_autofree char *name = g_strdup_printf("Reset %s to Default", setting->label);

	gtk_button_set_relief(GTK_BUTTON(button), GTK_RELIEF_NONE);
	gtk_widget_set_valign(button, GTK_ALIGN_START);
	atk_object_set_name(gtk_widget_get_accessible(button), name);
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(reset_clicked), row);
	return button;
}

/* The input with what belongs beside it. */
static void
make_line(SettingsFormRow *row, const DescribedSetting *setting)
{
	GtkWidget *widget = settings_field_widget(row->field);

	row->line = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
	gtk_box_pack_start(GTK_BOX(row->line), widget, gtk_widget_get_hexpand(widget), TRUE, 0);
	if (strcmp(setting->type, "uint") == 0 && *setting->unit != '\0')
		gtk_container_add(GTK_CONTAINER(row->line), gtk_label_new(setting->unit));
	row->reset = make_reset(row, setting);
	gtk_container_add(GTK_CONTAINER(row->line), row->reset);
	if (!setting->live) {
		GtkWidget *badge = gtk_label_new("needs a restart");

		add_class(badge, GTK_STYLE_CLASS_DIM_LABEL);
		gtk_widget_set_tooltip_text(
		    badge, "A change is written at once and in force when the service restarts.");
		gtk_container_add(GTK_CONTAINER(row->line), badge);
	}
}

SettingsFormRow *
settings_form_row_new(const DescribedSetting *setting, GString *used, SettingsFormRowFunc typed,
    SettingsFormRowFunc to_default, gpointer data)
{
	SettingsFormRow *row = g_new0(SettingsFormRow, 1);
	const char *name = *setting->label != '\0' ? setting->label : setting->key;
	g_autofree char *mnemonic = settings_text_mnemonic(name, used);
	g_autofree char *help = help_text(setting);
	AtkObject *accessible;

	row->typed = typed;
	row->to_default = to_default;
	row->data = data;
	row->field = settings_field_new(setting, field_changed, row);
	row->label = gtk_label_new_with_mnemonic(mnemonic);
	gtk_label_set_mnemonic_widget(GTK_LABEL(row->label), settings_field_focus(row->field));
	make_line(row, setting);
	row->help = wrapped_label(help);
	add_class(row->help, GTK_STYLE_CLASS_DIM_LABEL);
	row->note = wrapped_label(NULL);
	gtk_widget_set_no_show_all(row->note, TRUE);
	accessible = gtk_widget_get_accessible(settings_field_focus(row->field));
	atk_object_set_description(accessible, help);
	atk_object_set_accessible_id(accessible, setting->key);
	return row;
}

void
settings_form_row_free(SettingsFormRow *row)
{
	g_free(row->refusal);
	g_free(row);
}

void
settings_form_row_attach(SettingsFormRow *row, GtkGrid *grid, guint index)
{
	int top = (int)index * ROWS_EACH;

	gtk_label_set_xalign(GTK_LABEL(row->label), 1);
	gtk_widget_set_valign(row->label, GTK_ALIGN_START);
	gtk_widget_set_margin_top(row->label, (index > 0 ? ROW_GAP : 0) + 7);
	gtk_widget_set_margin_top(row->line, index > 0 ? ROW_GAP : 0);
	gtk_widget_set_hexpand(row->line, TRUE);
	gtk_grid_attach(grid, row->label, 0, top, 1, 1);
	gtk_grid_attach(grid, row->line, 1, top, 1, 1);
	gtk_grid_attach(grid, row->help, 1, top + 1, 1, 1);
	gtk_grid_attach(grid, row->note, 1, top + 2, 1, 1);
}

/* ---- What it says ---- */

static void
show_note(SettingsFormRow *row, const char *class, const char *sentence)
{
	GtkStyleContext *style = gtk_widget_get_style_context(row->note);

	gtk_style_context_remove_class(style, GTK_STYLE_CLASS_ERROR);
	gtk_style_context_remove_class(style, GTK_STYLE_CLASS_WARNING);
	if (class != NULL)
		gtk_style_context_add_class(style, class);
	gtk_label_set_text(GTK_LABEL(row->note), sentence != NULL ? sentence : "");
	gtk_widget_set_visible(row->note, sentence != NULL);
}

static void
say(SettingsFormRow *row, const SettingsValue *value, const SettingsTyped *typed)
{
	if (row->refusal != NULL) {
		show_note(row, GTK_STYLE_CLASS_ERROR, row->refusal);
	} else if (typed != NULL && value != NULL && value->value != NULL &&
		   g_strcmp0(typed->base, value->value) != 0) {
		g_autofree char *brief = settings_text_brief(value->value);
		g_autofree char *sentence = g_strdup_printf(
		    "%s changed it to %s meanwhile; what you typed is not applied yet.",
		    value->changed_by != NULL ? value->changed_by : "Somebody", brief);

		show_note(row, GTK_STYLE_CLASS_WARNING, sentence);
	} else if (value != NULL && value->pending) {
		show_note(
		    row, GTK_STYLE_CLASS_WARNING, "Written; in force when the service restarts.");
	} else {
		show_note(row, NULL, NULL);
	}
	settings_field_mark_wrong(row->field, row->refusal != NULL);
}

static void
set_tooltips(SettingsFormRow *row, const SettingsValue *value)
{
	g_autofree char *text = NULL;

	if (value == NULL)
		text = g_strdup("Not written yet");
	else if (g_strcmp0(value->source, "default") == 0)
		text = g_strdup("The default: no file sets it");
	else
		text = g_strdup_printf("Set in %s%s%s", value->source,
		    value->changed_by != NULL ? ", by " : "",
		    value->changed_by != NULL ? value->changed_by : "");
	gtk_widget_set_tooltip_text(row->label, text);
	gtk_widget_set_tooltip_text(settings_field_focus(row->field), text);
}

static void
show_label(SettingsFormRow *row, gboolean typed)
{
	g_autoptr(PangoAttrList) attributes = pango_attr_list_new();

	if (typed)
		pango_attr_list_insert(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
	gtk_label_set_attributes(GTK_LABEL(row->label), attributes);
}

void
settings_form_row_show(SettingsFormRow *row, const SettingsValue *value, const SettingsTyped *typed)
{
	const DescribedSetting *setting = settings_field_setting(row->field);
	g_autofree char *default_text = described_value_text(setting->default_value);
	const char *text = value != NULL && value->value != NULL ? value->value : default_text;
	g_autofree char *tooltip = NULL;
	gboolean is_default;

	if (typed != NULL)
		text = typed->text != NULL ? typed->text : default_text;
	else if (setting->secret)
		text = "";
	settings_field_set_text(row->field, text);
	is_default = settings_text_same(setting, text, default_text);
	if (setting->secret) {
		gboolean is_set = value != NULL && value->set;
		gboolean goes = typed != NULL && typed->text == NULL;

		settings_field_set_is_set(row->field, is_set && !goes);
		is_default = goes || (!is_set && typed == NULL);
	}
	gtk_widget_set_sensitive(row->reset, !is_default);
	tooltip = *default_text != '\0' ? g_strdup_printf("Reset to the default, %s", default_text)
					: g_strdup("Reset to the default: empty");
	gtk_widget_set_tooltip_text(row->reset, tooltip);
	show_label(row, typed != NULL);
	set_tooltips(row, value);
	say(row, value, typed);
}

void
settings_form_row_set_refusal(SettingsFormRow *row, const char *sentence)
{
	if (row->refusal == sentence)
		return;
	g_free(row->refusal);
	row->refusal = g_strdup(sentence);
}
