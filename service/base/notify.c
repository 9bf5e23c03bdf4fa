/* SPDX-License-Identifier: MIT */
#include "base/notify.h"

#include "base/bytes.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define DATAGRAM_MAX 2048u

struct Notify {
	int descriptor;
	socklen_t address_length;
	struct sockaddr_un address;
};

Notify *
notify_open(void)
{
	const char *path = getenv("NOTIFY_SOCKET");
	size_t length = path ? strlen(path) : 0;
	Notify *notify;

	if (length < 2 || length >= sizeof notify->address.sun_path ||
	    (path[0] != '/' && path[0] != '@'))
		return NULL;
	notify = g_new0(Notify, 1);
	notify->descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (notify->descriptor < 0) {
		g_free(notify);
		return NULL;
	}
	notify->address.sun_family = AF_UNIX;
	memcpy(notify->address.sun_path, path, length);
	if (path[0] == '@')
		notify->address.sun_path[0] = '\0';
	notify->address_length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	return notify;
}

void
notify_close(Notify *notify)
{
	if (!notify)
		return;
	close(notify->descriptor);
	g_free(notify);
}

static void
append_status(Bytes *text, const char *status)
{
	g_autofree char *line = g_strdup(status);

	if (!line)
		return;
	g_strdelimit(line, "\r\n", ' '); /* a line end would begin another assignment */
	bytes_append_format(text, "STATUS=%s\n", line);
}

static void
notify_send(Notify *notify, const Bytes *text)
{
	ssize_t sent;

	if (text->failed)
		return;
	do
		sent = sendto(notify->descriptor, text->data, text->length, MSG_NOSIGNAL,
		    (struct sockaddr *)&notify->address, notify->address_length);
	while (sent < 0 && errno == EINTR);
}

static void
notify_assignment(Notify *notify, const char *assignment, const char *status)
{
	g_auto(Bytes) text = {.maximum = DATAGRAM_MAX};

	if (!notify)
		return;
	bytes_append_string(&text, assignment);
	append_status(&text, status);
	notify_send(notify, &text);
}

void
notify_ready(Notify *notify, const char *status)
{
	notify_assignment(notify, "READY=1\n", status);
}

void
notify_reloading(Notify *notify, const Clock *clock)
{
	char assignment[80];

	g_snprintf(assignment, sizeof assignment, "RELOADING=1\nMONOTONIC_USEC=%" PRId64 "\n",
	    clock_monotonic(clock));
	notify_assignment(notify, assignment, NULL);
}

void
notify_stopping(Notify *notify, const char *status)
{
	notify_assignment(notify, "STOPPING=1\n", status);
}

void
notify_watchdog(Notify *notify)
{
	notify_assignment(notify, "WATCHDOG=1\n", NULL);
}

void
notify_status(Notify *notify, const char *status)
{
	notify_assignment(notify, "", status);
}

int64_t
notify_watchdog_interval(void)
{
	const char *interval = getenv("WATCHDOG_USEC");
	const char *process = getenv("WATCHDOG_PID");
	guint64 value;

	if (!interval || !g_ascii_string_to_unsigned(interval, 10, 1, INT64_MAX, &value, NULL))
		return 0;
	if (process && strtoll(process, NULL, 10) != getpid())
		return 0;
	return (int64_t)value;
}
