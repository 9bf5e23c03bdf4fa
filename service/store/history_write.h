/* SPDX-License-Identifier: MIT */
/*
 * History writes: what the writer's thread does to history.db, one StoreWrite each, and how rows
 * are told to the index of words. Invariant: a row with text is in the index exactly while it is
 * shown, and what is taken out is what was put in. Thread: the writer's.
 */
#pragma once

#include "store/history_rows.h"
#include "store/history_statements.h"
#include "store/store_write.h"

/* The writer's own state. */
typedef struct HistoryWriting {
	HistoryStatements statements;
	int64_t total;        /* rows in the file; -1: not counted yet */
	GHashTable *touched;  /* targets of rows that went, while somebody asks; else NULL */
	int64_t prune_target; /* where the next slice of pruning begins */
	bool fold;            /* something must not be found any more: the log is to be folded in */
	bool merge;           /* and what the index still knows of it is to be merged away */
	bool merge_begun;     /* since the newest of those */
	bool secure_index;    /* this SQLite takes words out of the index at once */
} HistoryWriting;

#define HISTORY_TOKEN_SIZE 24

/* "t12": the word of a target in the index. */
void history_place_word(int64_t target, char word[static HISTORY_TOKEN_SIZE]);
/* "n…" of a nick, 'a' for an account: one word whatever is in it. Caller frees. */
char *history_who_word(char kind, const char *name);
/* The words by which a sender is found: nick of `source` and account (may be NULL). Caller frees.
 */
char *history_who_words(const char *source, const char *account);

/* What a write of the history carries besides its row; its `row` is one of these. */
typedef struct HistoryAdd {
	HistoryWriting *writing;
	HistoryRow *row;
} HistoryAdd;

bool history_apply_add(StoreWrite *write, sqlite3 *database, GError **error);
void history_add_free(HistoryAdd *add);
/* Tells the index the words of a row, or takes them out again; the table is the caller's. */
bool history_put_text(HistoryWriting *writing, sqlite3 *database, int64_t id, int64_t target,
    const char *source, const char *account, const char *text, GError **error);
bool history_drop_text(HistoryWriting *writing, sqlite3 *database, int64_t id, int64_t target,
    const char *source, const char *account, const char *text, GError **error);
