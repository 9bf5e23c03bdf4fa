/* SPDX-License-Identifier: MIT */
#include "restore.h"

#include "running.h"
#include "store/backup.h"

#include <stdio.h>
#include <string.h>

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

	if (running_answers(options->runtime_dir)) {
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
