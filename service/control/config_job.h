/* SPDX-License-Identifier: MIT */
/*
 * ConfigJob: the configuration's files, away from the state thread: reads and understands them,
 * tries a change of them, replaces one. Invariant: a file is replaced only if it still holds what
 * was read. Thread: started and answered on the state thread, run on the pool.
 */
#pragma once

#include "base/work.h"
#include "control/config_edit.h"
#include "settings/settings.h"

typedef struct ConfigJob ConfigJob;
typedef void (*ConfigJobDone)(void *data, ConfigJob *job);

struct ConfigJob {
	Job job;            /* first */
	char *path;         /* main file */
	GPtrArray *items;   /* the change to try; NULL: none */
	ConfigJobDone done; /* the job and all in it is freed after it */
	void *data;
	bool stopped; /* the service is stopping: nothing was done */
	/* What is on the disk. */
	GPtrArray *keyfiles;
	GPtrArray *errors;  /* of SettingsError */
	Settings *settings; /* NULL with errors */
	/* The change; `applied` NULL if `problem` or there was none to try. */
	char *problem;
	GPtrArray *applied; /* items with what was there before */
	GPtrArray *new_errors;
	Settings *new_settings;
	char *changed_path; /* NULL: nothing changes */
	char *old_text;     /* NULL: the file is not there yet */
	char *new_text;
};

/* Reads, and tries `items` (stolen) if there are any. False if the pool takes no more; `items` are
 * freed then too. */
bool config_job_read(
    WorkPool *pool, const char *path, GPtrArray *items, ConfigJobDone done, void *data);

/* Replaces `path` if it still holds `expected` (NULL: is not there); an answer with `problem` set
 * if not, and `conflict` if somebody else changed it. Texts are copied. */
typedef struct ConfigWrite {
	Job job;
	char *path;
	char *expected;
	char *text;
	void (*done)(void *data, const struct ConfigWrite *write);
	void *data;
	char *problem;
	bool conflict;
} ConfigWrite;

bool config_job_write(WorkPool *pool, const char *path, const char *expected, const char *text,
    void (*done)(void *data, const ConfigWrite *write), void *data);
