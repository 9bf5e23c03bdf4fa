/* SPDX-License-Identifier: MIT */
/*
 * Recorder: subscriber of the bus that puts what was said and what happened into the history, and
 * keeps the history within its limits. An acknowledgement that waits (act/records.h) is given back
 * when the row is on the disk. Invariant: everything goes to the history's writer at the end of the
 * turn, in the order it happened. Thread: state.
 */
#pragma once

#include "act/records.h"
#include "base/clock.h"
#include "base/counters.h"
#include "base/log.h"
#include "base/timers.h"
#include "domain/community.h"
#include "out/event.h"

typedef struct RecorderSetup {
	History *history;
	Records *records;
	const Community *community;
	Timers *timers;
	const Clock *clock;
	Counters *counters;
	Log *log;
} RecorderSetup;

typedef struct Recorder Recorder;

/* All of the setup is borrowed. */
Recorder *recorder_new(const RecorderSetup *setup);
/* After the history was closed and its answers were taken. */
void recorder_free(Recorder *recorder);
/* BusSubscriber; `data` is the recorder. */
void recorder_event(void *data, const Event *event);
/* Ends the turn: hands over what was collected. */
void recorder_end_turn(Recorder *recorder);
