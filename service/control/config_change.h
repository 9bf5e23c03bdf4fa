/* SPDX-License-Identifier: MIT */
/*
 * ConfigChange: one change of the configuration from request to answer, all or nothing: tried on
 * the files' text, recorded as pending, the file replaced, applied by a reload, marked done.
 * Invariants: one change is under way at a time, others wait in order; a file edited by hand
 * meanwhile is not touched (−1006); what a crash leaves pending is settled at the next start
 * (config_reconcile.h). Thread: state; files and database are jobs.
 */
#pragma once

#include "control/control_call.h"

ConfigQueue *config_queue_new(Control *control);
/* The jobs of the change under way have come back. */
void config_queue_free(ConfigQueue *queue);

/* For handlers to return. `items` (stolen) as in config_edit.h; `expect` < 0: no matter. */
json_t *config_change_start(
    ControlCall *call, GPtrArray *items, const char *comment, int64_t expect);
/* Takes a recorded change back. */
json_t *config_change_undo(ControlCall *call, int64_t id, const char *comment);
/* While held, nothing begins. */
void config_queue_hold(ConfigQueue *queue, bool held);
/* Is the reload that is announced now ours? Then config.changed is told by its change. */
bool config_queue_is_reloading(const ConfigQueue *queue);
