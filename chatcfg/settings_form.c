/* SPDX-License-Identifier: MIT */
#include "settings_form.h"

#include "settings_form_row.h"
#include "settings_text.h"

#include <string.h>

#define RESPONSE_RELOAD 1

struct SettingsForm {
	SettingsModel *model;
	SettingsEdit *edit;
	Description *description; /* the fields' settings live in it */
	char *section;
	SettingsFormFunc changed;
	gpointer data;
	GtkWidget *widget;
	GtkWidget *bar;
	GtkWidget *bar_text;
	GtkWidget *reload;
	GPtrArray *rows; /* SettingsFormRow */
};

static void
form_free(gpointer data)
{
	SettingsForm *form = data;

	g_ptr_array_unref(form->rows);
	description_unref(form->description);
	settings_edit_unref(form->edit);
	settings_model_unref(form->model);
	g_free(form->section);
	g_free(form);
}

/* ---- The bar above ---- */

static void
bar_answered(GtkInfoBar *bar, int response, gpointer data)
{
	SettingsForm *form = data;

	gtk_widget_hide(GTK_WIDGET(bar));
	settings_model_reload(form->model);
}

static void
make_bar(SettingsForm *form)
{
	GtkWidget *content;

	form->bar = gtk_info_bar_new();
	form->bar_text = gtk_label_new(NULL);
	gtk_label_set_line_wrap(GTK_LABEL(form->bar_text), TRUE);
	gtk_label_set_xalign(GTK_LABEL(form->bar_text), 0);
	content = gtk_info_bar_get_content_area(GTK_INFO_BAR(form->bar));
	gtk_container_add(GTK_CONTAINER(content), form->bar_text);
	form->reload = gtk_info_bar_add_button(GTK_INFO_BAR(form->bar), "_Reload", RESPONSE_RELOAD);
	gtk_widget_show_all(form->bar);
	gtk_widget_set_no_show_all(form->bar, TRUE);
	gtk_widget_hide(form->bar);
	atk_object_set_role(gtk_widget_get_accessible(form->bar), ATK_ROLE_ALERT);
	g_signal_connect(form->bar, "response", G_CALLBACK(bar_answered), form);
	gtk_container_add(GTK_CONTAINER(form->widget), form->bar);
}

void
settings_form_show_message(SettingsForm *form, GtkMessageType type, const char *sentence)
{
	gtk_label_set_text(GTK_LABEL(form->bar_text), sentence != NULL ? sentence : "");
	gtk_info_bar_set_message_type(GTK_INFO_BAR(form->bar), type);
	gtk_widget_set_visible(form->reload, FALSE);
	gtk_widget_set_visible(form->bar, sentence != NULL);
	atk_object_set_name(gtk_widget_get_accessible(form->bar), sentence != NULL ? sentence : "");
}

/* ---- Typing ---- */

static const SettingsValue *
value_of(const SettingsForm *form, const DescribedSetting *setting)
{
	return settings_model_find(form->model, form->section, setting->key);
}

static void
show_row(SettingsForm *form, SettingsFormRow *row)
{
	const DescribedSetting *setting = settings_field_setting(row->field);

	settings_form_row_show(row, value_of(form, setting),
	    settings_edit_get(form->edit, form->section, setting->key));
}

static void
take_text(SettingsForm *form, SettingsFormRow *row, const char *text)
{
	const DescribedSetting *setting = settings_field_setting(row->field);
	const SettingsValue *value = value_of(form, setting);
	g_autofree char *default_text = described_value_text(setting->default_value);
	const char *now = value != NULL ? value->value : default_text;
	gboolean untouched =
	    text != NULL &&
	    (setting->secret ? *text == '\0' : settings_text_same(setting, text, now));

	/* What is the default already needs no way back to it. */
	if (text == NULL && (setting->secret ? value == NULL || !value->set
					     : settings_text_same(setting, now, default_text)))
		untouched = TRUE;
	if (untouched)
		settings_edit_take_back(form->edit, form->section, setting->key);
	else
		settings_edit_set(form->edit, form->section, setting->key, text,
		    value != NULL ? value->value : NULL);
	settings_form_row_set_refusal(row, NULL);
	show_row(form, row);
	form->changed(form, form->data);
}

static void
row_typed(SettingsFormRow *row, gpointer data)
{
	g_autofree char *text = settings_field_text(row->field);

	take_text(data, row, text);
}

static void
row_reset(SettingsFormRow *row, gpointer data)
{
	take_text(data, row, NULL);
}

/* ---- Made ---- */

static void
add_rows(SettingsForm *form)
{
	GtkWidget *grid = gtk_grid_new();
	g_autoptr(GString) used = g_string_new(NULL);
	gsize kind = strcspn(form->section, " ");
	const DescribedSetting *settings;
	guint count;

	gtk_container_set_border_width(GTK_CONTAINER(grid), 18);
	gtk_grid_set_row_spacing(GTK_GRID(grid), 2);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	settings = description_settings(form->description, &count);
	for (guint i = 0; i < count; i++) {
		SettingsFormRow *row;

		if (strlen(settings[i].section) != kind ||
		    strncmp(settings[i].section, form->section, kind) != 0)
			continue;
		row = settings_form_row_new(&settings[i], used, row_typed, row_reset, form);
		settings_form_row_attach(row, GTK_GRID(grid), form->rows->len);
		g_ptr_array_add(form->rows, row);
	}
	gtk_widget_show_all(grid);
	gtk_container_add(GTK_CONTAINER(form->widget), grid);
}

SettingsForm *
settings_form_new(SettingsModel *model, SettingsEdit *edit, const char *section,
    SettingsFormFunc changed, gpointer data)
{
	SettingsForm *form = g_new0(SettingsForm, 1);

	form->model = settings_model_ref(model);
	form->edit = settings_edit_ref(edit);
	form->description = description_ref((Description *)settings_model_description(model));
	form->section = g_strdup(section);
	form->changed = changed;
	form->data = data;
	form->rows = g_ptr_array_new_with_free_func((GDestroyNotify)settings_form_row_free);
	form->widget = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	g_object_set_data_full(G_OBJECT(form->widget), "settings-form", form, form_free);
	make_bar(form);
	add_rows(form);
	gtk_widget_show(form->widget);
	settings_form_update(form);
	return form;
}

GtkWidget *
settings_form_widget(const SettingsForm *form)
{
	return form->widget;
}

const Description *
settings_form_description(const SettingsForm *form)
{
	return form->description;
}

void
settings_form_update(SettingsForm *form)
{
	for (guint i = 0; i < form->rows->len; i++)
		show_row(form, form->rows->pdata[i]);
}

static SettingsFormRow *
find_row(const SettingsForm *form, const char *key)
{
	for (guint i = 0; i < form->rows->len; i++) {
		SettingsFormRow *row = form->rows->pdata[i];

		if (g_strcmp0(settings_field_setting(row->field)->key, key) == 0)
			return row;
	}
	return NULL;
}

void
settings_form_focus(SettingsForm *form, const char *key)
{
	SettingsFormRow *row = find_row(form, key);

	if (row != NULL)
		gtk_widget_grab_focus(settings_field_focus(row->field));
}

gboolean
settings_form_show_refusal(SettingsForm *form, const SettingsRefusal *refusal)
{
	SettingsFormRow *row = NULL;

	settings_form_show_message(form, GTK_MESSAGE_INFO, NULL);
	for (guint i = 0; i < form->rows->len; i++)
		settings_form_row_set_refusal(form->rows->pdata[i], NULL);
	if (refusal != NULL && g_strcmp0(refusal->section, form->section) == 0)
		row = find_row(form, refusal->key);
	if (row != NULL)
		settings_form_row_set_refusal(row, refusal->sentence);
	settings_form_update(form);
	if (row != NULL) {
		gtk_widget_grab_focus(settings_field_focus(row->field));
		return TRUE;
	}
	if (refusal == NULL || !refusal->conflict)
		return FALSE;
	settings_form_show_message(form, GTK_MESSAGE_WARNING, refusal->sentence);
	gtk_widget_set_visible(form->reload, TRUE);
	return TRUE;
}
