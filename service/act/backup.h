/* SPDX-License-Identifier: MIT */
/*
 * Backup as a job: a copy of state and configuration made while the service runs (store/backup.h).
 * Invariant: the answer comes once, on the state thread; what is too many at once is answered so.
 * Thread: state.
 */
#pragma once

#include "base/work.h"

#include <stdint.h>

typedef struct BackupAnswer {
	const char *problem; /* a sentence; NULL: it is made. All below is empty then */
	const char *path;
	uint64_t bytes;
	unsigned removed; /* older ones */
} BackupAnswer;

/* Valid until it returns. */
typedef void (*BackupDone)(void *data, const BackupAnswer *answer);

typedef struct BackupRequest {
	const char *state_dir;
	const char *config_path; /* NULL: there is no file */
	const char *name;        /* NULL: the time, as 20261128T131500Z */
	int64_t now;             /* microseconds since 1970 */
	unsigned keep;           /* so many are left; 0: all */
} BackupRequest;

/* NULL if a backup may have that name, else what is allowed. */
const char *backup_name_problem(const char *name);
void backup_start(WorkPool *pool, const BackupRequest *request, BackupDone done, void *data);
