/* SPDX-License-Identifier: MIT */
/*
 * Records: the verbs' way to what is stored. The layers above act never see the store itself: what
 * they write and read goes through here and through act/query_records.h.
 * Invariant: borrows the store and the pool, which outlive it. Thread: state.
 */
#pragma once

#include "base/work.h"
#include "store/store.h"

typedef struct Records {
	Store *store;
	WorkPool *pool; /* for reads */
} Records;
