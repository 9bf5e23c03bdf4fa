/* SPDX-License-Identifier: MIT */
#include "page_settings.h"
#include "settings_pane.h"
#include "settings_text.h"
#include "settings_tree.h"

#include <string.h>

struct SettingsSection {
	SettingsTree *tree;
	char *name;
	SnapinNode *node;
	SettingsEdit *edit;
	SettingsPane *pane; /* NULL until first shown; freed with its widget before this */
};

static const SnapinAction actions[] = {
    {.name = "properties",
	.label = "_Properties…",
	.icon_name = "document-properties-symbolic",
	.accelerator = "<Alt>Return",
	.tooltip = "These settings in a window of their own",
	.on = SNAPIN_ON_NODE},
    {.name = "apply",
	.label = "_Apply Changes",
	.icon_name = "emblem-ok-symbolic",
	.accelerator = "<Primary>s",
	.on = SNAPIN_ON_NODE},
    {.name = "discard",
	.label = "_Discard Changes",
	.icon_name = "edit-undo-symbolic",
	.on = SNAPIN_ON_NODE},
    {.name = "new-listener",
	.label = "New _Listener…",
	.icon_name = "list-add-symbolic",
	.on = SNAPIN_ON_NODE},
    {.name = "new-operator",
	.label = "New _Operator…",
	.icon_name = "list-add-symbolic",
	.on = SNAPIN_ON_NODE},
    {.name = "new-role",
	.label = "New _Role…",
	.icon_name = "list-add-symbolic",
	.on = SNAPIN_ON_NODE},
    {.name = "remove",
	.label = "Re_move…",
	.icon_name = "user-trash-symbolic",
	.on = SNAPIN_ON_NODE,
	.danger = TRUE},
};

static void
activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	SettingsSection *section = data;
	const char *kind = settings_act_kind(action);

	if (kind != NULL) {
		settings_act_new(section->tree, kind);
	} else if (strcmp(action->name, "properties") == 0) {
		g_autofree char *title = settings_text_title(
		    settings_model_description(section->tree->model), section->name);
		const char *const sections[] = {section->name, NULL};

		page_settings_open(section->tree->model, node, title, sections);
	} else if (strcmp(action->name, "remove") == 0) {
		settings_act_remove(section->tree, section->name);
	} else if (strcmp(action->name, "apply") == 0) {
		settings_pane_apply(section->pane);
	} else {
		settings_pane_discard(section->pane);
	}
}

static char *
may(SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const SettingsSection *section = data;
	const char *kind = settings_act_kind(action);

	if (kind != NULL)
		return settings_act_may_add(section->tree, kind);
	if (strcmp(action->name, "remove") == 0)
		return settings_act_may_remove(section->tree, section->name);
	if (strcmp(action->name, "properties") == 0)
		return settings_model_description(section->tree->model) != NULL
			   ? NULL
			   : g_strdup("There is no connection to the service.");
	if (section->pane == NULL || settings_edit_count(section->edit, NULL) == 0)
		return g_strdup("Nothing was changed here.");
	return strcmp(action->name, "apply") == 0
		   ? service_may(section->tree->service, "config.set")
		   : NULL;
}

static char *
command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const SettingsSection *section = data;

	if (strcmp(action->name, "apply") == 0)
		return settings_act_command(section->tree, settings_edit_changes(section->edit));
	if (strcmp(action->name, "remove") == 0)
		return settings_act_command(section->tree,
		    json_pack("[{s:s, s:n, s:n}]", "section", section->name, "key", "value"));
	return NULL;
}

static GtkWidget *
create_widget(SnapinNode *node, gpointer data)
{
	SettingsSection *section = data;

	section->pane = settings_pane_new(
	    section->tree->model, section->edit, section->name, section->tree->host, node);
	return settings_pane_widget(section->pane);
}

static void
refresh(SnapinNode *node, gpointer data)
{
	SettingsSection *section = data;

	settings_model_reload(section->tree->model);
}

static void
section_free(gpointer data)
{
	SettingsSection *section = data;

	if (section->tree != NULL)
		g_ptr_array_remove(section->tree->sections, section);
	settings_edit_unref(section->edit);
	g_free(section->name);
	g_free(section);
}

static const char *
icon_of(const char *name)
{
	static const struct {
		const char *kind, *icon;
	} icons[] = {
	    {"service", "network-server-symbolic"},
	    {"community", "system-users-symbolic"},
	    {"listener", "network-wired-symbolic"},
	    {"limits", "view-sort-ascending-symbolic"},
	    {"operator", "avatar-default-symbolic"},
	    {"role", "changes-prevent-symbolic"},
	    {"log", "accessories-text-editor-symbolic"},
	};
	gsize length = strcspn(name, " ");

	for (gsize i = 0; i < G_N_ELEMENTS(icons); i++)
		if (strlen(icons[i].kind) == length && strncmp(icons[i].kind, name, length) == 0)
			return icons[i].icon;
	return "preferences-system-symbolic";
}

void
settings_section_add(SettingsTree *tree, const char *name)
{
	SettingsSection *section = g_new0(SettingsSection, 1);
	g_autofree char *title = settings_text_title(settings_model_description(tree->model), name);
	SnapinNodeSpec spec = {.size = sizeof spec,
	    .id = name,
	    .title = title,
	    .icon_name = icon_of(name),
	    .create_widget = create_widget,
	    .actions = actions,
	    .n_actions = G_N_ELEMENTS(actions),
	    .activate = activate,
	    .may = may,
	    .command = command,
	    .refresh = refresh,
	    .help = "settings",
	    .data = section,
	    .free_data = section_free};

	section->tree = tree;
	section->name = g_strdup(name);
	section->edit = settings_edit_new();
	g_ptr_array_add(tree->sections, section);
	section->node = tree->host->node_add(tree->host, tree->node, &spec);
}

const char *
settings_section_name(const SettingsSection *section)
{
	return section->name;
}

SnapinNode *
settings_section_node(const SettingsSection *section)
{
	return section->node;
}

void
settings_section_go_to(SettingsSection *section, const char *key)
{
	const SnapinHost *host = section->tree->host;

	host->node_select(host, section->node);
	if (section->pane != NULL)
		settings_pane_go_to(section->pane, key);
}

void
settings_section_orphan(SettingsSection *section)
{
	section->tree = NULL;
}
