/* SPDX-License-Identifier: MIT */
#include "error_bar.h"

#include <glib/gi18n.h>
#include <string.h>

#define KEY "error-bar-key"
#define MAX_DETAIL 4096

struct _ErrorBar {
	GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE(ErrorBar, error_bar, GTK_TYPE_BOX)

static void
error_bar_class_init(ErrorBarClass *class)
{
}

static void
error_bar_init(ErrorBar *self)
{
	gtk_orientable_set_orientation(GTK_ORIENTABLE(self), GTK_ORIENTATION_VERTICAL);
	atk_object_set_accessible_id(gtk_widget_get_accessible(GTK_WIDGET(self)), "error-bars");
}

void
error_bar_hide(ErrorBar *self, const char *key)
{
	g_autoptr(GList) bars = gtk_container_get_children(GTK_CONTAINER(self));

	for (GList *l = bars; l; l = l->next)
		if (g_strcmp0(g_object_get_data(l->data, KEY), key) == 0)
			gtk_widget_destroy(l->data);
}

static void
make_room(ErrorBar *self)
{
	g_autoptr(GList) bars = gtk_container_get_children(GTK_CONTAINER(self));

	if (g_list_length(bars) >= ERROR_BAR_MAX)
		gtk_widget_destroy(bars->data);
}

static const struct {
	GtkMessageType type;
	const char *icon_name;
} looks[] = {
    [SNAPIN_INFO] = {GTK_MESSAGE_INFO, "dialog-information-symbolic"},
    [SNAPIN_WARNING] = {GTK_MESSAGE_WARNING, "dialog-warning-symbolic"},
    [SNAPIN_ERROR] = {GTK_MESSAGE_ERROR, "dialog-error-symbolic"},
};

static GtkWidget *
text_label(const char *text)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_line_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_selectable(GTK_LABEL(label), TRUE);
	gtk_widget_set_can_focus(label, FALSE);
	return label;
}

static void
add_detail(GtkInfoBar *bar, GtkWidget *box, const char *detail)
{
	g_autofree char *valid = g_utf8_make_valid(detail, MIN((gssize)strlen(detail), MAX_DETAIL));
	GtkWidget *revealer = gtk_revealer_new();
	GtkWidget *toggle = gtk_toggle_button_new_with_mnemonic(_("_Details"));

	gtk_container_add(GTK_CONTAINER(revealer), text_label(valid));
	gtk_container_add(GTK_CONTAINER(box), revealer);
	g_object_bind_property(toggle, "active", revealer, "reveal-child", G_BINDING_DEFAULT);
	gtk_container_add(GTK_CONTAINER(gtk_info_bar_get_action_area(bar)), toggle);
}

void
error_bar_show(ErrorBar *self, const char *key, SnapinSeverity severity, const char *sentence,
    const char *detail, const ErrorBarButton *buttons, guint n_buttons)
{
	GtkInfoBar *bar = GTK_INFO_BAR(gtk_info_bar_new());
	GtkWidget *area = gtk_info_bar_get_content_area(bar);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
	GtkWidget *image;

	error_bar_hide(self, key);
	make_room(self);
	severity = MIN(severity, SNAPIN_ERROR);
	g_object_set_data_full(G_OBJECT(bar), KEY, g_strdup(key), g_free);
	gtk_info_bar_set_message_type(bar, looks[severity].type);
	gtk_info_bar_set_show_close_button(bar, TRUE);
	image = gtk_image_new_from_icon_name(looks[severity].icon_name, GTK_ICON_SIZE_BUTTON);
	gtk_container_add(GTK_CONTAINER(area), image);
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	gtk_container_add(GTK_CONTAINER(box), text_label(sentence));
	gtk_box_pack_start(GTK_BOX(area), box, TRUE, TRUE, 0);
	gtk_orientable_set_orientation(
	    GTK_ORIENTABLE(gtk_info_bar_get_action_area(bar)), GTK_ORIENTATION_HORIZONTAL);
	for (guint i = 0; i < n_buttons; i++) {
		GtkWidget *button = gtk_button_new_with_mnemonic(buttons[i].label);

		gtk_actionable_set_detailed_action_name(GTK_ACTIONABLE(button), buttons[i].action);
		gtk_container_add(GTK_CONTAINER(gtk_info_bar_get_action_area(bar)), button);
	}
	if (detail && *detail)
		add_detail(bar, box, detail);
	g_signal_connect(bar, "response", G_CALLBACK(gtk_widget_destroy), NULL);
	gtk_container_add(GTK_CONTAINER(self), GTK_WIDGET(bar));
	gtk_widget_show_all(GTK_WIDGET(bar));
	/* An alert, so that a screen reader says it without being asked. */
	atk_object_set_role(gtk_widget_get_accessible(GTK_WIDGET(bar)), ATK_ROLE_ALERT);
	atk_object_set_name(gtk_widget_get_accessible(GTK_WIDGET(bar)), sentence);
}
