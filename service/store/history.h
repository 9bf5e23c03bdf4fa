/* SPDX-License-Identifier: MIT */
/*
 * History: what was said and what happened in channels and between users, in a file of its own
 * (history.db; WAL, synchronous=FULL) with its own writer, so that its volume slows neither
 * settings nor accounts down. Rows are collected during a turn of their owner and handed over at
 * once; the writer commits all that waits as one transaction, then answers.
 * Invariant: an answer with `done` set comes only after the commit is on the disk; every write is
 * answered exactly once. Rows of one place are ordered by time, then by the order of adding.
 * Thread: reads any (they block: on the pool); the rest the owner's.
 */
#pragma once

#include "base/mailbox.h"
#include "store/history_rows.h"
#include "store/store.h"

#define HISTORY_LIMIT_MAX 1000u /* rows of one read */
#define HISTORY_TALKS_MAX 64u   /* talks of one owner with one name that are read together */
/* Rows one slice of forgetting removes: they lie scattered, and what is said meanwhile waits. */
#define HISTORY_FORGET_SLICE 100u
#define HISTORY_PRUNE_SLICE 500u  /* rows one slice of pruning removes */
#define HISTORY_MARKERS_MAX 1000  /* of one party; the one read longest ago goes */
#define HISTORY_SEARCH_WORDS 512u /* bytes of what is searched for */

typedef struct History History;

/* Opens or creates it (permissions 0600), migrates as store_open() does. */
History *history_open(const char *path, Mailbox *answers, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Writes what waits and ends the thread; NULL is allowed. */
void history_close(History *history);
const char *history_path(const History *history);
bool history_is_failing(History *history, char **ret_text);

/* Collects a row, which stays the caller's. `done` may be NULL; the answer's id is the row's. */
void history_add(History *history, const HistoryRow *row, StoreDone done, void *data);
/* Hands what was collected to the writer; once at the end of a turn. */
void history_submit(History *history);

/* Is all that was collected and handed over answered? */
bool history_is_settled(const History *history);
/* Nothing is written: answered after all that was collected before it. The answer's id is that of
 * the newest row then: what was collected later has a greater one. */
void history_after(History *history, StoreDone done, void *data);

/* How long rows are kept; 0: for ever, without bound. */
typedef struct HistoryRetention {
	int64_t channel_messages; /* rows of one channel */
	int64_t direct_messages;  /* rows of the talk of two */
	int64_t age;              /* microseconds */
	int64_t total;            /* rows in the file */
} HistoryRetention;

/* One slice: the answer's id is 1 if there is more to do, 0 when a whole round is through. */
void history_prune(
    History *history, const HistoryRetention *retention, int64_t now, StoreDone done, void *data);
/* Removes all rows of a channel. One slice; the answer's id as of history_prune(). */
void history_forget(History *history, const char *channel, StoreDone done, void *data);
/* Removes what the account said and did and what was done to it, in all places, its private talks
 * whole, and what its party has read. Likewise in slices; what is gone is in the file no more soon
 * after the last one. */
void history_forget_account(
    History *history, int64_t account, const char *party, StoreDone done, void *data);

/* The account of a name that rows of before version 3 know it by. */
typedef struct HistoryOwner {
	int64_t account;
	int64_t since; /* rows from before are not its own */
} HistoryOwner;

/* Are there rows that know their account by name only? As it was when the file was opened. */
bool history_lacks_owners(const History *history);
/* Gives them the account's id: one slice, of the rows behind `after` (0: from the first). The
 * answer's id is the next slice's `after`, 0 when it is done. `owners`: HistoryOwner by name; it is
 * referred to and does not change any more. */
void history_find_owners(
    History *history, GHashTable *owners, int64_t after, StoreDone done, void *data);

/* Up to when a party (an account) has read a channel or a talk; it only moves forward. */
void history_put_marker(History *history, const char *party, const char *target, int64_t time,
    StoreDone done, void *data);
typedef void (*HistoryMarker)(void *data, const char *party, const char *target, int64_t time);
/* All of them, the one that was read longest ago first. */
bool history_read_markers(
    History *history, HistoryMarker each, void *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Rows in ascending order; array of HistoryRow, whose `channel` or `printed` says where. False with
 * `error`; *ret_unknown if a message that was referred to is not there. */
bool history_read(History *history, const HistoryQuery *query, GPtrArray **ret_rows,
    bool *ret_unknown, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What that account said and did in all places behind the row `after`, in the order of adding;
 * `channel` or `printed` says where. A page ends early where it would hold more bytes. */
GPtrArray *history_read_owned(History *history, int64_t account, int64_t after, unsigned limit,
    size_t bytes_max, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The message of that id in that place; NULL without `error` if there is none. */
HistoryRow *history_find(
    History *history, const HistoryPlace *place, const char *msgid, GError **error);
/* Places with something said between the two moments, both excluded, ordered by it, counted from
 * `from`: the channels named (NULL-terminated), of each what is not older than its `since` (NULL:
 * all), and the talks of `owner`. */
GPtrArray *history_targets(History *history, const char *const *channels, const int64_t *since,
    const char *owner, int64_t from, int64_t to, unsigned limit,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a client missed; NULL where nothing is asked. */
typedef struct HistoryMissed {
	const char *const *channels; /* NULL-terminated, with the moment of `since` for each */
	const int64_t *since;
	const char *owner; /* talks of this identity; NULL: none */
	int64_t after;     /* nothing as old as that */
	int64_t last_id;   /* nothing added after that row */
	unsigned limit;    /* rows of one place, the newest */
	size_t bytes_max;  /* in all, shared evenly by the places there is something of */
} HistoryMissed;

/* What was said in each place, in ascending order, one place after the other. */
GPtrArray *history_missed(
    History *history, const HistoryMissed *missed, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is searched for; NULL or 0 where nothing is asked. */
typedef struct HistorySearch {
	const char *const *channels; /* NULL-terminated, with the moment of `since` for each */
	const int64_t *since;
	const char *owner;  /* talks of this identity; NULL: none */
	const char *peer;   /* only with this name or identity */
	bool everywhere;    /* administrators: all places */
	bool channels_only; /* of these, but no private talks */
	const char *text;   /* words, all of which must occur */
	const char *from;   /* nick or account */
	int64_t after;
	int64_t before;
	int64_t deadline; /* g_get_monotonic_time() at which it ends with STORE_ERROR_TOO_LONG */
	unsigned limit;
	size_t bytes_max; /* as in HistoryQuery; 0: no bound. The oldest are left out */
} HistorySearch;

/* The newest that match, in ascending order. */
GPtrArray *history_search(
    History *history, const HistorySearch *search, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(History, history_close)
