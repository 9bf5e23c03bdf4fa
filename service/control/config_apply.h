/* SPDX-License-Identifier: MIT */
/*
 * The insides of a change of the configuration: config_change.c queues changes and finds out what
 * must be known before, config_apply.c tries, records, writes and applies one.
 * Invariant: a change ends in config_change_finish(), once. Thread: state.
 */
#pragma once

#include "control/config_change.h"
#include "control/config_job.h"

typedef struct ConfigChange {
	Control *control;
	ControlCall *call;
	GPtrArray *items; /* as asked; NULL: to be read from the record of undo_of */
	char *comment;
	int64_t expect; /* < 0: no matter */
	int64_t undo_of;
	/* What came of the trial. */
	GPtrArray *applied;
	char *path;
	char *old_text;
	char *new_text;
	int64_t id;    /* in the record */
	char *failure; /* what to answer once the record is marked */
	int failure_code;
	Timer retry;
} ConfigChange;

struct ConfigQueue {
	Control *control;
	GQueue changes; /* of ConfigChange; the first is under way */
	bool reloading;
	bool held; /* the record is not settled yet */
};

/* Tries the items on what is on the disk, and goes on from there to the end. */
void config_change_try(ConfigChange *change);
/* The end: the result, or NULL when the call has its refusal. */
void config_change_finish(ConfigChange *change, json_t *result);
void config_change_fail(ConfigChange *change, int code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
