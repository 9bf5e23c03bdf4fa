/* SPDX-License-Identifier: MIT */
/*
 * JSON as this protocol writes it: texts that are always UTF-8, times that are null when there is
 * none. Invariant: none of these fails. Thread: any; pure functions.
 */
#pragma once

#include "base/line.h"

#include <glib.h>
#include <jansson.h>
#include <stdint.h>

/* A string, bytes that are not UTF-8 replaced; null for NULL. */
json_t *json_text(const char *text);
/* "2026-05-01T12:34:56.000Z" of wall microseconds; null for 0 and less. */
json_t *json_time(int64_t wall);
/* As it goes on the wire: compact, one line, with its LF. Steals the reference. */
Line *json_line(json_t *value);
/* The text of a value, compact. Caller frees. */
char *json_compact(const json_t *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)
