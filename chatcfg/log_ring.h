/* SPDX-License-Identifier: MIT */
/*
 * LogRing: the newest rows of the service's log, and which of them a filter lets through.
 * Invariant: at most LOG_RING_ROWS rows, oldest first; ids rise and are never used again; while it
 * is held, nothing moves and what comes waits. Thread: one.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

#define LOG_RING_ROWS 10000u

typedef enum LogLevel {
	LOG_LEVEL_DEBUG,
	LOG_LEVEL_INFO,
	LOG_LEVEL_WARN,
	LOG_LEVEL_ERROR,
	LOG_LEVEL_FATAL,
} LogLevel;

typedef struct LogRow {
	guint64 id;
	LogLevel level;
	json_t *entry; /* as log.event gave it */
} LogRow;

typedef struct LogRing LogRing;

/* "warn" → LOG_LEVEL_WARN; what is not known counts as info. */
LogLevel log_level_of(const char *word);
const char *log_level_word(LogLevel level);
/* A text of a row's entry, "" if it has none. */
const char *log_row_text(const LogRow *row, const char *key);

LogRing *log_ring_new(void);
void log_ring_free(LogRing *ring);
/* A new event. */
void log_ring_add(LogRing *ring, json_t *entry);
/* The same unless it is known: older than the newest, or as old and here already. For log.list. */
void log_ring_add_new(LogRing *ring, json_t *entry);
void log_ring_clear(LogRing *ring);
/* What came while it was held is added when it no longer is. */
void log_ring_hold(LogRing *ring, gboolean held);
gboolean log_ring_is_held(const LogRing *ring);
guint log_ring_n_waiting(const LogRing *ring);

/* ---- The filter ---- */

void log_ring_set_level(LogRing *ring, LogLevel least);
/* NULL: all. */
void log_ring_set_subsystem(LogRing *ring, const char *subsystem);
/* Every word of it must be in the row; "": all. */
void log_ring_set_text(LogRing *ring, const char *text);
/* Every subsystem seen, sorted; NULL-terminated. Caller frees with g_strfreev(). */
char **log_ring_subsystems(const LogRing *ring);

/* ---- What the filter lets through, oldest first ---- */

guint log_ring_count(const LogRing *ring);
/* Borrowed until the ring changes. */
const LogRow *log_ring_row(const LogRing *ring, guint index);
/* NULL: gone. */
const LogRow *log_ring_find(const LogRing *ring, guint64 id);
/* All rows, let through or not. */
guint log_ring_total(const LogRing *ring);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LogRing, log_ring_free)
