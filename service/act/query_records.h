/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing records for the layers that may not see the store: the audit and the changes
 * of the configuration. Reads run on the pool; the answer comes on the state thread, exactly once.
 * Invariant: with records NULL the answer is a problem, at once; with a pool that takes no more it
 * is one in another turn.
 * Thread: state.
 */
#pragma once

#include "act/records.h"

#define RECORDS_JOBS_MAX 256u /* reads waiting for the pool */

typedef struct RecordsAnswer {
	const char *problem; /* a sentence; NULL: none. All below is empty then */
	GPtrArray *rows;     /* of StoreAudit or StoreConfigChange */
	uint64_t total;
	StoreConfigChange *change; /* records_read_change(): NULL if there is none of that id */
	int64_t later;             /* the same: newest later change in its way; 0: none */
} RecordsAnswer;

/* The answer and all in it are the caller's of this until it returns. */
typedef void (*RecordsDone)(void *data, const RecordsAnswer *answer);

/* Newest first, ids below `before` (0: from the newest), at most `limit` <= STORE_PAGE_MAX. */
void records_read_audit(
    Records *records, int64_t before, unsigned limit, RecordsDone done, void *data);
void records_read_changes(
    Records *records, int64_t before, unsigned limit, RecordsDone done, void *data);
/* Those that a crash left pending, oldest first. */
void records_read_pending(Records *records, RecordsDone done, void *data);
void records_read_change(Records *records, int64_t id, RecordsDone done, void *data);

/* As the store's functions of these names, with an answer also when records is NULL. */
void records_add_audit(Records *records, const StoreAudit *audit, StoreDone done, void *data);
void records_add_change(
    Records *records, const StoreConfigChange *change, StoreDone done, void *data);
void records_set_change_state(
    Records *records, int64_t id, StoreChangeState state, StoreDone done, void *data);
