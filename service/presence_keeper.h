/* SPDX-License-Identifier: MIT */
/*
 * PresenceKeeper: subscriber of the bus that keeps users who stay without a client (act/presence.h)
 * in the store, and the channels they hold (act/held_channels.h): after whatever changes one, his
 * row is written at the end of the turn, once however much happened; it goes when he is no longer
 * to stay. Whose command changed him is answered when the row is on the disk; what the disk refuses
 * is tried again. Ends the stay of those without a client for too long. Invariant: what was stored
 * is known, so that others cause no writes; a command that waits is answered once. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"
#include "base/clock.h"
#include "store/store_presences.h"

typedef struct PresenceKeeper PresenceKeeper;

typedef struct PresenceKeeperSetup {
	Records *records;
	Community *community;
	Timers *timers;
	const Clock *clock;
	/* A Ctx of the service. */
	Ctx (*ctx)(void *data);
	void *data;
} PresenceKeeperSetup;

/* All of the setup is borrowed. `rows` (StorePresence) are what is stored now. */
PresenceKeeper *presence_keeper_new(const PresenceKeeperSetup *setup, const GPtrArray *rows);
/* After the store was closed and its answers were taken. */
void presence_keeper_free(PresenceKeeper *keeper);
/* BusSubscriber. */
void presence_keeper_event(void *keeper, const Event *event);
/* Writes what changed; at the end of each turn, and before the store is closed. */
void presence_keeper_end_turn(PresenceKeeper *keeper);
