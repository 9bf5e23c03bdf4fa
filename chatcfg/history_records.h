/* SPDX-License-Identifier: MIT */
/*
 * HistoryRecords: a list of records of the service, newest first, loaded page by page: what
 * config.history and audit.list answer. Invariant: ids fall from row to row, without a gap that
 * would hide records between loaded ones. Thread: main; nothing blocks.
 */
#pragma once

#include "service.h"

typedef struct HistoryRecords HistoryRecords;
/* Rows are others, or loading began or ended. */
typedef void (*HistoryRecordsFunc)(HistoryRecords *records, gpointer data);

HistoryRecords *history_records_new(
    Service *service, const char *method, HistoryRecordsFunc changed, gpointer data);
/* A call under way comes to nothing. */
void history_records_free(HistoryRecords *records);

/* The newest page anew; calls at the same time become one. */
void history_records_reload(HistoryRecords *records);
void history_records_load_older(HistoryRecords *records);
/* NULL if there is more to be loaded, else why not (transfer full). */
char *history_records_may_load(const HistoryRecords *records);

guint history_records_count(const HistoryRecords *records);
guint64 history_records_total(const HistoryRecords *records);
/* Borrowed until the rows change. */
const json_t *history_records_row(const HistoryRecords *records, guint row);
guint64 history_records_id(const HistoryRecords *records, guint row);
/* NULL if it is not loaded. */
const json_t *history_records_find(const HistoryRecords *records, guint64 id);
/* A text of a row, "" if it has none. */
const char *history_records_text(const json_t *row, const char *key);

/* The part of it that needs no service: a page in its place among the rows (array, newest first);
 * `is_newest`: it is the first page. */
void history_records_merge(GPtrArray *rows, const json_t *page, gboolean is_newest);
