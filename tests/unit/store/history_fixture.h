/* SPDX-License-Identifier: MIT */
/*
 * HistoryFixture: a history over a file in a folder of its own, and its owner's mailbox.
 * Invariant: history_fixture_clear() leaves nothing behind. Thread: the test's.
 */
#pragma once

#include "store/history.h"

#include "store_fixture.h"

#define FIXTURE_TIME (INT64_C(1500000000) * 1000000)

typedef struct HistoryFixture {
	char *folder;
	char *path;
	Mailbox *answers;
	History *history;
	StoreTally tally;
	unsigned added; /* writes asked for */
} HistoryFixture;

void history_fixture_init(HistoryFixture *fixture);
void history_fixture_clear(HistoryFixture *fixture);
/* Hands over what was added and waits until all of it is answered. */
void history_fixture_commit(HistoryFixture *fixture);
/* Is the text in any of the files? */
bool history_fixture_holds(const HistoryFixture *fixture, const char *text);
/* A PRIVMSG `number` seconds after FIXTURE_TIME with the id "m<number>". */
void history_fixture_say(HistoryFixture *fixture, const char *channel, const char *nick,
    unsigned number, const char *text);
/* The same between two accounts. */
void history_fixture_whisper(
    HistoryFixture *fixture, const char *from, const char *to, unsigned number, const char *text);
/* The ids of what a query gives, with blanks between. Caller frees. */
char *history_fixture_ids(HistoryFixture *fixture, const HistoryQuery *query);
/* The same of what a search finds; a limit of 0 stands for 100. */
char *history_fixture_search(HistoryFixture *fixture, HistorySearch search);
/* Runs slices until none is left: prune with this retention at `now`. */
void history_fixture_prune(HistoryFixture *fixture, const HistoryRetention *retention, int64_t now);
