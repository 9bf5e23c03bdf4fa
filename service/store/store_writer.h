/* SPDX-License-Identifier: MIT */
/*
 * StoreWriter: the thread that owns the writing connection. It takes everything that waits as one
 * batch, commits it in one transaction and posts every write back.
 * Invariant: no write is posted as done before its commit returned; a write that fails alone is
 * rolled back alone, also one without a savepoint (StoreWrite.is_unguarded): then the batch is
 * begun again with savepoints for all; a batch whose transaction is lost fails whole, and the
 * connection is opened anew before the next one. Thread: store_writer_add() the owner's, the rest
 * as said.
 */
#pragma once

#include "base/mailbox.h"
#include "store/store_write.h"

typedef struct StoreWriter StoreWriter;

/* What the owner of a file does on the writer's thread besides writes; each may be NULL. */
typedef struct StoreWriterHooks {
	void *data;
	/* Before the connection is closed, and after a transaction was rolled back: its statements
	 * are to be finalized, and what is remembered of the file is not true any more. */
	void (*forget)(void *data);
	/* The connection was opened anew: what the first one was prepared with. */
	bool (*prepare)(void *data, sqlite3 *database, GError **error);
	/* Nothing waits: one slice of what can be done at leisure; true if there is more of it. */
	bool (*idle)(void *data, sqlite3 *database);
} StoreWriterHooks;

/* Takes the connection over; `hooks` may be NULL. */
StoreWriter *store_writer_new(
    const char *path, sqlite3 *database, Mailbox *answers, const StoreWriterHooks *hooks);
/* Commits what waits, then ends the thread. */
void store_writer_free(StoreWriter *writer);
/* Queues it, or answers it as failed when STORE_QUEUE_MAX wait. */
void store_writer_add(StoreWriter *writer, StoreWrite *write);
/* The same for writes linked by their job.item.next, in order: one lock for all of them. */
void store_writer_add_all(StoreWriter *writer, StoreWrite *first);
/* Did the newest batch fail? Any thread; *ret_text the caller frees. */
bool store_writer_is_failing(StoreWriter *writer, char **ret_text);
