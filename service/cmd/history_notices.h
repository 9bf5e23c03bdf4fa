/* SPDX-License-Identifier: MIT */
/*
 * HistoryNotices: rows of the history as a service tells them to clients that know neither batches
 * nor server-time: a line to begin, what was said with its time, who said it and its id, a line to
 * end; so that nothing of it looks as if it were said now, or by others. Thread: state.
 */
#pragma once

#include "act/query_history.h"

/* In ctx->voice. */
void history_notices(Ctx *ctx, const char *place, const GPtrArray *rows);
