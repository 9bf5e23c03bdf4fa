/* SPDX-License-Identifier: MIT */
/*
 * SettingsBuild: a Settings in the making, with the place in the files of all that was written
 * there; shared by the files of this layer that make and check one.
 * Invariant: every value in `settings` is valid for its row; rules between rows are
 * settings_check_rules()' business. Thread: one at a time.
 */
#pragma once

#include "settings/settings.h"

typedef struct SettingsPlace {
	const char *file; /* the key file's */
	unsigned line;
	const char *value;
} SettingsPlace;

typedef struct SettingsBuild {
	Settings *settings;
	GPtrArray *errors;
	GHashTable *places; /* "section" or "section\nkey" -> SettingsPlace */
} SettingsBuild;

/* Where a section (`key` NULL) or key was written; NULL if it was not. */
const SettingsPlace *settings_build_place(
    const SettingsBuild *build, const char *section, const char *key);
/* Appends an error about a section's key, with its place and value (not a secret's), or about the
 * section's place if the key is NULL or was not written. `name` is NULL where sections have none.
 */
void settings_build_error(const SettingsBuild *build, const char *section, const char *name,
    const char *key, const char *format, ...) G_GNUC_PRINTF(5, 6);
/* Rules between rows and sections. */
void settings_check_rules(const SettingsBuild *build);

/* A section's struct with every row at its default; `name` may be NULL. */
void *settings_section_new(const SettingSection *section, const char *name);
void settings_section_free(const SettingSection *section, void *values);
/* The field of `section` in the snapshot: its struct, or its array. */
void **settings_section_field(const Settings *settings, const SettingSection *section);
/* Adds a new section of that name with defaults; `section` is named. */
void *settings_add_section(Settings *settings, const SettingSection *section, const char *name);
/* "limits" or "listener main". Caller frees. */
char *settings_section_title(const char *section, const char *name);
