/* SPDX-License-Identifier: MIT */
#include "running.h"

#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CONTROL_SOCKET "control.sock"

bool
running_answers(const char *runtime_dir)
{
	g_autofree char *path = g_build_filename(runtime_dir, CONTROL_SOCKET, NULL);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	bool answered;
	int descriptor;

	if (strlen(path) >= sizeof address.sun_path)
		return false;
	strcpy(address.sun_path, path);
	descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	answered = descriptor >= 0 &&
		   connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0;
	if (descriptor >= 0)
		close(descriptor);
	return answered;
}
