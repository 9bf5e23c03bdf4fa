/* SPDX-License-Identifier: MIT */
/*
 * SettingsTree: the node "Settings" with a child for each section the service has. Shared by
 * settings.c (the node), settings_section.c (a child), settings_act.c (what can be done to both)
 * and settings_disk.c (the file on the disk). Invariant: children are the model's sections.
 * Thread: main.
 */
#pragma once

#include "settings_edit.h"
#include "settings_model.h"

typedef struct SettingsTree {
	Service *service;
	const SnapinHost *host;
	SettingsModel *model;
	SnapinNode *node;
	GPtrArray *sections; /* SettingsSection, borrowed from their nodes */
	guint watch;
	char *to_select; /* a section that was just asked for; NULL: none */
	char *cell;      /* the text the console was given last */
} SettingsTree;

typedef struct SettingsSection SettingsSection;

/* Adds the child. The section is freed with its node and takes itself out of the tree. */
void settings_section_add(SettingsTree *tree, const char *name);
const char *settings_section_name(const SettingsSection *section);
SnapinNode *settings_section_node(const SettingsSection *section);
/* Shows the section with that field in sight, focused. */
void settings_section_go_to(SettingsSection *section, const char *key);
/* The tree goes first. */
void settings_section_orphan(SettingsSection *section);
SettingsSection *settings_tree_find(const SettingsTree *tree, const char *name);

/* ---- settings_act.c ---- */

/* Asks for a name, then shows the form of a section that is not there yet. `kind` is static. */
void settings_act_new(SettingsTree *tree, const char *kind);
/* What `kind` an action "new-KIND" is about; NULL: none of these. */
const char *settings_act_kind(const SnapinAction *action);
/* NULL if there may be more sections of that kind, else why not (transfer full). */
char *settings_act_may_add(const SettingsTree *tree, const char *kind);
void settings_act_remove(SettingsTree *tree, const char *section);
char *settings_act_may_remove(const SettingsTree *tree, const char *section);
/* [{section,key}] without values: back to the default; takes `changes`. */
void settings_act_set(SettingsTree *tree, SnapinNode *node, json_t *changes, const char *what);
/* The same as a line for a shell (transfer full); takes `changes`. */
char *settings_act_command(const SettingsTree *tree, json_t *changes);

/* ---- settings_disk.c ---- */

void settings_disk_show_difference(SettingsTree *tree);
void settings_disk_reload_file(SettingsTree *tree);
/* NULL if the file is not what is in force, else that it is (transfer full). */
char *settings_disk_may(const SettingsTree *tree);
/* Marks the node when the file was edited by hand. */
void settings_disk_show_state(SettingsTree *tree);
