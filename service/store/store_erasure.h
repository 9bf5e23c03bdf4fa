/* SPDX-License-Identifier: MIT */
/*
 * StoreErasure: an account that is erased: its row and all that names it elsewhere in the file go
 * in one transaction, in which what is still to be done in the history is written down. Invariant:
 * either nothing of it happened, or the job is there until store_end_erasure().
 * Thread: as store.h.
 */
#pragma once

#include "store/store.h"

typedef struct StoreErasure {
	int64_t account;
	int64_t time;
	GPtrArray *names; /* of char *: its name and grouped nicks */
} StoreErasure;

StoreErasure *store_erasure_new(int64_t account, int64_t time);
void store_erasure_free(StoreErasure *erasure);
/* What stands for the account in records that stay: "account 4711". Caller frees. */
char *store_erased_name(int64_t account) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the row over. An account that is not there is no failure. */
void store_erase_account(Store *store, StoreErasure *erasure, StoreDone done, void *data);
/* Nothing is left to do; the file's log is folded in and cut soon after. */
void store_end_erasure(Store *store, int64_t account, StoreDone done, void *data);
/* Ids (int64_t) of accounts whose erasure is not through, the oldest first. NULL on error. */
GArray *store_read_erasures(Store *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
