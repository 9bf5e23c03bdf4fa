/* SPDX-License-Identifier: MIT */
/*
 * StoreBulk: many accounts and channels as one write: all of them or none. Thread: as
 * store/store.h.
 */
#pragma once

#include "store/store_accounts.h"

/* Adds accounts (StoreAccount) and channels (StoreChannel) with their entries; a channel of that
 * name that is there goes first. The arrays are the caller's, and stay as they are until `done`. */
void store_put_bulk(
    Store *store, const GPtrArray *accounts, const GPtrArray *channels, StoreDone done, void *data);
