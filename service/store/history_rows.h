/* SPDX-License-Identifier: MIT */
/*
 * History rows: the plain types that go into the history and come out of it. Times are wall
 * microseconds. Invariant: a copy is one block of memory with all its texts; texts may be NULL
 * where it says so. Thread: any; plain data.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HISTORY_MARK_BOT 1u      /* its sender was marked as a bot */
#define HISTORY_MARK_OPERATOR 2u /* its sender was an IRC operator */
#define HISTORY_MARK_LINES 4u    /* its text came in several lines */

/* How a row counts. */
typedef enum HistorySaid {
	HISTORY_HAPPENED, /* somebody came, went, changed something */
	HISTORY_SAID,     /* PRIVMSG, NOTICE */
	HISTORY_REDACTED, /* neither shown nor found: keeps its place for those who count from it */
} HistorySaid;

/* One thing that happened in one place. The place is a channel, or the talk of two parties, whose
 * identities are unique for ever: "=account", or of a guest "~" and what tells him from others. */
typedef struct HistoryRow {
	int64_t id; /* given by the history, growing in the order of adding; 0 before */
	int64_t time;
	HistorySaid said;
	unsigned marks;          /* HISTORY_MARK_ bits of the sender */
	const char *channel;     /* as its users write it; NULL: direct */
	const char *sender;      /* identity, direct only; NULL in a row that was read */
	const char *sender_name; /* name shown for it */
	const char *receiver;
	const char *receiver_name;
	const char *msgid;
	const char *kind; /* name of the event's row */
	const char *verb; /* "PRIVMSG"; NULL: the kind says it */
	const char *source;
	const char *account;    /* its name then; NULL: none */
	int64_t owner;          /* id of the account; 0: nobody's */
	const char *subjects;   /* ids of the accounts it was done to, "12 15"; NULL: none. Not read
				   back */
	const char *printed;    /* the target as it was printed; NULL: the channel */
	const char *whom;       /* who was kicked; NULL: nobody */
	const char *real_name;  /* of who joined; NULL: none */
	const char *text;       /* NULL: none */
	const char *tags;       /* client-only tags, rendered; NULL: none */
	const char *relayed_by; /* nick of who relayed it for somebody elsewhere; NULL: nobody */
	int64_t edited_at;      /* when its text was last replaced; 0: never */
} HistoryRow;

/* A message that is referred to: by its id, or a moment. */
typedef struct HistoryReference {
	const char *msgid; /* NULL: the time counts */
	int64_t time;
} HistoryReference;

typedef enum HistorySelector {
	HISTORY_LATEST, /* the newest, after `first` if it is given */
	HISTORY_BEFORE,
	HISTORY_AFTER,
	HISTORY_AROUND,
	HISTORY_BETWEEN, /* counted from `first` towards `second` */
	HISTORY_SELECTORS
} HistorySelector;

/* Where to look: a channel, or the talks of `owner` with `peer`. */
typedef struct HistoryPlace {
	const char *channel; /* NULL: direct */
	const char *owner;   /* identity of who asks */
	const char *peer;    /* identity the name stands for today; NULL: none */
	const char *name;    /* name of the other */
} HistoryPlace;

typedef struct HistoryQuery {
	HistoryPlace place;
	HistorySelector selector;
	bool has_first;
	HistoryReference first;
	HistoryReference second;
	unsigned limit;
	bool events;      /* also what happened, not only what was said */
	int64_t since;    /* nothing older */
	int64_t last_id;  /* nothing added after that row; 0: no bound */
	size_t bytes_max; /* of texts and tags in all; what is furthest from `first` is left out */
} HistoryQuery;

/* A place somebody has history in. */
typedef struct HistoryTarget {
	char *name;
	int64_t newest; /* time of what was said last */
} HistoryTarget;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HistoryRow, g_free)
/* Texts of the copy lie behind it in one block: g_free() frees all. */
HistoryRow *history_row_copy(const HistoryRow *row) G_GNUC_WARN_UNUSED_RESULT;
/* Bytes of its texts. */
size_t history_row_size(const HistoryRow *row);
/* About as many as it takes when it is told to a client, tags and all. */
size_t history_row_weight(const HistoryRow *row);
void history_target_free(HistoryTarget *target);
