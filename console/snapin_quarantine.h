/* SPDX-License-Identifier: MIT */
/*
 * Stage 10: what crashed the console last time stays off until the user says otherwise or its file
 * changes.
 * Thread: main.
 */
#pragma once

#include "modcheck/snapin_records.h"
#include "snapin_instance.h"

/* TRUE: its report says so. Stage 10 of the last run comes before all others of this one. */
gboolean snapin_quarantine_holds(SnapinInstance *instance, const SnapinRecords *records);
/* What the marker of the last run names, before anything is loaded. */
void snapin_quarantine_record(
    SnapinRecords *records, const SnapinPath *path, const SnapinCrash *crash);
