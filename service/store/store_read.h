/* SPDX-License-Identifier: MIT */
/*
 * StoreRead: what readers need of the store they read for (reading.h).
 * Invariant: what is lent by the readers goes back to them. Thread: any.
 */
#pragma once

#include "store/readers.h"
#include "store/store.h"

/* The store's readers; the store's. */
Readers *store_readers(Store *store);
