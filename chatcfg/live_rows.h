/* SPDX-License-Identifier: MIT */
/*
 * LiveRows: a LiveTable kept live over the connection of a service while somebody looks at it:
 * subscribed first, then listed in pages; listed anew after a lost connection or lost events.
 * Invariant: while it runs and is connected, what it holds becomes what the service has; rows of
 * before stay until the fresh listing is whole. `moved` is told of every change before anything
 * else happens, so that nobody reads rows that are gone; `changed` at most four times a second.
 * Thread: main; nothing blocks.
 */
#pragma once

#include "live_table.h"
#include "service.h"

typedef struct LiveRows LiveRows;
typedef void (*LiveRowsFunc)(LiveRows *rows, gpointer data);

/* `parent` as of live_table_new(); `changed` may be NULL. */
LiveRows *live_rows_new(Service *service, const LiveKind *kind, const char *parent,
    LiveRowsFunc moved, LiveRowsFunc changed, gpointer data);
void live_rows_free(LiveRows *rows);
/* Counted: what was started is as often stopped. What it holds stays when it stops. */
void live_rows_start(LiveRows *rows);
void live_rows_stop(LiveRows *rows);
/* Lists again now. */
void live_rows_refresh(LiveRows *rows);
const LiveTable *live_rows_table(const LiveRows *rows);
/* A whole listing arrived since it was started. */
gboolean live_rows_is_whole(const LiveRows *rows);
/* Why there is nothing, for people; NULL if nothing is wrong. Borrowed. */
const char *live_rows_problem(const LiveRows *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LiveRows, live_rows_free)
