/* SPDX-License-Identifier: MIT */
#include "page_settings.h"

#include "settings_form.h"
#include "settings_text.h"

#include <string.h>

#define PAGE_WIDTH 620
#define PAGE_HEIGHT 440

typedef struct Page Page;

/* What the pages of one sheet share. Counted by them. */
typedef struct Sheet {
	SettingsModel *model;
	SettingsEdit *edit;
	const SnapinHost *host;
	SnapinNode *node;
	GPtrArray *pages; /* Page, borrowed, in their order */
	/* Nothing was applied because of a field on a later page: the pages between let the sheet
	 * go on to that one, which tells. */
	SettingsRefusal *refusal;
	Page *refused;
} Sheet;

struct Page {
	Sheet *sheet;
	char *section;
	SnapinPage *page;
	SettingsForm *form; /* NULL: the sheet's widgets are gone */
	guint watch;
	gboolean is_new; /* the section is not there yet */
};

static void
sheet_clear(gpointer data)
{
	Sheet *sheet = data;

	settings_refusal_free(sheet->refusal);
	settings_edit_unref(sheet->edit);
	settings_model_unref(sheet->model);
	g_ptr_array_unref(sheet->pages);
}

static void
page_free(gpointer data)
{
	Page *page = data;

	settings_model_unwatch(page->sheet->model, page->watch);
	g_ptr_array_remove(page->sheet->pages, page);
	g_rc_box_release_full(page->sheet, sheet_clear);
	g_free(page->section);
	g_free(page);
}

static void
set_dirty(Page *page)
{
	const SnapinHost *host = page->sheet->host;
	guint count = settings_edit_count(page->sheet->edit, page->section);

	if (page->page != NULL && page->form != NULL)
		host->page_set_dirty(host, page->page, count > 0 || page->is_new);
}

/* ---- The widget ---- */

static void
form_changed(SettingsForm *form, gpointer data)
{
	set_dirty(data);
}

static void
show_may(Page *page)
{
	Service *service = settings_model_service(page->sheet->model);
	g_autofree char *reason = service != NULL ? service_may(service, "config.set")
						  : g_strdup("The service is not there any more.");

	gtk_widget_set_sensitive(settings_form_widget(page->form), reason == NULL);
	gtk_widget_set_tooltip_text(settings_form_widget(page->form), reason);
}

static void
model_changed(SettingsModel *model, gpointer data)
{
	Page *page = data;

	if (page->form == NULL)
		return;
	if (page->is_new && settings_model_has_section(model, page->section))
		page->is_new = FALSE;
	show_may(page);
	settings_form_update(page->form);
	set_dirty(page);
}

static void
form_gone(Page *page)
{
	page->form = NULL;
}

static GtkWidget *
create_page(SnapinPage *snapin_page, gpointer data)
{
	Page *page = data;
	SettingsModel *model = page->sheet->model;
	GtkWidget *widget;

	page->page = snapin_page;
	if (settings_model_description(model) == NULL)
		return gtk_label_new("There is no connection to the service.");
	page->form = settings_form_new(model, page->sheet->edit, page->section, form_changed, page);
	widget = settings_form_widget(page->form);
	gtk_widget_set_size_request(widget, PAGE_WIDTH, PAGE_HEIGHT);
	g_signal_connect_swapped(widget, "destroy", G_CALLBACK(form_gone), page);
	page->watch = settings_model_watch(model, model_changed, page);
	show_may(page);
	set_dirty(page);
	return widget;
}

/* ---- Apply: the first page that is dirty sends what all of them collected ---- */

static void
give_refusal(Page *page, GTask *task, const SettingsRefusal *refusal)
{
	Sheet *sheet = page->sheet;
	const DescribedSetting *setting =
	    page->form != NULL && refusal->key != NULL
		? description_setting(
		      settings_form_description(page->form), refusal->section, refusal->key)
		: NULL;

	g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s%s%s",
	    setting != NULL ? setting->label : "", setting != NULL ? ": " : "", refusal->sentence);
	g_clear_pointer(&sheet->refusal, settings_refusal_free);
	sheet->refused = NULL;
}

/* The pages that let the sheet go on have still to be applied. */
static void
pages_are_dirty_again(Sheet *sheet)
{
	for (guint i = 0; i < sheet->pages->len; i++)
		set_dirty(sheet->pages->pdata[i]);
}

static Page *
page_of(const Sheet *sheet, const char *section)
{
	for (guint i = 0; section != NULL && i < sheet->pages->len; i++) {
		Page *page = sheet->pages->pdata[i];

		if (strcmp(page->section, section) == 0)
			return page;
	}
	return NULL;
}

static void
report_restart(const Sheet *sheet, const char *names)
{
	g_autofree char *sentence =
	    g_strdup_printf("Written. In force when the service restarts: %s.", names);

	sheet->host->report(sheet->host, sheet->node, SNAPIN_INFO, sentence, NULL);
}

static void
was_applied(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GTask) task = data;
	Page *page = g_task_get_task_data(task);
	Sheet *sheet = page->sheet;
	g_autoptr(SettingsRefusal) refusal = NULL;
	g_autofree char *restart = settings_apply_finish(result, &refusal);
	Page *refused;

	if (refusal == NULL) {
		for (guint i = 0; i < sheet->pages->len; i++) {
			Page *applied = sheet->pages->pdata[i];

			applied->is_new = FALSE;
			set_dirty(applied);
		}
		if (*restart != '\0')
			report_restart(sheet, restart);
		g_task_return_boolean(task, TRUE);
		return;
	}
	refused = page_of(sheet, refusal->section);
	if (refused != NULL && refused->form != NULL)
		settings_form_show_refusal(refused->form, refusal);
	else if (page->form != NULL)
		settings_form_show_refusal(page->form, refusal);
	/* The sheet only goes on to pages with changes. */
	if (refused != NULL && refused != page &&
	    settings_edit_count(sheet->edit, refused->section) > 0) {
		sheet->refusal = g_steal_pointer(&refusal);
		sheet->refused = refused;
		g_task_return_boolean(task, TRUE);
		return;
	}
	give_refusal(page, task, refusal);
}

/* A section that is to have nothing but defaults comes into being with the first of them. */
static void
write_new_section(Page *page)
{
	const Description *description = settings_form_description(page->form);
	gsize kind = strcspn(page->section, " ");
	const DescribedSetting *settings;
	guint count;

	if (!page->is_new || settings_edit_count(page->sheet->edit, page->section) > 0)
		return;
	settings = description_settings(description, &count);
	for (guint i = 0; i < count; i++) {
		g_autofree char *text = described_value_text(settings[i].default_value);

		if (strlen(settings[i].section) != kind ||
		    strncmp(settings[i].section, page->section, kind) != 0 || *text == '\0')
			continue;
		settings_edit_set(page->sheet->edit, page->section, settings[i].key, text, NULL);
		return;
	}
}

static void
apply_async(SnapinPage *snapin_page, gpointer data, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	Page *page = data;
	Sheet *sheet = page->sheet;
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	g_task_set_task_data(task, page, NULL);
	if (sheet->refused != NULL && page != sheet->refused) {
		g_task_return_boolean(task, TRUE);
		g_object_unref(task);
		return;
	}
	if (sheet->refused != NULL) {
		give_refusal(page, task, sheet->refusal);
		g_object_unref(task);
		return;
	}
	for (guint i = 0; i < sheet->pages->len; i++) {
		Page *other = sheet->pages->pdata[i];

		if (other->form != NULL)
			write_new_section(other);
	}
	settings_apply_async(sheet->model, sheet->edit, NULL, cancellable, was_applied, task);
}

static gboolean
apply_finish(SnapinPage *snapin_page, gpointer data, GAsyncResult *result, GError **error)
{
	Page *page = data;
	Sheet *sheet = page->sheet;
	gboolean applied = g_task_propagate_boolean(G_TASK(result), error);

	if (!applied && sheet->refused == NULL)
		pages_are_dirty_again(sheet);
	return applied;
}

/* ---- Opened ---- */

void
page_settings_open(
    SettingsModel *model, SnapinNode *node, const char *object, const char *const *sections)
{
	Service *service = settings_model_service(model);
	guint count = g_strv_length((char **)sections);
	g_autofree SnapinPageSpec *specs = g_new0(SnapinPageSpec, count);
	g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func(g_free);
	Sheet *sheet = g_rc_box_new0(Sheet);

	sheet->model = settings_model_ref(model);
	sheet->edit = settings_edit_new();
	sheet->host = service_host(service);
	sheet->node = node;
	sheet->pages = g_ptr_array_new();
	for (guint i = 0; i < count; i++) {
		Page *page = g_new0(Page, 1);

		page->sheet = g_rc_box_acquire(sheet);
		page->section = g_strdup(sections[i]);
		page->is_new = !settings_model_has_section(model, sections[i]);
		g_ptr_array_add(sheet->pages, page);
		g_ptr_array_add(
		    titles, settings_text_title(settings_model_description(model), sections[i]));
		specs[i] = (SnapinPageSpec){.size = sizeof *specs,
		    .id = page->section,
		    .title = titles->pdata[i],
		    .create = create_page,
		    .apply_async = apply_async,
		    .apply_finish = apply_finish,
		    .data = page,
		    .free_data = page_free};
	}
	sheet->host->sheet_open(sheet->host, node, object, specs, count);
	g_rc_box_release_full(sheet, sheet_clear);
}
