/* SPDX-License-Identifier: MIT */
/*
 * SettingsApply: what was typed, sent as one config.set. On success the edit is empty; on a refusal
 * it is as it was, and the refusal says where. Thread: main; nothing blocks.
 */
#pragma once

#include "settings_edit.h"
#include "settings_model.h"

typedef struct SettingsRefusal {
	char *section; /* NULL: no section in particular */
	char *key;     /* NULL: no field in particular */
	char *sentence;
	gboolean conflict; /* somebody was faster, or edited the file */
} SettingsRefusal;

void settings_refusal_free(SettingsRefusal *refusal);

/* `comment` may be NULL. */
void settings_apply_async(SettingsModel *model, SettingsEdit *edit, const char *comment,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* What needs a restart to be in force, for people: "service.io_threads"; "" if nothing (transfer
 * full). NULL with a refusal (transfer full) if it was not done. */
char *settings_apply_finish(GAsyncResult *result, SettingsRefusal **ret_refusal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SettingsRefusal, settings_refusal_free)
