/* SPDX-License-Identifier: MIT */
/*
 * Descriptors: how many file descriptors the process may have.
 * Thread: main, at start.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Raises the soft limit to the hard one; *ret_limit is what holds then. Errors: G_FILE_ERROR. */
bool descriptors_raise_limit(uint64_t *ret_limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
