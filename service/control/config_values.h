/* SPDX-License-Identifier: MIT */
/*
 * ConfigValues: a snapshot of the settings as texts, to be compared with another when the snapshot
 * itself is gone, and the walk over all of them. Invariant: secrets are "(secret)" or ""; whether
 * one is another than before is known from a digest that never leaves. Thread: any.
 */
#pragma once

#include "settings/settings.h"

#include <jansson.h>

/* One value; all borrowed. */
typedef void (*ConfigVisitor)(void *data, const char *section, const SettingRow *row,
    const SettingsOrigin *origin, const char *value);

void config_values_each(const Settings *settings, ConfigVisitor visit, void *data);
/* "section\nkey" -> text, and "section\nkey\n" -> digest of a secret. Caller frees with
 * g_hash_table_unref(). */
GHashTable *config_values(const Settings *settings);
/* NULL if there is none. */
const char *config_values_get(GHashTable *values, const char *section, const char *key);
/* [{section,key,from,to,live}] of what differs, from the older to the newer; a new reference. */
json_t *config_values_diff(GHashTable *older, const Settings *newer);
/* The same of changes (settings_diff()). */
json_t *config_changes_json(const GPtrArray *changes);
/* Does the row of "section" and "key" hold a secret? False if there is no such row. */
bool config_is_secret(const char *section, const char *key);
