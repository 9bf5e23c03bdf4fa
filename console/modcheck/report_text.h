/* SPDX-License-Identifier: MIT */
/*
 * A module's report as a person reads it, as a program reads it, and as the journal keeps it.
 * Invariant: the sentence comes first, the loader's own words last and never alone.
 * Thread: any.
 */
#pragma once

#include "modcheck/json_text.h"
#include "modcheck/module_report.h"

/* Several lines: sentence, what to do, details; `verbose` adds every stage and the tree of what it
 * needs. Also for "Copy report". Free with g_free(). */
char *report_text(const ModuleReport *report, gboolean verbose);

/* One JSON object with all of it; `state` is the word for the snap-in's state ("failed"). */
void report_write_json(const ModuleReport *report, const char *state, JsonText *json);

/* One structured log line per failed report; nothing if it is good. */
void report_log(const ModuleReport *report);
#define REPORT_LOG_MESSAGE_ID "5d1c0f4e8a7b4c2f9be3a6d07c1f2e94"
