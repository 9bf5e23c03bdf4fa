/* SPDX-License-Identifier: MIT */
/*
 * PresenceKeeper: subscriber of the bus that keeps users who stay without a client (act/presence.h)
 * in the store: after whatever changes one, his row is written at the end of the turn, once however
 * much happened; it goes when he is no longer to stay. Ends the stay of those without a client for
 * too long. Nobody waits for these writes: after a power cut somebody may be in a channel too few.
 * Invariant: what was stored is known, so that others cause no writes. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "base/clock.h"
#include "store/store_presences.h"

typedef struct PresenceKeeper PresenceKeeper;

typedef struct PresenceKeeperSetup {
	Store *store;
	Community *community;
	Timers *timers;
	const Clock *clock;
	/* He has been without a client for too long. */
	void (*expire)(void *data, User *user);
	void *data;
} PresenceKeeperSetup;

/* All of the setup is borrowed. `rows` (StorePresence) are what is stored now. */
PresenceKeeper *presence_keeper_new(const PresenceKeeperSetup *setup, const GPtrArray *rows);
void presence_keeper_free(PresenceKeeper *keeper);
/* BusSubscriber. */
void presence_keeper_event(void *keeper, const Event *event);
/* Writes what changed; at the end of each turn, and before the store is closed. */
void presence_keeper_end_turn(PresenceKeeper *keeper);
