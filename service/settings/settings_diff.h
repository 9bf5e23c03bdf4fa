/* SPDX-License-Identifier: MIT */
/*
 * SettingsChange: one difference between two snapshots, as texts.
 * Invariant: a secret's texts are "(secret)". Thread: any.
 */
#pragma once

#include "settings/settings.h"

typedef struct SettingsChange {
	char *section;         /* "limits", "listener main" */
	const SettingRow *row; /* NULL: the whole section came (`from` NULL) or went (`to` NULL) */
	char *from;            /* NULL where there was none */
	char *to;
	bool live; /* takes effect without a restart */
} SettingsChange;

/* Array of SettingsChange in the order of the table; empty if they are equal. Caller frees. */
GPtrArray *settings_diff(const Settings *from, const Settings *to) G_GNUC_WARN_UNUSED_RESULT;
