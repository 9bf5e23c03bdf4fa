/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include "base/bytes.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SINKS_MAX 8
#define MESSAGE_MAX 8192u
#define TEXT_MAX 16384u

typedef struct Sink {
	LogLevel least;
	LogSink run;
	void *data;
} Sink;

struct Log {
	const Clock *clock;
	unsigned n_sinks;
	Sink sinks[SINKS_MAX];
};

static const char *const level_names[] = {
    [LOG_LEVEL_DEBUG] = "debug",
    [LOG_LEVEL_INFO] = "info",
    [LOG_LEVEL_WARN] = "warn",
    [LOG_LEVEL_ERROR] = "error",
    [LOG_LEVEL_FATAL] = "fatal",
};

Log *
log_new(const Clock *clock)
{
	Log *log = g_new0(Log, 1);

	log->clock = clock;
	return log;
}

void
log_free(Log *log)
{
	g_free(log);
}

void
log_add_sink(Log *log, LogLevel least, LogSink sink, void *data)
{
	g_assert(log->n_sinks < SINKS_MAX);
	log->sinks[log->n_sinks++] = (Sink){least, sink, data};
}

void
log_event(Log *log, LogLevel level, const char *subsystem, const char *id, const LogField *fields,
    const char *format, ...)
{
	g_auto(Bytes) message = {.maximum = MESSAGE_MAX};
	LogEvent event = {clock_wall(log->clock), level, subsystem, id, NULL, fields};
	va_list arguments;
	bool wanted = false;

	for (unsigned i = 0; i < log->n_sinks; i++)
		wanted |= level >= log->sinks[i].least;
	if (!wanted)
		return;
	va_start(arguments, format);
	bytes_append_valist(&message, format, arguments);
	va_end(arguments);
	event.message = message.failed ? "(the message is too long to log)" : bytes_text(&message);
	for (unsigned i = 0; i < log->n_sinks; i++)
		if (level >= log->sinks[i].least)
			log->sinks[i].run(log->sinks[i].data, &event);
}

const char *
log_level_name(LogLevel level)
{
	g_assert(level < G_N_ELEMENTS(level_names));
	return level_names[level];
}

bool
log_level_parse(const char *name, LogLevel *ret_level)
{
	for (size_t i = 0; i < G_N_ELEMENTS(level_names); i++) {
		if (strcmp(name, level_names[i]) == 0) {
			*ret_level = (LogLevel)i;
			return true;
		}
	}
	return false;
}

static bool
needs_escape(char character, bool quoted)
{
	unsigned char byte = (unsigned char)character;

	return byte < 0x20 || byte == 0x7f || byte == '\\' || (quoted && byte == '"');
}

/* Control characters become \xNN, so that nobody writes a line of the log but us. */
static void
append_escaped(Bytes *text, const char *string, bool quoted)
{
	for (const char *next = string; *next; next++) {
		const char *plain = next;

		while (*next && !needs_escape(*next, quoted))
			next++;
		bytes_append(text, plain, (size_t)(next - plain));
		if (*next == '\0')
			return;
		if (*next == '\\' || *next == '"')
			bytes_append_format(text, "\\%c", *next);
		else
			bytes_append_format(text, "\\x%02x", (unsigned char)*next);
	}
}

static void
append_field(Bytes *text, const LogField *field)
{
	const char *value = field->value ? field->value : "";
	bool quoted = *value == '\0' || strpbrk(value, " \"=");

	bytes_append_format(text, " %s=%s", field->name, quoted ? "\"" : "");
	append_escaped(text, value, quoted);
	if (quoted)
		bytes_append_char(text, '"');
}

void
log_sink_stderr(void *data, const LogEvent *event)
{
	g_auto(Bytes) text = {.maximum = TEXT_MAX};
	char time[CLOCK_TEXT_SIZE];
	const char *next;
	size_t left;

	clock_format(event->time, time);
	bytes_append_format(
	    &text, "%s %s %s %s ", time, log_level_name(event->level), event->subsystem, event->id);
	append_escaped(&text, event->message, false);
	for (const LogField *field = event->fields; field && field->name; field++)
		append_field(&text, field);
	if (text.failed)
		bytes_truncate(&text, TEXT_MAX - 1);
	bytes_append_char(&text, '\n');
	/* One write per line keeps lines of several threads whole. */
	for (next = text.data, left = text.length; left > 0;) {
		ssize_t written = write(STDERR_FILENO, next, left);

		if (written < 0 && errno != EINTR)
			return; /* nowhere left to tell it */
		if (written > 0) {
			next += written;
			left -= (size_t)written;
		}
	}
}
