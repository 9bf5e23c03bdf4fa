/* SPDX-License-Identifier: MIT */
/*
 * Log: one event = one line. An event has a level, a subsystem (lower case, "listener"), an id
 * (upper case, "LISTENER_OPENED"), a sentence and named fields; sinks decide what it looks like.
 * Never a secret, never raw client text without escaping (sinks escape control characters).
 * Thread: log_event any; sinks are added before the first event and run on the caller's thread.
 */
#pragma once

#include "base/clock.h"

#include <glib.h>
#include <stdbool.h>

typedef enum LogLevel {
	LOG_LEVEL_DEBUG,
	LOG_LEVEL_INFO,
	LOG_LEVEL_WARN,
	LOG_LEVEL_ERROR,
	LOG_LEVEL_FATAL,
} LogLevel;

typedef struct LogField {
	const char *name; /* lower case, underscores */
	const char *value;
} LogField;

typedef struct LogEvent {
	int64_t time; /* wall, microseconds */
	LogLevel level;
	const char *subsystem;
	const char *id;
	const char *message;
	const LogField *fields; /* ended by a NULL name; NULL if none */
} LogEvent;

typedef struct Log Log;
/* The event and all it points to live until the sink returns. */
typedef void (*LogSink)(void *data, const LogEvent *event);

Log *log_new(const Clock *clock);
void log_free(Log *log);
void log_add_sink(Log *log, LogLevel least, LogSink sink, void *data);
void log_event(Log *log, LogLevel level, const char *subsystem, const char *id,
    const LogField *fields, const char *format, ...) G_GNUC_PRINTF(6, 7);
const char *log_level_name(LogLevel level); /* "debug" "info" "warn" "error" "fatal" */
bool log_level_parse(const char *name, LogLevel *ret_level);

/* Sink: "2026-11-24T00:00:00.000Z info listener LISTENER_OPENED message name=value" to stderr. */
void log_sink_stderr(void *data, const LogEvent *event);
/* Sink: the journal's native datagram protocol; `data` is a LogJournal. */
typedef struct LogJournal LogJournal;
/* NULL when stderr is not connected to the journal (JOURNAL_STREAM) or its socket is absent. */
LogJournal *log_journal_open(void);
/* The same without looking at stderr, for a socket of the caller's choice. */
LogJournal *log_journal_connect(const char *path);
void log_journal_close(LogJournal *journal);
void log_sink_journal(void *data, const LogEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Log, log_free)
