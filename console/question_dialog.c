/* SPDX-License-Identifier: MIT */
#include "question_dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_LENGTH 4096

/* One dialog that is open; freed with it. */
typedef struct Question {
	GtkDialog *dialog;
	GTask *task;
	GPtrArray *inputs; /* GtkWidget *: GtkEntry or GtkComboBoxText, one per field */
	gboolean *required;
	guint *max_length;
	gulong cancelled;
} Question;

static const char *
input_text(GtkWidget *input)
{
	GtkWidget *entry = GTK_IS_COMBO_BOX(input) ? NULL : input;

	return entry ? gtk_entry_get_text(GTK_ENTRY(entry)) : NULL;
}

static char *
input_answer(GtkWidget *input)
{
	char *chosen;

	if (!GTK_IS_COMBO_BOX(input))
		return g_strdup(input_text(input));
	chosen = gtk_combo_box_text_get_active_text(GTK_COMBO_BOX_TEXT(input));
	return chosen ? chosen : g_strdup("");
}

static void
check_inputs(Question *question)
{
	gboolean complete = TRUE;

	for (guint i = 0; i < question->inputs->len; i++) {
		g_autofree char *answer = input_answer(question->inputs->pdata[i]);

		if (question->required[i] && *g_strstrip(answer) == '\0')
			complete = FALSE;
	}
	gtk_dialog_set_response_sensitive(question->dialog, GTK_RESPONSE_ACCEPT, complete);
}

/* GtkEntry counts characters, the snap-in's limit is in bytes. */
static void
on_insert_text(
    GtkEditable *editable, const char *text, int length, int *position, const guint *max_length)
{
	gsize now = strlen(gtk_entry_get_text(GTK_ENTRY(editable)));
	gsize more = length < 0 ? strlen(text) : (gsize)length;

	if (now + more > *max_length) {
		g_signal_stop_emission_by_name(editable, "insert-text");
		gtk_widget_error_bell(GTK_WIDGET(editable));
	}
}

static GtkWidget *
choice_input(const SnapinField *field)
{
	GtkWidget *input = gtk_combo_box_text_new();

	for (guint i = 0; field->choices[i]; i++) {
		gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(input), field->choices[i]);
		if (i == 0 || g_strcmp0(field->choices[i], field->value) == 0)
			gtk_combo_box_set_active(GTK_COMBO_BOX(input), (int)i);
	}
	return input;
}

static GtkWidget *
text_input(const SnapinField *field, guint *max_length)
{
	GtkWidget *input = gtk_entry_new();

	*max_length = field->max_length ? field->max_length : MAX_LENGTH;
	gtk_entry_set_text(GTK_ENTRY(input), field->value ? field->value : "");
	gtk_entry_set_activates_default(GTK_ENTRY(input), TRUE);
	gtk_entry_set_width_chars(GTK_ENTRY(input), 36);
	if (field->secret) {
		gtk_entry_set_visibility(GTK_ENTRY(input), FALSE);
		gtk_entry_set_input_purpose(GTK_ENTRY(input), GTK_INPUT_PURPOSE_PASSWORD);
	}
	g_signal_connect(input, "insert-text", G_CALLBACK(on_insert_text), max_length);
	return input;
}

static void
add_field(Question *question, GtkGrid *grid, const SnapinField *field, guint row)
{
	GtkWidget *label = gtk_label_new_with_mnemonic(field->label);
	GtkWidget *input =
	    field->choices ? choice_input(field) : text_input(field, &question->max_length[row]);

	question->required[row] = field->required;
	gtk_label_set_xalign(GTK_LABEL(label), 1);
	gtk_label_set_mnemonic_widget(GTK_LABEL(label), input);
	gtk_style_context_add_class(gtk_widget_get_style_context(label), GTK_STYLE_CLASS_DIM_LABEL);
	gtk_widget_set_hexpand(input, TRUE);
	gtk_grid_attach(grid, label, 0, (int)row, 1, 1);
	gtk_grid_attach(grid, input, 1, (int)row, 1, 1);
	g_ptr_array_add(question->inputs, input);
	g_signal_connect_swapped(input, "changed", G_CALLBACK(check_inputs), question);
}

static void
question_free(Question *question)
{
	GCancellable *cancellable = g_task_get_cancellable(question->task);

	if (question->cancelled)
		g_cancellable_disconnect(cancellable, question->cancelled);
	g_object_unref(question->task);
	g_ptr_array_unref(question->inputs);
	g_free(question->required);
	g_free(question->max_length);
	g_free(question);
}

/* The one end of every question; the dialog is the caller's to destroy. */
static void
answer(Question *question, gboolean accepted)
{
	g_autoptr(GTask) task = g_object_ref(question->task);
	g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; accepted && i < question->inputs->len; i++)
		g_ptr_array_add(answers, input_answer(question->inputs->pdata[i]));
	g_ptr_array_add(answers, NULL);
	g_signal_handlers_disconnect_by_data(question->dialog, question);
	question_free(question);
	if (accepted)
		g_task_return_pointer(task, g_ptr_array_free(g_steal_pointer(&answers), FALSE),
		    (GDestroyNotify)g_strfreev);
	else
		g_task_return_new_error(
		    task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Nothing was done."));
}

static void
on_response(GtkDialog *dialog, int response, Question *question)
{
	gtk_widget_hide(GTK_WIDGET(dialog));
	answer(question, response == GTK_RESPONSE_ACCEPT);
	gtk_widget_destroy(GTK_WIDGET(dialog));
}

/* With its window, unanswered. */
static void
on_destroyed(GtkWidget *dialog, Question *question)
{
	answer(question, FALSE);
}

static gboolean
cancel_in_idle(gpointer dialog)
{
	gtk_dialog_response(dialog, GTK_RESPONSE_CANCEL);
	return G_SOURCE_REMOVE;
}

/* Disconnecting from within the signal would wait for itself. */
static void
on_cancelled(GCancellable *cancellable, GtkDialog *dialog)
{
	g_idle_add_full(G_PRIORITY_DEFAULT, cancel_in_idle, g_object_ref(dialog), g_object_unref);
}

static GtkWidget *
make_dialog(GtkWindow *parent, const SnapinQuestion *spec)
{
	GtkWidget *dialog =
	    gtk_message_dialog_new(parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
		GTK_MESSAGE_OTHER, GTK_BUTTONS_NONE, "%s", spec->title);
	GtkWidget *accept;

	if (spec->text)
		gtk_message_dialog_format_secondary_text(
		    GTK_MESSAGE_DIALOG(dialog), "%s", spec->text);
	gtk_dialog_add_button(GTK_DIALOG(dialog), _("_Cancel"), GTK_RESPONSE_CANCEL);
	accept = gtk_dialog_add_button(
	    GTK_DIALOG(dialog), spec->accept ? spec->accept : _("_OK"), GTK_RESPONSE_ACCEPT);
	gtk_style_context_add_class(gtk_widget_get_style_context(accept),
	    spec->danger ? GTK_STYLE_CLASS_DESTRUCTIVE_ACTION : GTK_STYLE_CLASS_SUGGESTED_ACTION);
	gtk_dialog_set_default_response(GTK_DIALOG(dialog), GTK_RESPONSE_ACCEPT);
	atk_object_set_name(gtk_widget_get_accessible(dialog), spec->title);
	return dialog;
}

void
question_dialog_ask(GtkWindow *parent, const SnapinQuestion *spec, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	Question *question = g_new0(Question, 1);
	guint n_fields = MIN(spec->n_fields, QUESTION_MAX_FIELDS);
	GtkWidget *grid = gtk_grid_new();

	question->task = g_task_new(NULL, cancellable, callback, user_data);
	question->inputs = g_ptr_array_new();
	question->required = g_new0(gboolean, n_fields + 1);
	question->max_length = g_new0(guint, n_fields + 1);
	question->dialog = GTK_DIALOG(make_dialog(parent, spec));
	gtk_grid_set_row_spacing(GTK_GRID(grid), 6);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	for (guint i = 0; i < n_fields; i++)
		add_field(question, GTK_GRID(grid), &spec->fields[i], i);
	gtk_container_add(GTK_CONTAINER(gtk_message_dialog_get_message_area(
			      GTK_MESSAGE_DIALOG(question->dialog))),
	    grid);
	gtk_widget_show_all(grid);
	check_inputs(question);
	g_signal_connect(question->dialog, "response", G_CALLBACK(on_response), question);
	g_signal_connect(question->dialog, "destroy", G_CALLBACK(on_destroyed), question);
	if (cancellable)
		question->cancelled = g_cancellable_connect(cancellable, G_CALLBACK(on_cancelled),
		    g_object_ref(question->dialog), g_object_unref);
	gtk_window_present(GTK_WINDOW(question->dialog));
	if (n_fields > 0)
		gtk_widget_grab_focus(question->inputs->pdata[0]);
}

char **
question_dialog_finish(GAsyncResult *result, GError **error)
{
	return g_task_propagate_pointer(G_TASK(result), error);
}
