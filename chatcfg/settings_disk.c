/* SPDX-License-Identifier: MIT */
#include "asking.h"
#include "history_page.h"
#include "settings_tree.h"

char *
settings_disk_may(const SettingsTree *tree)
{
	return settings_model_disk(tree->model) == SETTINGS_DISK_OK
		   ? g_strdup("The file on the disk is what is in force.")
		   : NULL;
}

static const char *
first_problem(const SettingsModel *model)
{
	const json_t *errors = json_object_get(settings_model_diff(model), "errors");
	const char *text = json_string_value(json_object_get(json_array_get(errors, 0), "text"));

	return text != NULL ? text : "no reason was given";
}

static char *
state_sentence(const SettingsModel *model)
{
	size_t count = json_array_size(json_object_get(settings_model_diff(model), "list"));

	if (settings_model_disk(model) == SETTINGS_DISK_INVALID)
		return g_strdup_printf("The file was edited by hand and is not valid: %s. The "
				       "service goes on with what it had.",
		    first_problem(model));
	return g_strdup_printf(
	    count == 1 ? "The file was edited by hand: %zu setting in it is not in force. See Show "
			 "Difference and Reload File."
		       : "The file was edited by hand: %zu settings in it are not in force. See "
			 "Show Difference and Reload File.",
	    count);
}

void
settings_disk_show_state(SettingsTree *tree)
{
	static const SnapinState looks[] = {
	    [SETTINGS_DISK_OK] = SNAPIN_STATE_NORMAL,
	    [SETTINGS_DISK_EDITED] = SNAPIN_STATE_WARNING,
	    [SETTINGS_DISK_INVALID] = SNAPIN_STATE_ERROR,
	};
	SettingsDisk disk = settings_model_disk(tree->model);
	g_autofree char *sentence = disk != SETTINGS_DISK_OK ? state_sentence(tree->model) : NULL;

	tree->host->node_set_state(tree->host, tree->node, looks[disk], sentence);
	tree->host->actions_changed(tree->host, tree->node);
}

void
settings_disk_show_difference(SettingsTree *tree)
{
	HistoryPage *page = history_page_new();
	const json_t *diff = settings_model_diff(tree->model);
	const json_t *error;
	size_t index;

	json_array_foreach(json_object_get(diff, "errors"), index, error)
	    history_page_add(page, "Wrong", json_string_value(json_object_get(error, "text")));
	history_page_add_changes(page, json_object_get(diff, "list"), "In force", "In the file");
	history_page_open(
	    page, tree->host, tree->node, "Configuration File", "File against Service");
}

/* ---- The file into force ---- */

static void
was_asked(Service *service, char **answers, gpointer data)
{
	SnapinNode *node = data;

	service_act(service, node, "server.rehash", NULL, "Cannot reload the file");
}

void
settings_disk_reload_file(SettingsTree *tree)
{
	SnapinQuestion question = {
	    .title = "Put the file on the disk into force?",
	    .text = "The service reads its configuration file anew. What was edited there by hand "
		    "is in force at once, as far as it needs no restart.",
	    .accept = "_Reload File",
	};

	asking_ask(tree->service, &question, was_asked, tree->node, NULL);
}
