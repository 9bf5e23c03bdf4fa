/* SPDX-License-Identifier: MIT */
/*
 * LogRing: the newest events of the log, for log.list and log.event. A sink of the log: events come
 * from any thread; they are handed to the state thread through its mailbox.
 * Invariant: at most LOG_RING_MAX events are kept and as many wait for the state thread; texts of
 * objects are valid UTF-8. Thread: log_ring_sink() any, the rest the state's.
 */
#pragma once

#include "base/log.h"
#include "base/mailbox.h"

#include <jansson.h>

#define LOG_RING_MAX 1000u

typedef struct LogRing LogRing;

/* A copy of the event: one block of memory with all its texts. */
typedef struct LogEntry {
	LogLevel level;
	int64_t time; /* wall */
	const char *subsystem;
	const char *id;
	const char *source;
	const char *message;
	unsigned n_fields;
	LogField fields[];
} LogEntry;

/* As README, log objects: timestamp level subsystem event_id log_source msg … Made when somebody
 * asks, which is seldom. */
json_t *log_entry_object(const LogEntry *entry) G_GNUC_WARN_UNUSED_RESULT;

typedef void (*LogRingListener)(void *data, const LogEntry *entry);

LogRing *log_ring_new(void);
/* The log's sinks do not run any more. */
void log_ring_free(LogRing *ring);
/* Give this to log_add_sink() with the ring as data, from LOG_LEVEL_INFO on. */
void log_ring_sink(void *data, const LogEvent *event);
/* The state thread's mailbox, whose reader calls work_finish(); NULL: there is none any more,
 * events wait for the next. The mailbox is finished before log_ring_free(). */
void log_ring_attach(LogRing *ring, Mailbox *answers);
/* One listener, told every new event; NULL: none. */
void log_ring_listen(LogRing *ring, LogRingListener listener, void *data);
/* `log_source` of entries made from now on; copied. */
void log_ring_set_source(LogRing *ring, const char *server_name);
unsigned log_ring_length(const LogRing *ring);
/* 0 is the oldest. */
const LogEntry *log_ring_get(const LogRing *ring, unsigned index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LogRing, log_ring_free)
