/* SPDX-License-Identifier: MIT */
/*
 * Records: the verbs' way to what is stored. The layers above act never see the store itself: what
 * they write and read goes through here and through act/query_records.h.
 * A change is told to everybody at once; who made it is answered when it is on the disk: whoever
 * runs a verb collects the writes it asks for and waits for them.
 * Invariant: borrows the store and the pool, which outlive it; `wait` is set while writes are
 * collected, from the first one on. Thread: state.
 */
#pragma once

#include "base/work.h"
#include "domain/session.h"
#include "store/history.h"
#include "store/store.h"

typedef struct RecordsWait RecordsWait;
struct KeptKind;

typedef struct Records {
	Store *store;
	WorkPool *pool;            /* for reads */
	History *history;          /* what was said; NULL: not kept */
	unsigned asked;            /* questions to the history that are not answered yet */
	struct Erasures *erasures; /* go on with accounts that are gone; NULL: at the next start */
	bool collecting;
	const Session
	    *speaker;      /* whose messages of this command are acknowledged; NULL: nobody's */
	bool acknowledges; /* a message of his is on its way to the history */
	RecordsWait *wait;
	GHashTable *leaving;  /* of act/kept_names.c; NULL: none ever */
	GHashTable *renaming; /* of act/kept_rename.c; likewise */
	GHashTable *kept;     /* of act/kept_writes.c; NULL: no write was ever begun */
	/* A write of that object was refused: memory is to be what the row says (NULL: there is
	 * none), kind->give_back() with a Ctx of the service. NULL: nothing is taken back. */
	void (*returns)(void *data, const struct KeptKind *kind, const char *key, const void *row);
	void *returns_data;
} Records;

/* After the store was closed and its answers were taken. */
void records_clear(Records *records);

/* `problem`: why something was not stored, a sentence; NULL: all of it is on the disk. */
typedef void (*RecordsStored)(void *data, const char *problem);

/* From here on the writes of verbs are counted. */
void records_collect(Records *records);
bool records_has_writes(const Records *records);
/* Ends that. True if there were any: `stored` is called once, later, when all are answered. False
 * if there were none: it is not called. */
bool records_wait(Records *records, RecordsStored stored, void *data);
/* What this session says is acknowledged to it (by an echo or under a label) when it is stored. */
void records_acknowledge(Records *records, const Session *speaker);
/* For the recorder: the data that goes with records_written() if `origin` waits for what it said;
 * else NULL. */
void *records_acknowledging(Records *records, const Session *origin);
/* For verbs that write: the data that goes with records_written() to the store. */
void *records_writing(Records *records);
void records_written(void *data, const StoreAnswer *answer);
