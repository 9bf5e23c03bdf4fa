/* SPDX-License-Identifier: MIT */
/*
 * Pages of what is stored, newest first: the cursor is the id of the last row shown.
 * Invariant: next_cursor is null on the last page. Thread: state; the read is a job.
 */
#pragma once

#include "act/query_records.h"
#include "control/control_call.h"

typedef void (*RecordsReader)(
    Records *records, int64_t before, unsigned limit, RecordsDone done, void *data);
/* A new reference; the row has an int64_t id first. */
typedef json_t *(*RecordsRow)(const void *row);

/* For a handler with the parameters limit and cursor to return. */
json_t *records_page(ControlCall *call, RecordsReader reader, RecordsRow row);
