/* SPDX-License-Identifier: MIT */
#include "settings_pane.h"

#include "settings_text.h"

#define COMMENT_CHARS 32

struct SettingsPane {
	SettingsModel *model;
	SettingsEdit *edit;
	char *section;
	const SnapinHost *host;
	SnapinNode *node;
	guint watch;
	GCancellable *cancellable;
	GtkWidget *widget;
	GtkWidget *place;   /* where the form stands */
	GtkWidget *message; /* why there is no form, or why it is not to be changed */
	GtkWidget *revealer;
	GtkWidget *count;
	GtkWidget *comment;
	GtkWidget *buttons;
	SettingsForm *form; /* NULL: not loaded yet */
	gboolean applying;
	char *wanted; /* key of the field to go to; NULL: none */
	guint going;  /* source */
};

static void
pane_free(gpointer data)
{
	SettingsPane *pane = data;

	g_object_unref(pane->cancellable);
	settings_edit_unref(pane->edit);
	settings_model_unref(pane->model);
	g_free(pane->section);
	g_free(pane->wanted);
	g_free(pane);
}

static void
pane_destroyed(SettingsPane *pane)
{
	settings_model_unwatch(pane->model, pane->watch);
	g_cancellable_cancel(pane->cancellable);
	g_clear_handle_id(&pane->going, g_source_remove);
	pane->form = NULL;
}

/* NULL if settings may be changed now. */
static char *
why_not(const SettingsPane *pane)
{
	Service *service = settings_model_service(pane->model);

	return service != NULL ? service_may(service, "config.set")
			       : g_strdup("The service is not there any more.");
}

static void
show_bar(SettingsPane *pane)
{
	guint count = settings_edit_count(pane->edit, NULL);
	g_autofree char *text =
	    g_strdup_printf(count == 1 ? "%u change not applied" : "%u changes not applied", count);
	g_autofree char *reason = why_not(pane);

	gtk_label_set_text(GTK_LABEL(pane->count), text);
	gtk_revealer_set_reveal_child(GTK_REVEALER(pane->revealer), count > 0);
	gtk_widget_set_sensitive(pane->buttons, !pane->applying && reason == NULL);
	gtk_widget_set_tooltip_text(pane->buttons, reason);
	gtk_widget_set_visible(pane->message, reason != NULL);
	gtk_label_set_text(GTK_LABEL(pane->message), reason != NULL ? reason : "");
	if (pane->form != NULL)
		gtk_widget_set_sensitive(
		    settings_form_widget(pane->form), !pane->applying && reason == NULL);
	pane->host->actions_changed(pane->host, pane->node);
}

static void
form_changed(SettingsForm *form, gpointer data)
{
	show_bar(data);
}

static void
model_changed(SettingsModel *model, gpointer data)
{
	SettingsPane *pane = data;
	const Description *description = settings_model_description(model);

	/* Another service answers after a reconnect: its settings may be others. */
	if (description != NULL && settings_model_is_loaded(model) &&
	    (pane->form == NULL || settings_form_description(pane->form) != description)) {
		if (pane->form != NULL)
			gtk_widget_destroy(settings_form_widget(pane->form));
		pane->form =
		    settings_form_new(model, pane->edit, pane->section, form_changed, pane);
		gtk_container_add(GTK_CONTAINER(pane->place), settings_form_widget(pane->form));
	} else if (pane->form != NULL) {
		settings_form_update(pane->form);
	}
	show_bar(pane);
}

/* ---- Go to a field ---- */

static gboolean
go(gpointer data)
{
	SettingsPane *pane = data;

	pane->going = 0;
	if (pane->form != NULL)
		settings_form_focus(pane->form, pane->wanted);
	g_clear_pointer(&pane->wanted, g_free);
	return G_SOURCE_REMOVE;
}

/* Where nothing has its place yet there is nothing to scroll to: idle comes after that. */
void
settings_pane_go_to(SettingsPane *pane, const char *key)
{
	g_free(pane->wanted);
	pane->wanted = g_strdup(key);
	if (pane->going == 0)
		pane->going = g_idle_add(go, pane);
}

/* ---- Apply ---- */

static void
was_applied(GObject *source, GAsyncResult *result, gpointer data)
{
	SettingsPane *pane = data;
	g_autoptr(GtkWidget) widget = pane->widget;
	g_autoptr(SettingsRefusal) refusal = NULL;
	g_autofree char *restart = settings_apply_finish(result, &refusal);

	if (g_cancellable_is_cancelled(pane->cancellable) || pane->form == NULL)
		return;
	pane->applying = FALSE;
	show_bar(pane);
	if (refusal != NULL) {
		if (!settings_form_show_refusal(pane->form, refusal))
			settings_form_show_message(
			    pane->form, GTK_MESSAGE_ERROR, refusal->sentence);
		return;
	}
	gtk_entry_set_text(GTK_ENTRY(pane->comment), "");
	if (restart != NULL && *restart != '\0') {
		g_autofree char *sentence =
		    g_strdup_printf("Written. In force when the service restarts: %s.", restart);

		pane->host->report(pane->host, pane->node, SNAPIN_INFO, sentence, NULL);
	}
}

void
settings_pane_apply(SettingsPane *pane)
{
	if (pane->applying || settings_edit_count(pane->edit, NULL) == 0 || pane->form == NULL)
		return;
	settings_form_show_refusal(pane->form, NULL);
	pane->applying = TRUE;
	show_bar(pane);
	g_object_ref(pane->widget);
	settings_apply_async(pane->model, pane->edit, gtk_entry_get_text(GTK_ENTRY(pane->comment)),
	    pane->cancellable, was_applied, pane);
}

void
settings_pane_discard(SettingsPane *pane)
{
	if (pane->applying)
		return;
	settings_edit_clear(pane->edit, NULL);
	if (pane->form != NULL)
		settings_form_show_refusal(pane->form, NULL);
	show_bar(pane);
}

/* ---- Made ---- */

static GtkWidget *
make_button(SettingsPane *pane, const char *label, const char *id, void (*clicked)(SettingsPane *))
{
	GtkWidget *button = gtk_button_new_with_mnemonic(label);

	atk_object_set_accessible_id(gtk_widget_get_accessible(button), id);
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(clicked), pane);
	gtk_container_add(GTK_CONTAINER(pane->buttons), button);
	return button;
}

static void
make_bar(SettingsPane *pane)
{
	GtkWidget *bar = gtk_action_bar_new();
	GtkWidget *apply;

	pane->count = gtk_label_new(NULL);
	pane->comment = gtk_entry_new();
	gtk_entry_set_width_chars(GTK_ENTRY(pane->comment), COMMENT_CHARS);
	gtk_entry_set_placeholder_text(
	    GTK_ENTRY(pane->comment), "Why, for the change history (optional)");
	atk_object_set_name(gtk_widget_get_accessible(pane->comment), "Comment");
	g_signal_connect_swapped(pane->comment, "activate", G_CALLBACK(settings_pane_apply), pane);
	pane->buttons = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
	make_button(pane, "_Discard", "settings-discard", settings_pane_discard);
	apply = make_button(pane, "_Apply", "settings-apply", settings_pane_apply);
	gtk_style_context_add_class(
	    gtk_widget_get_style_context(apply), GTK_STYLE_CLASS_SUGGESTED_ACTION);
	gtk_action_bar_pack_start(GTK_ACTION_BAR(bar), pane->count);
	gtk_action_bar_pack_end(GTK_ACTION_BAR(bar), pane->buttons);
	gtk_action_bar_pack_end(GTK_ACTION_BAR(bar), pane->comment);
	pane->revealer = gtk_revealer_new();
	gtk_revealer_set_transition_type(
	    GTK_REVEALER(pane->revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
	gtk_container_add(GTK_CONTAINER(pane->revealer), bar);
	gtk_widget_show_all(pane->revealer);
	gtk_box_pack_end(GTK_BOX(pane->widget), pane->revealer, FALSE, FALSE, 0);
}

static void
make_place(SettingsPane *pane)
{
	GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
	GtkWidget *viewport = gtk_viewport_new(NULL, NULL);

	pane->message = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(pane->message), 0);
	gtk_label_set_line_wrap(GTK_LABEL(pane->message), TRUE);
	gtk_widget_set_margin_start(pane->message, 18);
	gtk_widget_set_margin_top(pane->message, 12);
	gtk_style_context_add_class(
	    gtk_widget_get_style_context(pane->message), GTK_STYLE_CLASS_DIM_LABEL);
	pane->place = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	gtk_container_add(GTK_CONTAINER(pane->place), pane->message);
	gtk_viewport_set_shadow_type(GTK_VIEWPORT(viewport), GTK_SHADOW_NONE);
	gtk_scrolled_window_set_policy(
	    GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
	gtk_container_add(GTK_CONTAINER(viewport), pane->place);
	gtk_container_set_focus_vadjustment(GTK_CONTAINER(pane->place),
	    gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scrolled)));
	gtk_container_add(GTK_CONTAINER(scrolled), viewport);
	gtk_widget_show(pane->place);
	gtk_widget_show(viewport);
	gtk_widget_show(scrolled);
	gtk_box_pack_start(GTK_BOX(pane->widget), scrolled, TRUE, TRUE, 0);
}

SettingsPane *
settings_pane_new(SettingsModel *model, SettingsEdit *edit, const char *section,
    const SnapinHost *host, SnapinNode *node)
{
	SettingsPane *pane = g_new0(SettingsPane, 1);

	pane->model = settings_model_ref(model);
	pane->edit = settings_edit_ref(edit);
	pane->section = g_strdup(section);
	pane->host = host;
	pane->node = node;
	pane->cancellable = g_cancellable_new();
	pane->widget = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	g_object_set_data_full(G_OBJECT(pane->widget), "settings-pane", pane, pane_free);
	g_signal_connect_swapped(pane->widget, "destroy", G_CALLBACK(pane_destroyed), pane);
	make_place(pane);
	make_bar(pane);
	pane->watch = settings_model_watch(model, model_changed, pane);
	gtk_widget_show(pane->widget);
	model_changed(model, pane);
	return pane;
}

GtkWidget *
settings_pane_widget(const SettingsPane *pane)
{
	return pane->widget;
}
