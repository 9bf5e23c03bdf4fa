/* SPDX-License-Identifier: MIT */
/*
 * EventLog: the bus's events that an administrator wants in the log, as log events.
 * Invariant: never what users say to each other, never a key or password. Thread: state.
 */
#pragma once

#include "base/log.h"
#include "out/event.h"

/* Bus subscriber; `data` is the Log. */
void event_log(void *data, const Event *event);
