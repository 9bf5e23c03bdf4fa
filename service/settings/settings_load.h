/* SPDX-License-Identifier: MIT */
/*
 * Loading: the configuration on the disk: one main file and the conf.d beside it.
 * Invariant: nothing on the disk changes but by settings_write_file(). Thread: any; blocks.
 */
#pragma once

#include "settings/settings.h"

#define SETTINGS_CONF_D_MAX 1000 /* files in conf.d */

/* Reads `path` and conf.d/<name>.conf beside it, sorted by name: an array of KeyFile, never NULL,
 * which the caller frees. What cannot be read, also a main file that is not there, is an error. */
GPtrArray *settings_read_files(const char *path, GPtrArray *ret_errors) G_GNUC_WARN_UNUSED_RESULT;
/* settings_read_files() and settings_parse(). NULL on any error. */
Settings *settings_load(const char *path, GPtrArray *ret_errors) G_GNUC_WARN_UNUSED_RESULT;
/* Reads a regular file of at most `maximum` bytes, with a NUL behind it; never waits on a pipe or a
 * device. Caller frees. */
char *settings_read_text(
    const char *path, size_t maximum, size_t *ret_length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Replaces a file atomically and durably: temporary file beside it, fsync, rename, fsync of the
 * directory. Mode and owner of the old file are kept; a new one has mode 0600. */
bool settings_write_file(
    const char *path, const char *text, size_t length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
