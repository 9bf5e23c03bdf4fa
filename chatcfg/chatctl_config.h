/* SPDX-License-Identifier: MIT */
/*
 * The words of `chatctl config …`: settings are named SECTION.KEY as in the file, a repeated
 * section "SECTION NAME.KEY" or SECTION.NAME.KEY. Thread: one; no state.
 */
#pragma once

#include "description.h"

/* "limits.nick" → section "limits", key "nick"; a key alone may be absent (NULL). */
gboolean chatctl_config_split(const Description *description, const char *word, char **ret_section,
    char **ret_key, GError **error);
/* Whether `section` is what named sections begin with ("listener"). */
gboolean chatctl_config_is_kind(const Description *description, const char *section);
/* One of the changes of config.set from "limits.nick=40" or, back to the default, "limits.nick!";
 * "listener x!" removes the section. NULL with a CHATCTL_USAGE error. */
json_t *chatctl_config_change(const Description *description, const char *word, GError **error);
