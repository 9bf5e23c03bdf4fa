/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include "base/bytes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define JOURNAL_SOCKET "/run/systemd/journal/socket"
#define DATAGRAM_MAX 65536u
#define FIELD_PREFIX "CHATD_"

struct LogJournal {
	int descriptor;
};

/* syslog(3) priorities. */
static const int priorities[] = {
    [LOG_LEVEL_DEBUG] = 7,
    [LOG_LEVEL_INFO] = 6,
    [LOG_LEVEL_WARN] = 4,
    [LOG_LEVEL_ERROR] = 3,
    [LOG_LEVEL_FATAL] = 2,
};

/* systemd.exec(5), JOURNAL_STREAM: "device:inode" of the stream in decimal. */
static bool
stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat status;

	return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
	       fstat(STDERR_FILENO, &status) == 0 && status.st_dev == (dev_t)device &&
	       status.st_ino == (ino_t)inode;
}

LogJournal *
log_journal_connect(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	LogJournal *journal;
	int descriptor;

	if (strlen(path) >= sizeof address.sun_path)
		return NULL;
	strcpy(address.sun_path, path);
	descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (descriptor < 0)
		return NULL;
	if (connect(descriptor, (struct sockaddr *)&address, sizeof address) < 0) {
		close(descriptor);
		return NULL;
	}
	journal = g_new(LogJournal, 1);
	journal->descriptor = descriptor;
	return journal;
}

LogJournal *
log_journal_open(void)
{
	return stderr_is_journal() ? log_journal_connect(JOURNAL_SOCKET) : NULL;
}

void
log_journal_close(LogJournal *journal)
{
	if (!journal)
		return;
	close(journal->descriptor);
	g_free(journal);
}

/* Native protocol: NAME=value\n, or for a value with line ends NAME\n, 64 bit little-endian length,
 * value, \n (systemd, "Native Journal Protocol"). Names are A-Z, 0-9 and _. */
static void
append_entry(Bytes *text, const char *prefix, const char *name, const char *value)
{
	bytes_append_string(text, prefix);
	for (const char *next = name; *next; next++)
		bytes_append_char(
		    text, g_ascii_isalnum(*next) ? (char)g_ascii_toupper(*next) : '_');
	if (strchr(value, '\n')) {
		uint64_t length = GUINT64_TO_LE((uint64_t)strlen(value));

		bytes_append_char(text, '\n');
		bytes_append(text, &length, sizeof length);
	} else {
		bytes_append_char(text, '=');
	}
	bytes_append_string(text, value);
	bytes_append_char(text, '\n');
}

void
log_sink_journal(void *data, const LogEvent *event)
{
	LogJournal *journal = data;
	g_auto(Bytes) text = {.maximum = DATAGRAM_MAX};
	char priority[2] = {(char)('0' + priorities[event->level]), '\0'};
	ssize_t sent;

	append_entry(&text, "", "MESSAGE", event->message);
	append_entry(&text, "", "PRIORITY", priority);
	append_entry(&text, "", "SYSLOG_IDENTIFIER", "chatd");
	append_entry(&text, FIELD_PREFIX, "SUBSYSTEM", event->subsystem);
	append_entry(&text, FIELD_PREFIX, "EVENT", event->id);
	for (const LogField *field = event->fields; field && field->name; field++)
		append_entry(&text, FIELD_PREFIX, field->name, field->value ? field->value : "");
	if (text.failed) { /* over the maximum: an incomplete event is not sent as if it were whole
			    */
		bytes_reset(&text);
		append_entry(&text, "", "MESSAGE", event->message);
		append_entry(&text, "", "PRIORITY", priority);
		append_entry(&text, FIELD_PREFIX, "EVENT", event->id);
	}
	do
		sent = send(journal->descriptor, text.data, text.length, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	if (sent < 0)
		log_sink_stderr(NULL, event);
}
