/* SPDX-License-Identifier: MIT */
#include "net/peer_limits.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>

/* Of IPv4 under ffff::/16, which no connection comes from (RFC 4291 2.4: multicast). */
#define KEY_OF_IPV4 (UINT64_C(0xffff) << 48)

struct PeerPlace {
	uint64_t key;   /* first: the table is asked by it */
	unsigned count; /* of its connections, open ones too */
};

struct PeerLimits {
	pthread_mutex_t mutex; /* guards all */
	unsigned most;
	unsigned most_per_address;
	unsigned total;     /* in their prelude */
	GHashTable *places; /* of PeerPlace, owned, by key */
	NetRange *exempt;
	unsigned n_exempt;
};

PeerLimits *
peer_limits_new(void)
{
	PeerLimits *limits = g_new0(PeerLimits, 1);

	pthread_mutex_init(&limits->mutex, NULL);
	limits->most = UINT_MAX;
	limits->most_per_address = UINT_MAX;
	limits->places = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
	return limits;
}

void
peer_limits_free(PeerLimits *limits)
{
	if (!limits)
		return;
	pthread_mutex_destroy(&limits->mutex);
	g_hash_table_unref(limits->places);
	g_free(limits->exempt);
	g_free(limits);
}

void
peer_limits_set(PeerLimits *limits, unsigned most, unsigned most_per_address,
    const NetRange *exempt, unsigned n_exempt)
{
	pthread_mutex_lock(&limits->mutex);
	limits->most = most;
	limits->most_per_address = most_per_address;
	g_free(limits->exempt);
	limits->exempt = g_memdup2(exempt, n_exempt * sizeof *exempt);
	limits->n_exempt = n_exempt;
	pthread_mutex_unlock(&limits->mutex);
}

/* False for what is no address. */
static bool
find_key(const char *address, uint64_t *ret_key)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	uint64_t key = 0;

	if (inet_pton(AF_INET, address, bytes) == 1) {
		*ret_key = KEY_OF_IPV4 | (uint64_t)bytes[0] << 24 | (uint64_t)bytes[1] << 16 |
			   (uint64_t)bytes[2] << 8 | bytes[3];
		return true;
	}
	if (inet_pton(AF_INET6, address, bytes) != 1)
		return false;
	for (unsigned i = 0; i < sizeof key; i++)
		key = key << 8 | bytes[i];
	*ret_key = key;
	return true;
}

static PeerPlace *
place_of(PeerLimits *limits, uint64_t key)
{
	PeerPlace *place = g_hash_table_lookup(limits->places, &key);

	if (place)
		return place;
	place = g_new0(PeerPlace, 1);
	place->key = key;
	g_hash_table_insert(limits->places, &place->key, place);
	return place;
}

/* Under the mutex. NULL with the reason if there is no room. */
static PeerPlace *
take_place(PeerLimits *limits, uint64_t key, bool has_prelude, CloseReason *ret_reason)
{
	PeerPlace *place;

	*ret_reason = CLOSE_FULL;
	if (has_prelude && limits->total >= limits->most)
		return NULL;
	place = place_of(limits, key);
	*ret_reason = CLOSE_TOO_MANY_CONNECTIONS;
	/* Then it was there already: a limit is at least 1. */
	if (place->count >= limits->most_per_address)
		return NULL;
	place->count++;
	limits->total += has_prelude;
	return place;
}

bool
peer_limits_enter(PeerLimits *limits, const ConnInfo *info, bool has_prelude, PeerPlace **ret_place,
    CloseReason *ret_reason)
{
	uint64_t key;
	bool is_counted;

	*ret_place = NULL;
	if (info->unix_socket || !find_key(info->address, &key))
		return true;
	pthread_mutex_lock(&limits->mutex);
	is_counted = !net_ranges_hold(limits->exempt, limits->n_exempt, info->address);
	if (is_counted)
		*ret_place = take_place(limits, key, has_prelude, ret_reason);
	pthread_mutex_unlock(&limits->mutex);
	return !is_counted || *ret_place;
}

void
peer_limits_opened(PeerLimits *limits, const PeerPlace *place)
{
	if (!place)
		return;
	pthread_mutex_lock(&limits->mutex);
	limits->total--;
	pthread_mutex_unlock(&limits->mutex);
}

void
peer_limits_leave(PeerLimits *limits, PeerPlace *place)
{
	if (!place)
		return;
	pthread_mutex_lock(&limits->mutex);
	if (--place->count == 0)
		g_hash_table_remove(limits->places, &place->key);
	pthread_mutex_unlock(&limits->mutex);
}
