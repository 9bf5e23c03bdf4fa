/* SPDX-License-Identifier: MIT */
/*
 * Questions to the history for the layers that may not see the store. They are answered on the
 * pool, after all that was said before them is on the disk; the answer comes on the state thread,
 * exactly once, and never while the question is being asked. Invariant: who may not read a place is
 * not given a question for it (history_question_place()). Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"
#include "store/history_retention.h"

#define HISTORY_JOBS_MAX 1024u /* questions waiting for the pool */
/* A search ends then, microseconds: it holds a thread of the pool that others wait for. */
#define HISTORY_SEARCH_TIME_MAX (3 * G_USEC_PER_SEC)

typedef enum HistoryQuestionKind {
	HISTORY_ASK_ROWS,    /* `query` */
	HISTORY_ASK_TARGETS, /* `channels`, `query.place.owner`, `first`, `second`, `limit` */
	HISTORY_ASK_FIND,    /* `query.place` and `query.first.msgid` */
	HISTORY_ASK_SEARCH,  /* `search` */
	HISTORY_ASK_OWNED,   /* `owner`, `after`, `query.limit`, `query.bytes_max` */
	HISTORY_ASK_MISSED, /* `channels`, `query.place.owner`, `first.time` (after which), `limit`,
			       `bytes_max`: what was said before the question, and nothing that was
			       said after it, however late it is answered */
	HISTORY_ASK_VERSIONS, /* as FIND: the texts it had (store/history_message.h) */
	HISTORY_ASK_RULES,    /* `query.place.channel`; NULL: of all channels */
	HISTORY_ASKS
} HistoryQuestionKind;

/* Owns its texts: they are made with history_question_text(). */
typedef struct HistoryQuestion {
	HistoryQuestionKind kind;
	HistoryQuery query;
	const char
	    *printed; /* the channel as it is called, a nick as it was asked for; NULL: none */
	HistorySearch search;
	int64_t owner;       /* an account's id */
	int64_t after;       /* a row's id */
	GPtrArray *channels; /* of char *, NULL-terminated once asked; NULL: none */
	GArray *since;       /* of int64_t, one for each channel; NULL: none */
	GStringChunk *texts;
	void *data; /* of who asks; freed with free_data */
	GDestroyNotify free_data;
} HistoryQuestion;

typedef struct HistoryAnswer {
	const HistoryQuestion *question;
	const char *problem; /* a sentence; NULL: none */
	bool unknown;        /* a message that was referred to is not there */
	bool too_long;       /* the search was given up at HISTORY_SEARCH_TIME_MAX */
	GPtrArray *rows;     /* of HistoryRow; ROWS, SEARCH, MISSED, and FIND (at most one) */
	GPtrArray *targets;  /* of HistoryTarget */
	GPtrArray *rules;    /* of HistoryRule */
} HistoryAnswer;

/* The answer and all in it are valid during the call. */
typedef void (*HistoryDone)(void *data, const HistoryAnswer *answer);

HistoryQuestion *history_question_new(HistoryQuestionKind kind);
void history_question_free(HistoryQuestion *question);
/* A copy that lives as long as the question; NULL for NULL. */
const char *history_question_text(HistoryQuestion *question, const char *text);
/* Adds a channel of which nothing older than `since` is shown. */
void history_question_add_channel(HistoryQuestion *question, const char *name, int64_t since);
/* The place a name stands for to the asking user: a channel he is in, or his talk with somebody.
 * False if there is none that he may read. Sets query.place and query.since. */
bool history_question_place(HistoryQuestion *question, const Ctx *ctx, const char *target);
/* Adds all channels the asking user is in, and his talks. */
void history_question_all(HistoryQuestion *question, const Ctx *ctx);
/* From when on the holder of this seat may read: from the making of the channel, or his JOIN. */
int64_t history_seat_since(const Community *community, const Member *seat);

/* Takes the question over. */
void history_ask(Records *records, HistoryQuestion *question, HistoryDone done, void *data);
/* The same for a command: OUTCOME_PENDING, `go_on` is given a HistoryAnswer. */
Outcome act_ask_history(Ctx *ctx, HistoryQuestion *question, HostContinuation go_on);
