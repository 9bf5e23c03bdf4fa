/* SPDX-License-Identifier: MIT */
/*
 * Migrations: brings a database forward, one step of the schema at a time, to the newest version
 * this service knows. Invariant: a step is one transaction together with its new user_version; an
 * old database is copied to `<path>.version-<n>.backup` before the first step touches it; a newer
 * one is refused and not touched. Thread: any, one at a time; blocks.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>
#include <stdbool.h>

/* migrations_all()[i] leads from version i to version i + 1. */
const char *const *migrations_all(unsigned *ret_count);
/* The same of history.db. */
const char *const *migrations_history(unsigned *ret_count);
/* `path` names the file in errors and for the backup. */
bool migrations_run(sqlite3 *database, const char *path, const char *const *migrations,
    unsigned count, GError **error) G_GNUC_WARN_UNUSED_RESULT;
