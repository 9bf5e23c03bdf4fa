/* SPDX-License-Identifier: MIT */
#include "act/backup.h"

#include "base/clock.h"
#include "store/backup.h"

#include <glib.h>

#define BACKUP_JOBS_MAX 16u /* jobs waiting for the pool */

typedef struct BackupJob {
	Job job; /* first */
	char *state_dir;
	char *config_path;
	char *name;
	unsigned keep;
	char *path;
	guint64 bytes;
	unsigned removed;
	GError *error;
	BackupDone done;
	void *data;
} BackupJob;

const char *
backup_name_problem(const char *name)
{
	return backup_name_is_valid(name)
		   ? NULL
		   : "letters, digits, '-', '_' and '.', which is not the first; up to 64 bytes";
}

/* Pool thread. */
static void
run_backup(Job *job)
{
	BackupJob *backup = (BackupJob *)job;
	const BackupPlaces places = {backup->state_dir, backup->config_path};

	if (backup_make(&places, backup->name, &backup->path, &backup->bytes, &backup->error) &&
	    backup->keep > 0)
		backup->removed = backup_prune(&places, backup->keep);
}

static void
job_free(BackupJob *backup)
{
	g_free(backup->state_dir);
	g_free(backup->config_path);
	g_free(backup->name);
	g_free(backup->path);
	g_clear_error(&backup->error);
	g_free(backup);
}

static void
finish_backup(Job *job)
{
	BackupJob *backup = (BackupJob *)job;
	BackupAnswer answer = {
	    .path = backup->path, .bytes = backup->bytes, .removed = backup->removed};

	if (backup->error)
		answer = (BackupAnswer){.problem = backup->error->message};
	else if (!backup->path)
		answer = (BackupAnswer){.problem = "the service is stopping"};
	backup->done(backup->data, &answer);
	job_free(backup);
}

static char *
name_of_time(int64_t now)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(now / CLOCK_SECOND);

	return g_date_time_format(time, "%Y%m%dT%H%M%SZ");
}

void
backup_start(WorkPool *pool, const BackupRequest *request, BackupDone done, void *data)
{
	const BackupAnswer busy = {.problem = "too much waits for the worker threads: try again"};
	BackupJob *backup = g_new0(BackupJob, 1);

	backup->job.run = run_backup;
	backup->job.done = finish_backup;
	backup->state_dir = g_strdup(request->state_dir);
	backup->config_path = g_strdup(request->config_path);
	backup->name = request->name ? g_strdup(request->name) : name_of_time(request->now);
	backup->keep = request->keep;
	backup->done = done;
	backup->data = data;
	if (pool && work_submit(pool, WORK_BACKUP, &backup->job, BACKUP_JOBS_MAX))
		return;
	done(data, &busy);
	job_free(backup);
}
