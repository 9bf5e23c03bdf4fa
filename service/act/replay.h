/* SPDX-License-Identifier: MIT */
/*
 * Replay: rows of the history as the events they were, told to one session: the same rendering as
 * when they happened, with their own time and id. Thread: state.
 * For people who read them in a client that shows no server-time there is a form in which the time
 * stands in front of the text.
 */
#pragma once

#include "act/ctx.h"
#include "store/history_rows.h"

#include <glib.h>

/* Those of the rows (HistoryRow) that the reply's session can understand. */
void replay_rows(Reply *reply, const GPtrArray *rows);
/* In a batch "chathistory" of that name. */
void replay_batch(Reply *reply, const char *target, const GPtrArray *rows);
/* A batch for each channel and talk, in the order in which they begin, in the form for people. */
void replay_buffers(Reply *reply, const GPtrArray *rows);
#define REPLAY_STAMP_SIZE 32u
/* "[15:04:05Z] ", with the day in front if it is not that of `now`. */
void replay_stamp(int64_t time, int64_t now, char stamp[static REPLAY_STAMP_SIZE]);
/* May the session be shown what happened besides what was said? */
bool replay_has_events(const Session *session);
