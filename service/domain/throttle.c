/* SPDX-License-Identifier: MIT */
#include "domain/throttle.h"

/* A window begins with the first count in it and ends whole. */
typedef struct Window {
	unsigned count;
	int64_t ends;
} Window;

struct Throttle {
	GHashTable *windows; /* key -> Window */
};

Throttle *
throttle_new(void)
{
	Throttle *throttle = g_new0(Throttle, 1);

	throttle->windows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return throttle;
}

void
throttle_free(Throttle *throttle)
{
	if (!throttle)
		return;
	g_hash_table_unref(throttle->windows);
	g_free(throttle);
}

static gboolean
is_over(gpointer key, gpointer value, gpointer now)
{
	return ((const Window *)value)->ends <= *(const int64_t *)now;
}

static void
drop_first(Throttle *throttle)
{
	GHashTableIter iter;
	gpointer key, value;
	const char *first = NULL;
	int64_t ends = INT64_MAX;

	g_hash_table_iter_init(&iter, throttle->windows);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		if (((const Window *)value)->ends >= ends)
			continue;
		first = key;
		ends = ((const Window *)value)->ends;
	}
	g_hash_table_remove(throttle->windows, first);
}

static void
make_room(Throttle *throttle, int64_t now)
{
	if (g_hash_table_size(throttle->windows) < THROTTLE_KEYS_MAX)
		return;
	if (g_hash_table_foreach_remove(throttle->windows, is_over, &now) == 0)
		drop_first(throttle);
}

void
throttle_count(Throttle *throttle, const char *key, int64_t window, int64_t now)
{
	Window *found = g_hash_table_lookup(throttle->windows, key);

	if (!found) {
		make_room(throttle, now);
		found = g_new0(Window, 1);
		g_hash_table_insert(throttle->windows, g_strdup(key), found);
	}
	if (found->ends <= now)
		*found = (Window){.ends = now + window};
	found->count++;
}

bool
throttle_allows(const Throttle *throttle, const char *key, unsigned most, int64_t now)
{
	const Window *found = g_hash_table_lookup(throttle->windows, key);

	return !found || found->ends <= now || found->count < most;
}
