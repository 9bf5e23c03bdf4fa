/* SPDX-License-Identifier: MIT */
/*
 * StoreWrite: one write on its way: made on the owner's thread, applied on the writer's, answered
 * on the owner's again. Invariant: whoever holds it owns it alone; `answer` is filled by the
 * writer before it is posted. Thread: one at a time, handed over whole.
 */
#pragma once

#include "base/work.h"
#include "store/store.h"
#include "store/store_database.h"

typedef struct StoreWrite StoreWrite;

/* Writes not answered yet. Answers may come after their owner is gone: the last one frees it. */
typedef struct StoreOpen {
	unsigned count;
	bool is_closed; /* its owner is gone */
} StoreOpen;

struct StoreWrite {
	Job job; /* first: the owner's mailbox finishes it like any job */
	/* Writer's thread, inside a transaction; false with `error` (may be NULL) if it did not go.
	 * May be called again after that transaction was rolled back. */
	bool (*apply)(StoreWrite *write, sqlite3 *database, GError **error);
	void *row; /* what is written */
	GDestroyNotify free_row;
	char *name; /* channel, where the row does not say it */
	int64_t id; /* of the row that was added */
	/* Hardly ever fails, and is applied without a savepoint at first: FTS5 writes its index out
	 * at each of them. */
	bool is_unguarded;
	bool applied;    /* inside the transaction that is open */
	char *problem;   /* NULL: done */
	StoreOpen *open; /* the owner's count of those that are not answered; NULL: none */
	StoreDone done;
	void *data;
};

/* `row` goes along. */
StoreWrite *store_write_new(bool (*apply)(StoreWrite *, sqlite3 *, GError **), void *row,
    GDestroyNotify free_row, StoreDone done, void *data);
void store_write_free(StoreWrite *write);
/* Hands it to the writer; owner's thread. */
void store_add_write(Store *store, StoreWrite *write);

/* What the writer's thread still has to do at leisure. */
typedef struct StoreTidying {
	bool fold; /* something must not be found any more: the log is to be folded in */
} StoreTidying;
StoreTidying *store_tidying(Store *store);

/* A name as it is compared (proto/casemap.h). Caller frees. */
char *store_fold(const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* Runs a statement without results. */
bool store_step(sqlite3 *database, sqlite3_stmt *statement, GError **error);

/* Of store_accounts.c. */
bool store_apply_put_account(StoreWrite *write, sqlite3 *database, GError **error);
bool store_apply_put_channel(StoreWrite *write, sqlite3 *database, GError **error);
bool store_apply_remove_channel(StoreWrite *write, sqlite3 *database, GError **error);
bool store_apply_put_entry(StoreWrite *write, sqlite3 *database, GError **error);
bool store_apply_remove_entry(StoreWrite *write, sqlite3 *database, GError **error);
bool store_apply_put_property(StoreWrite *write, sqlite3 *database, GError **error);
bool store_apply_add_change(StoreWrite *write, sqlite3 *database, GError **error);
bool store_apply_change_state(StoreWrite *write, sqlite3 *database, GError **error);
bool store_apply_add_audit(StoreWrite *write, sqlite3 *database, GError **error);
