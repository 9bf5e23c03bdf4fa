/* SPDX-License-Identifier: MIT */
/*
 * SettingsModel: the service's settings as it last told them: sections, values, the newest change
 * and how the file on the disk stands to them. Kept right by config.changed and reconnects.
 * Invariant: what is here came from one config.get; a watcher is told after every newer one and
 * whenever the connection comes or goes. Ownership: counted; settings_model_close() parts it from
 * the service for good. Thread: main.
 */
#pragma once

#include "service.h"

typedef struct SettingsValue {
	char *section;
	char *key;
	char *value; /* NULL: a secret */
	gboolean set;
	char *default_text;
	char *source;     /* a file, or "default" */
	gboolean pending; /* in the file, in force after a restart */
	char *changed_by; /* by whom since we look; NULL: nobody */
} SettingsValue;

typedef enum SettingsDisk {
	SETTINGS_DISK_OK,
	SETTINGS_DISK_EDITED,
	SETTINGS_DISK_INVALID,
} SettingsDisk;

typedef struct SettingsModel SettingsModel;
typedef void (*SettingsModelFunc)(SettingsModel *model, gpointer data);

SettingsModel *settings_model_new(Service *service);
SettingsModel *settings_model_ref(SettingsModel *model);
void settings_model_unref(SettingsModel *model);
void settings_model_close(SettingsModel *model);

/* NULL once closed. */
Service *settings_model_service(const SettingsModel *model);
/* NULL unless connected. */
const Description *settings_model_description(const SettingsModel *model);
gboolean settings_model_is_loaded(const SettingsModel *model);
/* Asks the service anew; calls at the same time become one. */
void settings_model_reload(SettingsModel *model);
guint settings_model_watch(SettingsModel *model, SettingsModelFunc changed, gpointer data);
void settings_model_unwatch(SettingsModel *model, guint id);

guint settings_model_n_sections(const SettingsModel *model);
const char *settings_model_section(const SettingsModel *model, guint index);
gboolean settings_model_has_section(const SettingsModel *model, const char *section);
guint settings_model_n_values(const SettingsModel *model);
const SettingsValue *settings_model_value(const SettingsModel *model, guint index);
/* NULL: no such setting. */
const SettingsValue *settings_model_find(
    const SettingsModel *model, const char *section, const char *key);
/* Id of the newest change; 0: none. */
json_int_t settings_model_newest(const SettingsModel *model);
/* Our own change is known before the service's event comes. */
void settings_model_set_newest(SettingsModel *model, json_int_t id);
SettingsDisk settings_model_disk(const SettingsModel *model);
/* The answer of config.diff; NULL: none yet. */
const json_t *settings_model_diff(const SettingsModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SettingsModel, settings_model_unref)
