/* SPDX-License-Identifier: MIT */
#include "failure_page.h"

#include "snapin_loader.h"
#include "status_page.h"

#include <glib/gi18n.h>

struct _FailurePage {
	GtkBin parent_instance;
	SnapinInstance *instance;
};

G_DEFINE_FINAL_TYPE(FailurePage, failure_page, GTK_TYPE_BIN)

static GtkWidget *
left_label(const char *text, const char *style_class)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_yalign(GTK_LABEL(label), 0);
	gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_line_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_selectable(GTK_LABEL(label), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 80);
	gtk_widget_set_can_focus(label, FALSE);
	if (style_class)
		gtk_style_context_add_class(gtk_widget_get_style_context(label), style_class);
	return label;
}

static void
add_title(GtkWidget *box, const char *text)
{
	GtkWidget *title = left_label(text, "heading");

	gtk_widget_set_margin_top(title, 12);
	gtk_container_add(GTK_CONTAINER(box), title);
}

/* ---- what to do, details, the loader's own words ---- */

static void
add_remedies(GtkWidget *box, const ModuleReport *report)
{
	gboolean titled = FALSE;

	for (guint i = 0; i < report->findings->len; i++) {
		const ModuleFinding *finding = report->findings->pdata[i];

		for (guint j = 0; j < finding->remedies->len; j++) {
			g_autofree char *line =
			    g_strdup_printf("•  %s", (const char *)finding->remedies->pdata[j]);

			if (!titled)
				add_title(box, _("What to do"));
			titled = TRUE;
			gtk_container_add(GTK_CONTAINER(box), left_label(line, NULL));
		}
	}
}

static void
add_findings(GtkWidget *box, const ModuleReport *report)
{
	add_title(box, _("What was found"));
	for (guint i = 0; i < report->findings->len; i++) {
		const ModuleFinding *finding = report->findings->pdata[i];
		g_autofree char *cause = module_finding_cause(finding);

		gtk_container_add(GTK_CONTAINER(box), left_label(cause, NULL));
		for (guint j = 0; j < finding->details->len; j++)
			gtk_container_add(GTK_CONTAINER(box),
			    left_label(finding->details->pdata[j], GTK_STYLE_CLASS_DIM_LABEL));
		if (finding->loader_text)
			gtk_container_add(GTK_CONTAINER(box),
			    left_label(finding->loader_text, GTK_STYLE_CLASS_MONOSPACE));
	}
}

/* ---- stages ---- */

static const struct {
	const char *icon_name;
	const char *word;
} outcomes[] = {
    [MODULE_NOT_REACHED] = {NULL, N_("not reached")},
    [MODULE_PASSED] = {"emblem-ok-symbolic", N_("passed")},
    [MODULE_FAILED] = {"dialog-error-symbolic", N_("failed")},
    [MODULE_SKIPPED] = {"media-skip-forward-symbolic", N_("skipped")},
};

static void
add_stages(GtkWidget *box, const ModuleReport *report)
{
	GtkWidget *grid = gtk_grid_new();

	gtk_grid_set_column_spacing(GTK_GRID(grid), 12);
	gtk_grid_set_row_spacing(GTK_GRID(grid), 4);
	for (int i = 0; i < MODULE_N_STAGES; i++) {
		const ModuleStageResult *stage = &report->stages[i];
		GtkWidget *image = gtk_image_new_from_icon_name(
		    outcomes[stage->outcome].icon_name, GTK_ICON_SIZE_MENU);

		gtk_grid_attach(GTK_GRID(grid), image, 0, i, 1, 1);
		gtk_grid_attach(GTK_GRID(grid),
		    left_label(module_stage_name(i),
			stage->outcome == MODULE_NOT_REACHED ? GTK_STYLE_CLASS_DIM_LABEL : NULL),
		    1, i, 1, 1);
		gtk_grid_attach(GTK_GRID(grid),
		    left_label(_(outcomes[stage->outcome].word),
			stage->outcome == MODULE_FAILED ? NULL : GTK_STYLE_CLASS_DIM_LABEL),
		    2, i, 1, 1);
		if (stage->note)
			gtk_grid_attach(GTK_GRID(grid),
			    left_label(stage->note, GTK_STYLE_CLASS_DIM_LABEL), 3, i, 1, 1);
	}
	add_title(box, _("Stages of the check"));
	gtk_container_add(GTK_CONTAINER(box), grid);
}

/* ---- the tree of what it needs ---- */

static void
fill_tree(GtkTreeStore *store, const ModuleReport *report)
{
	GtkTreeIter above[64];
	guint depth_before = 0;

	for (guint i = 0; i < report->dependencies->len; i++) {
		const ModuleDependency *needed = report->dependencies->pdata[i];
		guint depth = CLAMP(needed->depth, 1, MIN(depth_before + 1, G_N_ELEMENTS(above)));
		const char *icon = needed->path ? "emblem-ok-symbolic" : "dialog-error-symbolic";
		const char *where = needed->path ? needed->path : _("not found");

		gtk_tree_store_append(
		    store, &above[depth - 1], depth > 1 ? &above[depth - 2] : NULL);
		gtk_tree_store_set(store, &above[depth - 1], 0, icon, 1, needed->soname, 2, where,
		    3, needed->needed_by, -1);
		depth_before = depth;
	}
}

static void
add_text_column(GtkTreeView *view, const char *title, int number)
{
	GtkTreeViewColumn *column = gtk_tree_view_column_new_with_attributes(
	    title, gtk_cell_renderer_text_new(), "text", number, NULL);

	gtk_tree_view_column_set_resizable(column, TRUE);
	gtk_tree_view_append_column(view, column);
}

static void
add_dependencies(GtkWidget *box, const ModuleReport *report)
{
	g_autoptr(GtkTreeStore) store =
	    gtk_tree_store_new(4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
	GtkWidget *view = gtk_tree_view_new();
	GtkWidget *expander = gtk_expander_new_with_mnemonic(_("What it _needs"));
	GtkTreeViewColumn *icons = gtk_tree_view_column_new_with_attributes(
	    NULL, gtk_cell_renderer_pixbuf_new(), "icon-name", 0, NULL);

	if (report->dependencies->len == 0) {
		g_object_ref_sink(view);
		g_object_unref(view);
		g_object_ref_sink(expander);
		g_object_unref(expander);
		g_object_ref_sink(icons);
		g_object_unref(icons);
		return;
	}
	fill_tree(store, report);
	gtk_tree_view_append_column(GTK_TREE_VIEW(view), icons);
	add_text_column(GTK_TREE_VIEW(view), _("Library"), 1);
	add_text_column(GTK_TREE_VIEW(view), _("Found at"), 2);
	add_text_column(GTK_TREE_VIEW(view), _("Needed by"), 3);
	gtk_tree_view_set_model(GTK_TREE_VIEW(view), GTK_TREE_MODEL(store));
	gtk_tree_view_expand_all(GTK_TREE_VIEW(view));
	atk_object_set_name(gtk_widget_get_accessible(view), _("What it needs"));
	gtk_container_add(GTK_CONTAINER(expander), view);
	gtk_widget_set_margin_top(expander, 12);
	gtk_container_add(GTK_CONTAINER(box), expander);
}

/* ---- the page ---- */

static void
add_buttons(StatusPage *page, const SnapinInstance *instance)
{
	g_autofree char *retry = g_strdup_printf("win.retry-snapin::%s", instance->id);
	g_autofree char *once = g_strdup_printf("win.load-snapin-once::%s", instance->id);
	g_autofree char *disable = g_strdup_printf("win.disable-snapin::%s", instance->id);
	g_autofree char *copy = g_strdup_printf("win.copy-snapin-report::%s", instance->id);

	if (instance->status == SNAPIN_STATUS_QUARANTINED) {
		status_page_add_button(page, _("_Load Once"), once, TRUE);
		status_page_add_button(page, _("_Keep Off"), disable, FALSE);
	} else {
		status_page_add_button(page, _("_Try Again"), retry, TRUE);
	}
	status_page_add_button(page, _("_Copy Report"), copy, FALSE);
	status_page_add_button(page, _("_Snap-ins…"), "win.snapins", FALSE);
}

static GtkWidget *
make_page(const SnapinInstance *instance)
{
	g_autofree char *title = g_strdup_printf(_("Failed to load %s module"), instance->id);
	g_autofree char *cause = NULL;
	const ModuleReport *report = instance->report;
	GtkWidget *page, *box;

	if (instance->status == SNAPIN_STATUS_CHECKING || !report)
		return status_page_new("content-loading-symbolic", snapin_instance_title(instance),
		    _("It is being checked and loaded."));
	if (report->findings->len > 0)
		cause = module_finding_cause(report->findings->pdata[0]);
	page = status_page_new("dialog-error-symbolic", title, cause);
	add_buttons(STATUS_PAGE(page), instance);
	box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
	gtk_widget_set_halign(box, GTK_ALIGN_CENTER);
	add_remedies(box, report);
	add_findings(box, report);
	add_stages(box, report);
	add_dependencies(box, report);
	gtk_widget_show_all(box);
	status_page_add_widget(STATUS_PAGE(page), box);
	return page;
}

static void
show(FailurePage *self)
{
	GtkWidget *old = gtk_bin_get_child(GTK_BIN(self));

	if (old)
		gtk_widget_destroy(old);
	gtk_container_add(GTK_CONTAINER(self), make_page(self->instance));
}

static void
on_status_changed(SnapinLoader *loader, SnapinInstance *instance, FailurePage *self)
{
	if (instance == self->instance && instance->placeholder)
		show(self);
}

static void
failure_page_class_init(FailurePageClass *class)
{
}

static void
failure_page_init(FailurePage *self)
{
	atk_object_set_accessible_id(gtk_widget_get_accessible(GTK_WIDGET(self)), "failure-page");
}

GtkWidget *
failure_page_new(SnapinInstance *instance)
{
	FailurePage *self = g_object_new(FAILURE_TYPE_PAGE, NULL);

	self->instance = instance;
	g_signal_connect_object(
	    instance->loader, "changed", G_CALLBACK(on_status_changed), self, 0);
	show(self);
	return GTK_WIDGET(self);
}
