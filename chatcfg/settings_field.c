/* SPDX-License-Identifier: MIT */
#include "settings_field.h"

#include "settings_text.h"

#include <string.h>

#define SHORT_CHARS 14
#define LONG_CHARS 40
#define TEXT_HEIGHT 110 /* pixels, about six lines */
#define FLAGS_IN_A_ROW 5

typedef struct FieldKind {
	const char *type;
	void (*create)(SettingsField *field);
	char *(*text)(const SettingsField *field);
	void (*set_text)(SettingsField *field, const char *text);
} FieldKind;

struct SettingsField {
	const DescribedSetting *setting;
	const FieldKind *kind;
	GtkWidget *widget;
	GtkWidget *focus;
	GPtrArray *checks; /* of flags; borrowed */
	char *unknown;     /* words of a newer service among flags */
	SettingsFieldFunc changed;
	gpointer data;
	gboolean filling;
};

static void
person_changed(SettingsField *field)
{
	if (!field->filling)
		field->changed(field, field->data);
}

/* ---- bool ---- */

static void
create_switch(SettingsField *field)
{
	field->widget = field->focus = gtk_switch_new();
	gtk_widget_set_halign(field->widget, GTK_ALIGN_START);
	gtk_widget_set_valign(field->widget, GTK_ALIGN_CENTER);
	g_signal_connect_swapped(
	    field->widget, "notify::active", G_CALLBACK(person_changed), field);
}

static char *
switch_text(const SettingsField *field)
{
	return g_strdup(settings_text_of_bool(gtk_switch_get_active(GTK_SWITCH(field->widget))));
}

static void
switch_set_text(SettingsField *field, const char *text)
{
	gtk_switch_set_active(GTK_SWITCH(field->widget), settings_text_is_on(text));
}

/* ---- enum ---- */

static void
create_combo(SettingsField *field)
{
	GtkComboBoxText *combo;

	field->widget = field->focus = gtk_combo_box_text_new();
	combo = GTK_COMBO_BOX_TEXT(field->widget);
	for (const char *const *value = field->setting->values; value != NULL && *value != NULL;
	     value++)
		gtk_combo_box_text_append(combo, *value, *value);
	gtk_widget_set_halign(field->widget, GTK_ALIGN_START);
	g_signal_connect_swapped(field->widget, "changed", G_CALLBACK(person_changed), field);
}

static char *
combo_text(const SettingsField *field)
{
	const char *id = gtk_combo_box_get_active_id(GTK_COMBO_BOX(field->widget));

	return g_strdup(id != NULL ? id : "");
}

static void
combo_set_text(SettingsField *field, const char *text)
{
	GtkComboBox *combo = GTK_COMBO_BOX(field->widget);

	if (gtk_combo_box_set_active_id(combo, text) || *text == '\0')
		return;
	/* A value that the description does not have is shown all the same. */
	gtk_combo_box_text_append(GTK_COMBO_BOX_TEXT(combo), text, text);
	gtk_combo_box_set_active_id(combo, text);
}

/* ---- flags ---- */

static void
create_checks(SettingsField *field)
{
	guint count = 0;

	while (field->setting->values != NULL && field->setting->values[count] != NULL)
		count++;
	field->widget = gtk_box_new(
	    count > FLAGS_IN_A_ROW ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL,
	    count > FLAGS_IN_A_ROW ? 0 : 12);
	for (guint i = 0; i < count; i++) {
		GtkWidget *check = gtk_check_button_new_with_label(field->setting->values[i]);

		g_ptr_array_add(field->checks, check);
		gtk_container_add(GTK_CONTAINER(field->widget), check);
		g_signal_connect_swapped(check, "toggled", G_CALLBACK(person_changed), field);
	}
	field->focus = count > 0 ? field->checks->pdata[0] : field->widget;
}

static char *
checks_text(const SettingsField *field)
{
	char *text = g_strdup(field->unknown != NULL ? field->unknown : "");

	for (guint i = 0; i < field->checks->len; i++) {
		gboolean in =
		    gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(field->checks->pdata[i]));
		char *more = settings_text_with_word(
		    text, field->setting->values, field->setting->values[i], in);

		g_free(text);
		text = more;
	}
	return text;
}

static void
checks_set_text(SettingsField *field, const char *text)
{
	g_free(field->unknown);
	field->unknown = g_strdup(text);
	for (guint i = 0; i < field->checks->len; i++) {
		const char *word = field->setting->values[i];
		char *rest =
		    settings_text_with_word(field->unknown, field->setting->values, word, FALSE);

		gtk_toggle_button_set_active(
		    GTK_TOGGLE_BUTTON(field->checks->pdata[i]), settings_text_has_word(text, word));
		g_free(field->unknown);
		field->unknown = rest;
	}
}

/* ---- text of many lines ---- */

static void
create_text_view(SettingsField *field)
{
	GtkWidget *view = gtk_text_view_new();
	GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(view));

	field->widget = gtk_scrolled_window_new(NULL, NULL);
	gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(field->widget), GTK_SHADOW_IN);
	gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(field->widget), TEXT_HEIGHT);
	gtk_text_view_set_monospace(GTK_TEXT_VIEW(view), TRUE);
	gtk_text_view_set_accepts_tab(GTK_TEXT_VIEW(view), FALSE);
	gtk_text_view_set_left_margin(GTK_TEXT_VIEW(view), 6);
	gtk_text_view_set_top_margin(GTK_TEXT_VIEW(view), 4);
	gtk_widget_set_hexpand(field->widget, TRUE);
	gtk_container_add(GTK_CONTAINER(field->widget), view);
	field->focus = view;
	g_signal_connect_swapped(buffer, "changed", G_CALLBACK(person_changed), field);
}

static char *
text_view_text(const SettingsField *field)
{
	GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(field->focus));
	GtkTextIter start, end;

	gtk_text_buffer_get_bounds(buffer, &start, &end);
	return gtk_text_buffer_get_text(buffer, &start, &end, FALSE);
}

static void
text_view_set_text(SettingsField *field, const char *text)
{
	gtk_text_buffer_set_text(gtk_text_view_get_buffer(GTK_TEXT_VIEW(field->focus)), text, -1);
}

/* ---- everything else is a line of text ---- */

static void
create_entry(SettingsField *field)
{
	static const char *const shorts[] = {
	    "uint", "size", "duration", "octal", "modes", "address", NULL};
	gboolean is_short = g_strv_contains(shorts, field->setting->type);

	field->widget = field->focus = gtk_entry_new();
	gtk_entry_set_width_chars(GTK_ENTRY(field->widget), is_short ? SHORT_CHARS : LONG_CHARS);
	gtk_widget_set_hexpand(field->widget, !is_short);
	if (strcmp(field->setting->type, "uint") == 0)
		gtk_entry_set_input_purpose(GTK_ENTRY(field->widget), GTK_INPUT_PURPOSE_DIGITS);
	if (field->setting->secret) {
		gtk_entry_set_visibility(GTK_ENTRY(field->widget), FALSE);
		gtk_entry_set_input_purpose(GTK_ENTRY(field->widget), GTK_INPUT_PURPOSE_PASSWORD);
	}
	g_signal_connect_swapped(field->widget, "changed", G_CALLBACK(person_changed), field);
}

static char *
entry_text(const SettingsField *field)
{
	return g_strdup(gtk_entry_get_text(GTK_ENTRY(field->widget)));
}

static void
entry_set_text(SettingsField *field, const char *text)
{
	gtk_entry_set_text(GTK_ENTRY(field->widget), text);
}

static const FieldKind kinds[] = {
    {"bool", create_switch, switch_text, switch_set_text},
    {"enum", create_combo, combo_text, combo_set_text},
    {"flags", create_checks, checks_text, checks_set_text},
    {"text", create_text_view, text_view_text, text_view_set_text},
    {NULL, create_entry, entry_text, entry_set_text}, /* any other type */
};

static void
field_free(gpointer data)
{
	SettingsField *field = data;

	g_ptr_array_unref(field->checks);
	g_free(field->unknown);
	g_free(field);
}

SettingsField *
settings_field_new(const DescribedSetting *setting, SettingsFieldFunc changed, gpointer data)
{
	SettingsField *field = g_new0(SettingsField, 1);

	field->setting = setting;
	field->changed = changed;
	field->data = data;
	field->checks = g_ptr_array_new();
	field->kind = kinds;
	while (field->kind->type != NULL && strcmp(field->kind->type, setting->type) != 0)
		field->kind++;
	field->kind->create(field);
	g_object_set_data_full(G_OBJECT(field->widget), "settings-field", field, field_free);
	return field;
}

const DescribedSetting *
settings_field_setting(const SettingsField *field)
{
	return field->setting;
}

GtkWidget *
settings_field_widget(const SettingsField *field)
{
	return field->widget;
}

GtkWidget *
settings_field_focus(const SettingsField *field)
{
	return field->focus;
}

char *
settings_field_text(const SettingsField *field)
{
	return field->kind->text(field);
}

void
settings_field_set_text(SettingsField *field, const char *text)
{
	g_autofree char *now = settings_field_text(field);

	/* The cursor stays where it is when nothing is new. */
	if (strcmp(now, text) == 0)
		return;
	field->filling = TRUE;
	field->kind->set_text(field, text);
	field->filling = FALSE;
}

void
settings_field_set_is_set(SettingsField *field, gboolean is_set)
{
	if (GTK_IS_ENTRY(field->widget))
		gtk_entry_set_placeholder_text(
		    GTK_ENTRY(field->widget), is_set ? "Set; type here to replace it" : "Not set");
}

void
settings_field_mark_wrong(SettingsField *field, gboolean wrong)
{
	GtkStyleContext *style = gtk_widget_get_style_context(field->focus);

	if (wrong)
		gtk_style_context_add_class(style, GTK_STYLE_CLASS_ERROR);
	else
		gtk_style_context_remove_class(style, GTK_STYLE_CLASS_ERROR);
	if (GTK_IS_ENTRY(field->widget))
		gtk_entry_set_icon_from_icon_name(GTK_ENTRY(field->widget),
		    GTK_ENTRY_ICON_SECONDARY, wrong ? "dialog-error-symbolic" : NULL);
}
