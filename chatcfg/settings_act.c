/* SPDX-License-Identifier: MIT */
#include "asking.h"
#include "page_settings.h"
#include "settings_text.h"
#include "settings_tree.h"

#include <string.h>

#define PREFIX "new-"

/* ---- A new section ---- */

const char *
settings_act_kind(const SnapinAction *action)
{
	return g_str_has_prefix(action->name, PREFIX) ? action->name + strlen(PREFIX) : NULL;
}

static gboolean
is_kind(const Description *description, const char *kind)
{
	const DescribedSetting *settings;
	guint count;

	settings = description_settings(description, &count);
	for (guint i = 0; i < count; i++)
		if (settings[i].repeated && strcmp(settings[i].section, kind) == 0)
			return TRUE;
	return FALSE;
}

char *
settings_act_may_add(const SettingsTree *tree, const char *kind)
{
	const Description *description = settings_model_description(tree->model);
	char *reason = service_may(tree->service, "config.set");

	if (reason == NULL && description != NULL && !is_kind(description, kind))
		reason = g_strdup_printf("This service knows no %s.", kind);
	return reason;
}

typedef struct NewSection {
	SettingsTree *tree;
	const char *kind;
} NewSection;

static void
name_given(Service *service, char **answers, gpointer data)
{
	const NewSection *new_section = data;
	SettingsTree *tree = new_section->tree;
	g_autofree char *name = g_strstrip(g_strdup(answers[0]));
	g_autofree char *section = g_strconcat(new_section->kind, " ", name, NULL);
	g_autofree char *title =
	    settings_text_title(settings_model_description(tree->model), section);
	const char *problem = settings_text_name_problem(name);
	const char *const sections[] = {section, NULL};

	if (problem == NULL && settings_model_has_section(tree->model, section))
		problem = "There is one of that name already.";
	if (problem != NULL || settings_model_description(tree->model) == NULL) {
		g_autofree char *sentence =
		    g_strdup_printf("Cannot add the %s “%s”", new_section->kind, name);

		tree->host->report(tree->host, tree->node, SNAPIN_ERROR, sentence,
		    problem != NULL ? problem : "There is no connection to the service.");
		return;
	}
	g_free(tree->to_select);
	tree->to_select = g_strdup(section);
	page_settings_open(tree->model, tree->node, title, sections);
}

void
settings_act_new(SettingsTree *tree, const char *kind)
{
	g_autofree char *title = g_strdup_printf("New %s", kind);
	g_autofree char *text = g_strdup_printf(
	    "It becomes the section [%s NAME] of the configuration. What it does is asked next.",
	    kind);
	const SnapinField field = {.label = "_Name", .required = TRUE, .max_length = 63};
	SnapinQuestion question = {
	    .title = title,
	    .text = text,
	    .accept = "_Continue",
	    .fields = &field,
	    .n_fields = 1,
	};
	NewSection *new_section = g_new(NewSection, 1);

	title[4] = g_ascii_toupper(title[4]);
	*new_section = (NewSection){tree, kind};
	asking_ask(tree->service, &question, name_given, new_section, g_free);
}

/* ---- Changes without a form ---- */

void
settings_act_set(SettingsTree *tree, SnapinNode *node, json_t *changes, const char *what)
{
	service_act(
	    tree->service, node, "config.set", json_pack("{s:o}", "changes", changes), what);
}

char *
settings_act_command(const SettingsTree *tree, json_t *changes)
{
	if (json_array_size(changes) == 0) {
		json_decref(changes);
		return NULL;
	}
	return service_command(tree->service, "config.set", json_pack("{s:o}", "changes", changes));
}

char *
settings_act_may_remove(const SettingsTree *tree, const char *section)
{
	gboolean in_a_file = FALSE;

	if (strchr(section, ' ') == NULL)
		return g_strdup("This section is always there; its settings can be reset.");
	for (guint i = 0; i < settings_model_n_values(tree->model); i++) {
		const SettingsValue *value = settings_model_value(tree->model, i);

		in_a_file |= strcmp(value->section, section) == 0 &&
			     g_strcmp0(value->source, "default") != 0;
	}
	if (!in_a_file)
		return g_strdup("It is not in the file: the service made it by itself.");
	return service_may(tree->service, "config.set");
}

typedef struct Removal {
	SettingsTree *tree;
	char *section;
} Removal;

static void
removal_free(gpointer data)
{
	Removal *removal = data;

	g_free(removal->section);
	g_free(removal);
}

static void
removal_confirmed(Service *service, char **answers, gpointer data)
{
	const Removal *removal = data;
	g_autofree char *what = g_strdup_printf("Cannot remove the %s", removal->section);

	settings_act_set(removal->tree, removal->tree->node,
	    json_pack("[{s:s, s:n, s:n}]", "section", removal->section, "key", "value"), what);
}

void
settings_act_remove(SettingsTree *tree, const char *section)
{
	g_autofree char *title = g_strdup_printf("Remove the %s?", section);
	SnapinQuestion question = {
	    .title = title,
	    .text = "Its settings go from the configuration file at once. The change history keeps "
		    "them: Undo there brings them back, but not a password.",
	    .accept = "_Remove",
	    .danger = TRUE,
	};
	Removal *removal = g_new(Removal, 1);

	*removal = (Removal){tree, g_strdup(section)};
	asking_ask(tree->service, &question, removal_confirmed, removal, removal_free);
}
