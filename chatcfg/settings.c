/* SPDX-License-Identifier: MIT */
#include "page_settings.h"
#include "settings_text.h"
#include "settings_tree.h"

#include <string.h>

/* ---- The pane: every setting there is, to be searched ---- */

enum { COLUMN_SECTION, COLUMN_LABEL, COLUMN_VALUE, COLUMN_DEFAULT, COLUMN_FROM, COLUMN_NAME };

static const SnapinColumn columns[] = {
    [COLUMN_SECTION] = {.id = "section", .title = "Section", .width = 130},
    [COLUMN_LABEL] = {.id = "label", .title = "Setting", .width = 190},
    [COLUMN_VALUE] = {.id = "value", .title = "Value", .width = 180},
    [COLUMN_DEFAULT] = {.id = "default", .title = "Default", .width = 150},
    [COLUMN_FROM] = {.id = "from", .title = "Set in", .width = 110},
    [COLUMN_NAME] = {.id = "name", .title = "Name", .width = 170, .hidden = TRUE},
};

static guint
n_rows(gpointer data)
{
	return settings_model_n_values(((SettingsTree *)data)->model);
}

static guint64
id_of(const SettingsValue *value)
{
	return (guint64)g_str_hash(value->section) << 32 | g_str_hash(value->key) | 1;
}

static guint64
row_id(gpointer data, guint row)
{
	return id_of(settings_model_value(((SettingsTree *)data)->model, row));
}

static const char *
cell_of(const SettingsTree *tree, const SettingsValue *value, guint column, char **ret_made)
{
	const Description *description = settings_model_description(tree->model);
	const DescribedSetting *setting =
	    description != NULL ? description_setting(description, value->section, value->key)
				: NULL;

	switch (column) {
	case COLUMN_SECTION:
		return *ret_made = settings_text_title(description, value->section);
	case COLUMN_LABEL:
		return setting != NULL && *setting->label != '\0' ? setting->label : value->key;
	case COLUMN_VALUE:
		if (value->value == NULL)
			return value->set ? "(set)" : "(not set)";
		return *ret_made = settings_text_brief(value->value);
	case COLUMN_DEFAULT:
		return value->value == NULL
			   ? ""
			   : (*ret_made = settings_text_brief(value->default_text));
	case COLUMN_FROM:
		return *ret_made = g_path_get_basename(value->source != NULL ? value->source : "");
	default:
		return *ret_made = settings_text_name(value->section, value->key);
	}
}

static const char *
cell_text(gpointer data, guint row, guint column)
{
	SettingsTree *tree = data;
	char *made = NULL;
	const char *text = cell_of(tree, settings_model_value(tree->model, row), column, &made);

	g_free(tree->cell);
	tree->cell = made;
	return text;
}

static SnapinState
row_state(gpointer data, guint row)
{
	return settings_model_value(((SettingsTree *)data)->model, row)->pending
		   ? SNAPIN_STATE_WARNING
		   : SNAPIN_STATE_NORMAL;
}

static const SnapinList list = {.size = sizeof list,
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
    .empty_text = "Settings are shown here while the service is connected.",
    .n_rows = n_rows,
    .row_id = row_id,
    .cell_text = cell_text,
    .row_state = row_state};

/* ---- Actions ---- */

static const SnapinAction actions[] = {
    {.name = "go-to",
	.label = "_Go to Setting",
	.icon_name = "go-jump-symbolic",
	.on = SNAPIN_ON_ONE_ROW,
	.is_default = TRUE},
    {.name = "reset",
	.label = "_Reset to Default",
	.icon_name = "edit-clear-symbolic",
	.tooltip = "The selected settings, all in one change",
	.on = SNAPIN_ON_ROWS},
    {.name = "properties",
	.label = "_Properties…",
	.icon_name = "document-properties-symbolic",
	.accelerator = "<Alt>Return",
	.tooltip = "All settings in one window, applied together",
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
	.label = "New Ro_le…",
	.icon_name = "list-add-symbolic",
	.on = SNAPIN_ON_NODE},
    {.name = "difference",
	.label = "Show _Difference…",
	.icon_name = "edit-find-symbolic",
	.tooltip = "What the file on the disk has that is not in force",
	.on = SNAPIN_ON_NODE},
    {.name = "reload-file",
	.label = "Reload _File…",
	.icon_name = "view-refresh-symbolic",
	.tooltip = "Puts what was edited by hand into force",
	.on = SNAPIN_ON_NODE},
};

static const SettingsValue *
find_value(const SettingsTree *tree, guint64 id)
{
	for (guint i = 0; i < settings_model_n_values(tree->model); i++) {
		const SettingsValue *value = settings_model_value(tree->model, i);

		if (id_of(value) == id)
			return value;
	}
	return NULL;
}

static json_t *
resets(const SettingsTree *tree, const SnapinSelection *selection)
{
	json_t *changes = json_array();

	for (guint i = 0; i < selection->n_rows; i++) {
		const SettingsValue *value = find_value(tree, selection->row_ids[i]);

		if (value != NULL)
			json_array_append_new(
			    changes, json_pack("{s:s, s:s, s:n}", "section", value->section, "key",
					 value->key, "value"));
	}
	return changes;
}

static void
open_all(SettingsTree *tree)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (guint i = 0; i < settings_model_n_sections(tree->model); i++)
		g_ptr_array_add(names, (char *)settings_model_section(tree->model, i));
	g_ptr_array_add(names, NULL);
	page_settings_open(tree->model, tree->node, "Settings", (const char *const *)names->pdata);
}

static void
activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	SettingsTree *tree = data;
	const char *kind = settings_act_kind(action);
	const SettingsValue *value =
	    action->on == SNAPIN_ON_ONE_ROW ? find_value(tree, selection->row_ids[0]) : NULL;
	SettingsSection *section = value != NULL ? settings_tree_find(tree, value->section) : NULL;

	if (kind != NULL)
		settings_act_new(tree, kind);
	else if (section != NULL)
		settings_section_go_to(section, value->key);
	else if (strcmp(action->name, "reset") == 0)
		settings_act_set(
		    tree, node, resets(tree, selection), "Cannot reset to the default");
	else if (strcmp(action->name, "properties") == 0)
		open_all(tree);
	else if (strcmp(action->name, "difference") == 0)
		settings_disk_show_difference(tree);
	else if (strcmp(action->name, "reload-file") == 0)
		settings_disk_reload_file(tree);
}

static gboolean
is_default(const SettingsTree *tree, guint64 id)
{
	const SettingsValue *value = find_value(tree, id);

	return value == NULL ||
	       (value->value != NULL ? g_strcmp0(value->value, value->default_text) == 0
				     : !value->set);
}

static char *
may_reset(const SettingsTree *tree, const SnapinSelection *selection)
{
	for (guint i = 0; i < selection->n_rows; i++)
		if (!is_default(tree, selection->row_ids[i]))
			return service_may(tree->service, "config.set");
	return g_strdup("It is the default already.");
}

static char *
may(SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const SettingsTree *tree = data;
	const char *kind = settings_act_kind(action);
	char *reason;

	if (kind != NULL)
		return settings_act_may_add(tree, kind);
	if (settings_model_description(tree->model) == NULL)
		return g_strdup("There is no connection to the service.");
	if (strcmp(action->name, "reset") == 0)
		return may_reset(tree, selection);
	if (strcmp(action->name, "difference") == 0)
		return settings_disk_may(tree);
	if (strcmp(action->name, "reload-file") != 0)
		return NULL;
	reason = settings_disk_may(tree);
	return reason != NULL ? reason : service_may(tree->service, "server.rehash");
}

static char *
command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const SettingsTree *tree = data;

	if (strcmp(action->name, "reset") == 0)
		return settings_act_command(tree, resets(tree, selection));
	if (strcmp(action->name, "difference") == 0)
		return service_command(tree->service, "config.diff", NULL);
	if (strcmp(action->name, "reload-file") == 0)
		return service_command(tree->service, "server.rehash", NULL);
	return NULL;
}

/* ---- Kept right ---- */

SettingsSection *
settings_tree_find(const SettingsTree *tree, const char *name)
{
	for (guint i = 0; i < tree->sections->len; i++)
		if (strcmp(settings_section_name(tree->sections->pdata[i]), name) == 0)
			return tree->sections->pdata[i];
	return NULL;
}

static void
model_changed(SettingsModel *model, gpointer data)
{
	SettingsTree *tree = data;

	for (guint i = tree->sections->len; i > 0; i--) {
		SettingsSection *section = tree->sections->pdata[i - 1];

		if (settings_model_is_loaded(model) &&
		    !settings_model_has_section(model, settings_section_name(section)))
			tree->host->node_remove(tree->host, settings_section_node(section));
	}
	for (guint i = 0; i < settings_model_n_sections(model); i++) {
		const char *name = settings_model_section(model, i);

		if (settings_tree_find(tree, name) != NULL)
			continue;
		settings_section_add(tree, name);
		if (g_strcmp0(tree->to_select, name) == 0) {
			SettingsSection *added = settings_tree_find(tree, name);

			g_clear_pointer(&tree->to_select, g_free);
			tree->host->node_select(tree->host, settings_section_node(added));
		}
	}
	settings_disk_show_state(tree);
	tree->host->list_reset(tree->host, tree->node);
}

static void
shown(SnapinNode *node, gpointer data, gboolean visible)
{
	SettingsTree *tree = data;

	/* The file may have been edited meanwhile; nothing tells. */
	if (visible)
		settings_model_reload(tree->model);
}

static void
refresh(SnapinNode *node, gpointer data)
{
	settings_model_reload(((SettingsTree *)data)->model);
}

static void
tree_free(gpointer data)
{
	SettingsTree *tree = data;

	for (guint i = 0; i < tree->sections->len; i++)
		settings_section_orphan(tree->sections->pdata[i]);
	g_ptr_array_unref(tree->sections);
	settings_model_unwatch(tree->model, tree->watch);
	settings_model_close(tree->model);
	settings_model_unref(tree->model);
	g_free(tree->to_select);
	g_free(tree->cell);
	g_free(tree);
}

void
settings_add(Service *service)
{
	SettingsTree *tree = g_new0(SettingsTree, 1);
	SnapinNodeSpec spec = {.size = sizeof spec,
	    .id = "settings",
	    .title = "Settings",
	    .icon_name = "preferences-system-symbolic",
	    .may_have_children = TRUE,
	    .list = &list,
	    .shown = shown,
	    .actions = actions,
	    .n_actions = G_N_ELEMENTS(actions),
	    .activate = activate,
	    .may = may,
	    .command = command,
	    .refresh = refresh,
	    .help = "settings",
	    .data = tree,
	    .free_data = tree_free};

	tree->service = service;
	tree->host = service_host(service);
	tree->sections = g_ptr_array_new();
	tree->model = settings_model_new(service);
	tree->node = tree->host->node_add(tree->host, service_node(service), &spec);
	tree->watch = settings_model_watch(tree->model, model_changed, tree);
}
