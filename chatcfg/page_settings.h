/* SPDX-License-Identifier: MIT */
/*
 * PageSettings: sections of the settings as pages of one property sheet. Invariant: OK and Apply
 * send one config.set with the changes of all pages; a refusal comes up on the page with the field
 * it is about. Thread: main; nothing blocks.
 */
#pragma once

#include "settings_model.h"

/* A sheet over `sections` (NULL-terminated); one that the service does not have yet comes into
 * being with Apply. */
void page_settings_open(
    SettingsModel *model, SnapinNode *node, const char *object, const char *const *sections);
