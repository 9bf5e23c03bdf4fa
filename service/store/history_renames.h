/* SPDX-License-Identifier: MIT */
/*
 * History renames: what was said in a channel goes along with its name. Two files cannot be
 * committed together, so it is remembered until it is known that the other one (chatd.db) has the
 * name too, and can be undone if it has not. Invariant: a rename takes its place among what is
 * said: what was added before it goes along, what is added after it under either name belongs to
 * whoever bears it then; what a channel of the new name left that is no more stays, where nobody
 * asks for it, until its time is over. Thread: history_read_renames() any, it blocks; the rest the
 * owner's.
 */
#pragma once

#include "store/history.h"

typedef struct HistoryRename {
	int64_t id; /* given by the history */
	char *former;
	char *name;
	int64_t time; /* as it was told */
} HistoryRename;

void history_rename_free(HistoryRename *rename);
/* The answer's id is for one of the two below. */
void history_rename(History *history, const char *former, const char *name, int64_t time,
    StoreDone done, void *data);
/* It stands: nothing is remembered any more. */
void history_end_rename(History *history, int64_t id, StoreDone done, void *data);
/* It has its former name again, with what was said meanwhile. */
void history_undo_rename(History *history, int64_t id, StoreDone done, void *data);
/* Array of HistoryRename that are remembered, in order. NULL on error; caller frees. */
GPtrArray *history_read_renames(History *history, GError **error) G_GNUC_WARN_UNUSED_RESULT;
