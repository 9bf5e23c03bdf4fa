/* SPDX-License-Identifier: MIT */
/*
 * HistoryCall: what the methods of the history share: whom they ask and how they answer.
 * Invariant: a call that waits ends with the answer. Thread: state.
 */
#pragma once

#include "act/query_history.h"
#include "control/rows.h"

#define HISTORY_PAGE_BYTES ((size_t)4 * 1024 * 1024) /* of texts and tags in one answer */

/* The Records if there is a history to ask for the channel of the call, if it names one; NULL after
 * a refusal. */
Records *history_of_call(ControlCall *call);
/* Refused, and the call ended, if the history could not answer. */
bool history_is_answered(ControlCall *call, const HistoryAnswer *answer);
/* Newest first if `reverse`. */
json_t *history_row_list(const GPtrArray *rows, bool reverse);
/* HistoryDone; `data` is the call: a page of rows with its cursor, or all matches. */
void history_tell_page(void *data, const HistoryAnswer *answer);
void history_tell_matches(void *data, const HistoryAnswer *answer);
