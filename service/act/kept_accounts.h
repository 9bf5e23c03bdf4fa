/* SPDX-License-Identifier: MIT */
/*
 * KeptAccounts: accounts to and from the store. Invariant: what is in memory is ahead of the store
 * by what is still in its queue only (what the store refuses is taken back, kept_writes.h); without
 * records nothing is kept. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"
#include "store/store_accounts.h"

/* Makes the accounts of rows (StoreAccount, store_read_accounts()); the registry is empty. How many
 * were left out: their names are those of others (as they are compared now). */
unsigned kept_accounts_load(Community *community, const GPtrArray *rows);
/* The account as it is now; who asked is answered when it is on the disk. */
void kept_account_put(Ctx *ctx, const Account *account);
/* The same, but nobody waits and nothing is taken back: when it was used last. */
void kept_account_touch(Ctx *ctx, const Account *account);
void kept_account_remove(Ctx *ctx, const Account *account);
/* For another write of that account: as kept_write_of(). */
void *kept_account_write(Ctx *ctx, int64_t id);
/* As kept_is_settled(). */
bool kept_account_is_settled(const Records *records, int64_t id);
