/* SPDX-License-Identifier: MIT */
/*
 * StoreRenames: a channel that is stored has another name: its row and all that belongs to it, in
 * one write, with what follows from it: how long the former name leads to it, and that what was
 * said in it is to follow in the history. Invariant: the latter is there until store_end_rename();
 * at most STORE_RENAMES_MAX of them are kept, the newest. Thread: as store/store.h.
 */
#pragma once

#include "store/store.h"

#define STORE_RENAMES_MAX 4096
#define STORE_FORMER_NAMES 4 /* of one channel; the one that ends first makes room */

typedef struct StoreRename {
	int64_t id; /* given by the store */
	char *former;
	char *name;
	int64_t time;
	int64_t until; /* of one that is asked for: so long its former name leads to it; 0: never */
} StoreRename;

typedef struct StoreFormerName {
	char *name;
	char *channel;
	int64_t until;
} StoreFormerName;

void store_rename_free(StoreRename *rename);
void store_former_name_free(StoreFormerName *name);

/* Copies it; fails if there is no channel of that name. The answer's id is for
 * store_end_rename(). */
void store_rename_channel(Store *store, const StoreRename *rename, StoreDone done, void *data);
/* What was said has followed. */
void store_end_rename(Store *store, int64_t id, StoreDone done, void *data);
/* Array of StoreRename whose history has not followed, in order. NULL on error; caller frees. */
GPtrArray *store_read_renames(Store *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Array of StoreFormerName; those that have ended may be among them. */
GPtrArray *store_read_former_names(Store *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
