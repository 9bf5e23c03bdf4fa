/* SPDX-License-Identifier: MIT */
#include "restore.h"

#include "store/backup.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define CONTROL_SOCKET "control.sock"

/* Does a service answer where this one would? */
static bool
is_running(const char *runtime_dir)
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

int
restore_run(const Options *options)
{
	const BackupPlaces places = {options->state_dir, options->config};
	g_autofree char *folder =
	    strchr(options->restore, '/')
		? g_strdup(options->restore)
		: g_build_filename(options->state_dir, BACKUP_FOLDER, options->restore, NULL);
	g_autofree char *aside = NULL;
	g_autoptr(GError) error = NULL;

	if (is_running(options->runtime_dir)) {
		fputs("chatd: the service runs; stop it first, nothing was changed\n", stderr);
		return 1;
	}
	if (backup_restore(folder, &places, &aside, &error)) {
		printf("%s is in place; what was there before is in %s\n", folder, aside);
		return 0;
	}
	fprintf(stderr, "chatd: %s\n", error->message);
	if (aside)
		fprintf(stderr,
		    "chatd: the restore is not complete; what was there before is in %s\n", aside);
	else
		fputs("chatd: nothing was changed\n", stderr);
	return 1;
}
