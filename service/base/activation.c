/* SPDX-License-Identifier: MIT */
#include "base/activation.h"

#include <fcntl.h>
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_DESCRIPTOR 3

static unsigned
announced_count(void)
{
	const char *process = getenv("LISTEN_PID");
	const char *count = getenv("LISTEN_FDS");
	guint64 value;

	if (!process || !g_ascii_string_to_unsigned(process, 10, 1, INT32_MAX, &value, NULL) ||
	    (pid_t)value != getpid())
		return 0;
	if (!count || !g_ascii_string_to_unsigned(count, 10, 1, ACTIVATION_MAX, &value, NULL))
		return 0;
	return (unsigned)value;
}

unsigned
activation_take(ActivatedSocket sockets[static ACTIVATION_MAX])
{
	unsigned announced = announced_count();
	const char *joined = getenv("LISTEN_FDNAMES");
	g_auto(GStrv) names = g_strsplit(joined ? joined : "", ":", (int)ACTIVATION_MAX);
	unsigned n_names = g_strv_length(names);
	unsigned taken = 0;

	for (unsigned i = 0; i < announced; i++) {
		int descriptor = FIRST_DESCRIPTOR + (int)i;
		int flags = fcntl(descriptor, F_GETFD);
		const char *name = i < n_names && *names[i] ? names[i] : "unknown";

		if (flags < 0 || fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) < 0)
			continue;
		sockets[taken].descriptor = descriptor;
		g_strlcpy(sockets[taken].name, name, sizeof sockets[taken].name);
		taken++;
	}
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	return taken;
}
