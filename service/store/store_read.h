/* SPDX-License-Identifier: MIT */
/*
 * Reading: what store_read.c needs of the store it reads for.
 * Invariant: what is lent by the readers goes back to them. Thread: any.
 */
#pragma once

#include "store/readers.h"
#include "store/store.h"

/* The store's readers; the store's. */
Readers *store_readers(Store *store);
