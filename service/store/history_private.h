/* SPDX-License-Identifier: MIT */
/*
 * What the history's files share. Invariant: `writing` is touched by the writer's thread alone
 * once it runs, `first` and `last` by the owner's. Thread: as said.
 */
#pragma once

#include "store/history.h"
#include "store/history_write.h"
#include "store/reading.h"
#include "store/store_writer.h"

struct History {
	char *path;
	Readers *readers;
	StoreWriter *writer;
	HistoryWriting writing;
	StoreWrite *first; /* collected in this turn, linked by job.item.next */
	StoreWrite *last;
	StoreOpen *open;
	bool lacks_owners;
};

/* A place found in the file. */
typedef struct HistoryFound {
	int64_t target;
	int64_t newest;
	int64_t since;   /* nothing older is shown */
	int64_t last_id; /* nothing added after that row; 0: no bound */
	char *name;      /* of the channel, or of the other side */
	bool channel;
} HistoryFound;

void history_found_free(HistoryFound *found);
/* The targets a place stands for, at most HISTORY_TALKS_MAX, the newest talks first; of all talks
 * of `owner` if place->name is NULL. Array of HistoryFound. */
GPtrArray *history_find_targets(sqlite3 *database, const HistoryPlace *place, GError **error);
/* Rows of these, whose `since` and `last_id` count; the query's place does not. NULL with `error`
 * or *ret_unknown. */
GPtrArray *history_read_targets(sqlite3 *database, const GPtrArray *targets,
    const HistoryQuery *query, bool *ret_unknown, GError **error);

/* The columns of message that make a row, for history_row_from(). */
#define HISTORY_COLUMNS                                                                            \
	"message.id, message.time, said, marks, msgid, kind, verb, source, account, printed, "     \
	"whom, real_name, message.text, tags, owner, relayed_by, edited_at "
#define HISTORY_ROW_COLUMNS 17 /* how many these are */
/* A copy of the row the statement stands on; `channel` is what it is to say, may be NULL. */
HistoryRow *history_row_from(sqlite3_stmt *statement, const char *channel);
/* Drops the rows whose ids `select` gives, which has its bindings; *ret_dropped counts them up. */
bool history_drop_rows(HistoryWriting *writing, sqlite3 *database, sqlite3_stmt *select,
    int64_t *ret_dropped, GError **error);
/* What was said last in these places (ids, HistoryWriting.touched) may have been what went. */
bool history_refresh_targets(GHashTable *targets, sqlite3 *database, GError **error);
/* What is left of a text must be found neither by a query nor in the file. */
bool history_note_scrub(HistoryWriting *writing, sqlite3 *database, GError **error);
/* A write of this history. */
void history_write(History *history, bool (*apply)(StoreWrite *, sqlite3 *, GError **), void *row,
    GDestroyNotify free_row, StoreDone done, void *data);
