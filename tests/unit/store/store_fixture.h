/* SPDX-License-Identifier: MIT */
/*
 * StoreFixture: a store over a file in a folder of its own, and its owner's mailbox. Invariant:
 * fixture_clear() leaves nothing behind. Thread: the test's.
 */
#pragma once

#include "store/store_accounts.h"

typedef struct StoreFixture {
	char *folder;
	char *path;
	Mailbox *answers;
	Store *store;
} StoreFixture;

/* What happened to the writes since it was zeroed. */
typedef struct StoreTally {
	unsigned done;
	unsigned failed;
	int64_t id; /* of the newest answer that had one */
	char *text; /* of the newest failure */
} StoreTally;

void fixture_init(StoreFixture *fixture);
void fixture_clear(StoreFixture *fixture);
void fixture_reopen(StoreFixture *fixture);
/* StoreDone; `data` is a StoreTally. */
void tally_answer(void *data, const StoreAnswer *answer);
void tally_clear(StoreTally *tally);
/* Finishes answers until done + failed is `count`. */
void fixture_wait(StoreFixture *fixture, const StoreTally *tally, unsigned count);
/* A registered channel of that name, stored and answered. */
void fixture_put_channel(StoreFixture *fixture, const char *name);

/* An account's row with nothing in it but a secret. Caller frees, or the store takes it over. */
StoreAccount *fixture_account(int64_t id, const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* What fixtures of other files are made of: a folder with a file to be, and its owner's mailbox. */
void fixture_make_folder(
    const char *file, char **ret_folder, char **ret_path, Mailbox **ret_answers);
/* The owner closed its database before: frees all three. */
void fixture_remove_folder(char *folder, char *path, Mailbox *answers);
/* Takes the answers that are there. */
void fixture_finish(Mailbox *answers);
/* Until done + failed reaches `count`; fails the test after half a minute. */
void fixture_wait_for(Mailbox *answers, const StoreTally *tally, unsigned count);
