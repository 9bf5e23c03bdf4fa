/* SPDX-License-Identifier: MIT */
/*
 * StorePresences: users who stay without a client, one of an account: what they are brought back as
 * after a restart. A presence is written whole, with its seats; it goes with its account. Times are
 * wall microseconds, 0 for none. Texts of a row that was read are never NULL. Thread: as
 * store/store.h.
 */
#pragma once

#include "store/store.h"

typedef struct StoreSeat {
	char *channel;
	char *ranks; /* letters of modes, "" for none */
} StoreSeat;

typedef struct StorePresence {
	int64_t account;
	char *nick;
	char *username;
	char *real_name;
	char *host;
	char *address;
	char *modes; /* letters */
	char *away;  /* "" for here */
	int64_t away_since;
	int64_t connected_at;
	int64_t detached_at; /* 0: he has a client */
	GPtrArray *seats;    /* of StoreSeat, in order */
} StorePresence;

StorePresence *store_presence_new(void);
void store_presence_free(StorePresence *presence);
/* Appends a copy of it. */
void store_presence_add_seat(StorePresence *presence, const char *channel, const char *ranks);

/* Adds it or replaces all of it; takes the row over. Its account is stored. */
void store_put_presence(Store *store, StorePresence *presence, StoreDone done, void *data);
/* One that is not there is no failure. */
void store_remove_presence(Store *store, int64_t account, StoreDone done, void *data);
/* Array of StorePresence by account. NULL on error; caller frees. */
GPtrArray *store_read_presences(Store *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(StorePresence, store_presence_free)
