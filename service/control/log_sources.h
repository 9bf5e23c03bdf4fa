/* SPDX-License-Identifier: MIT */
/*
 * LogSources: which events of the log somebody wants (UnrealIRCd's source language): `all`, a
 * level, a subsystem, an EVENT_ID, `subsystem.EVENT`, `subsystem.level`, `!` before it for not,
 * `nomatch`. Invariant: an event is wanted if some positive source matches and no negative one
 * does; debug events never are. Thread: one.
 */
#pragma once

#include "base/log.h"

#include <glib.h>
#include <stdbool.h>

#define LOG_SOURCES_MAX 100u
#define LOG_SOURCE_LENGTH_MAX 100u /* bytes */

typedef struct LogSources LogSources;

LogSources *log_sources_new(void);
void log_sources_free(LogSources *sources);
/* False when it is not of the language, too long or one too many. */
bool log_sources_add(LogSources *sources, const char *source);
bool log_sources_match(
    const LogSources *sources, LogLevel level, const char *subsystem, const char *event_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LogSources, log_sources_free)
