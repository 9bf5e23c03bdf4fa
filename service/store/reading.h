/* SPDX-License-Identifier: MIT */
/*
 * Reading: one reading transaction on a connection lent by the readers of a file: all its
 * statements see the same state of the file. Invariant: what reading_begin() gave goes back with
 * reading_end(). Thread: any; blocks.
 */
#pragma once

#include "store/readers.h"
#include "store/store_database.h"

typedef struct Reading {
	Readers *readers;
	sqlite3 *database;
} Reading;

/* Adds one row to the array. */
typedef void (*ReadingRow)(GPtrArray *rows, sqlite3_stmt *statement);

bool reading_begin(Reading *reading, Readers *readers, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A connection that failed is not lent again. */
void reading_end(Reading *reading, bool failed);
/* Every row of the statement, whose values are bound. */
bool reading_rows(sqlite3 *database, sqlite3_stmt *statement, ReadingRow reader, GPtrArray *rows,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Every row of a query without values, as a reading of its own. NULL on error; caller frees. */
GPtrArray *reading_all(Readers *readers, const char *sql, ReadingRow reader,
    GDestroyNotify free_row, GError **error) G_GNUC_WARN_UNUSED_RESULT;
