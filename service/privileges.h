/* SPDX-License-Identifier: MIT */
/*
 * Privileges: the service does not run as root; of root's rights it keeps the one to listen on
 * ports below 1024. Thread: main, before other threads.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define PRIVILEGES_USER "chatd"

/* As root: gives the directories (made if need be) to the user chatd and becomes that user. False,
 * changing nothing, if there is no such user. Not as root: true at once. */
bool privileges_drop(const char *const *directories, GError **error) G_GNUC_WARN_UNUSED_RESULT;
