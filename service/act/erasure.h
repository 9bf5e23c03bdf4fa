/* SPDX-License-Identifier: MIT */
/*
 * Erasures: what is left to be done when an account is gone: its messages, its private talks and
 * what it has read are taken out of the history in slices, one on its way at a time, so that others
 * are stored meanwhile. The store keeps the job until it is through: a restart goes on with it, and
 * so does a service that kept no history in between. Before the first one, rows of an older
 * history.db get to know whose they are.
 * Invariant: an account is ended in the store only after no row of it was found. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"
#include "base/log.h"

typedef struct ErasureSetup {
	Records *records;
	const Community *community;
	const Clock *clock;
	Timers *timers;
	Log *log;
} ErasureSetup;

typedef struct Erasures Erasures;

/* All of the setup is borrowed. */
Erasures *erasures_new(const ErasureSetup *setup);
/* After store and history were closed and their answers were taken. */
void erasures_free(Erasures *erasures);
/* Goes on with those the store still has, and with what the history does not know. Blocks: before
 * the service runs. */
bool erasures_resume(Erasures *erasures, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The account is out of the store: what it said follows. */
void erasures_add(Erasures *erasures, int64_t account);

/* ---- erase_account.c ---- */

/* The account goes out of store and memory, with all that names it; who asked is answered when the
 * store has it. The account is gone afterwards. */
void erase_account(Ctx *ctx, Account *account);
/* What stands for it in records that stay. Caller frees. */
char *erased_name(int64_t account) G_GNUC_WARN_UNUSED_RESULT;
