/* SPDX-License-Identifier: MIT */
/*
 * AccountExport: what is kept of an account, for its owner and for administrators, as objects that
 * say what they are ("type"): first what is in memory, at once; then what it said, in pages from
 * the history. Never a secret: of passwords and codes it says only that there is one.
 * Invariant: each fact is one object of a bounded size. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/query_history.h"

#include <jansson.h>

#define ACCOUNT_EXPORT_SLICE 1000u /* channels looked at in one turn */

/* What is in memory, gathered in slices; begins as {0}. The list is the caller's. */
typedef struct AccountExport {
	json_t *list;
	uint32_t cursor; /* among the channels */
} AccountExport;

/* True if there is more to be looked at. */
bool account_export_slice(AccountExport *walk, const Community *community, const Account *account);
/* All of it in one turn: an array of objects; the caller's. */
json_t *account_export(
    const Community *community, const Account *account) G_GNUC_WARN_UNUSED_RESULT;
/* The question for a page of what it said and did behind the row `after` (0: from the first). */
HistoryQuestion *account_export_question(
    const Account *account, int64_t after, unsigned limit, size_t bytes_max);
/* A row of the answer. */
json_t *account_export_row(const HistoryRow *row) G_GNUC_WARN_UNUSED_RESULT;
/* Where the next page begins: the `after` for it; 0: that was the last. */
int64_t account_export_next(const HistoryAnswer *answer);
