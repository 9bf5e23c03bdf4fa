/* SPDX-License-Identifier: MIT */
/*
 * Readers: the connections that only read, lent out one at a time. Invariant: a connection is used
 * by one thread at a time; no more are kept than were ever used at once, at most READERS_KEPT.
 * Thread: any.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

#define READERS_KEPT 16u

typedef struct Readers Readers;

Readers *readers_new(const char *path);
void readers_free(Readers *readers);
/* NULL with `error` if the file cannot be opened. */
sqlite3 *readers_borrow(Readers *readers, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void readers_return(Readers *readers, sqlite3 *database);
