/* SPDX-License-Identifier: MIT */
#include "domain/throttle.h"

#define DROPPED_AT_ONCE 4u

/* A window begins with the first count in it and ends whole. */
typedef struct Window {
	char *key;
	unsigned count;
	int64_t ends;
	GList link; /* in `order` */
} Window;

struct Throttle {
	GHashTable *windows; /* key -> Window, owned */
	GQueue order;        /* the same, by when they began */
};

static void
window_free(gpointer data)
{
	Window *window = data;

	g_free(window->key);
	g_free(window);
}

Throttle *
throttle_new(void)
{
	Throttle *throttle = g_new0(Throttle, 1);

	throttle->windows = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, window_free);
	g_queue_init(&throttle->order);
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

static void
drop_first(Throttle *throttle)
{
	Window *first = g_queue_pop_head_link(&throttle->order)->data;

	g_hash_table_remove(throttle->windows, first->key);
}

/* At each count a few of those that are over go, so there is never much to do. */
static void
make_room(Throttle *throttle, int64_t now)
{
	for (unsigned i = 0; i < DROPPED_AT_ONCE && !g_queue_is_empty(&throttle->order); i++) {
		const Window *first = g_queue_peek_head(&throttle->order);

		if (first->ends > now)
			break;
		drop_first(throttle);
	}
	if (g_hash_table_size(throttle->windows) >= THROTTLE_KEYS_MAX)
		drop_first(throttle);
}

static Window *
add_window(Throttle *throttle, const char *key, int64_t now)
{
	Window *window = g_new0(Window, 1);

	make_room(throttle, now);
	window->key = g_strdup(key);
	window->link.data = window;
	g_hash_table_insert(throttle->windows, window->key, window);
	g_queue_push_tail_link(&throttle->order, &window->link);
	return window;
}

void
throttle_count(Throttle *throttle, const char *key, int64_t window, int64_t now)
{
	Window *found = g_hash_table_lookup(throttle->windows, key);

	if (!found)
		found = add_window(throttle, key, now);
	if (found->ends <= now) {
		found->count = 0;
		found->ends = now + window;
		g_queue_unlink(&throttle->order, &found->link);
		g_queue_push_tail_link(&throttle->order, &found->link);
	}
	found->count++;
}

bool
throttle_allows(const Throttle *throttle, const char *key, unsigned most, int64_t now)
{
	const Window *found = g_hash_table_lookup(throttle->windows, key);

	return !found || found->ends <= now || found->count < most;
}

int64_t
throttle_wait(const Throttle *throttle, const char *key, unsigned most, int64_t now)
{
	const Window *found = g_hash_table_lookup(throttle->windows, key);

	return throttle_allows(throttle, key, most, now) ? 0 : found->ends - now;
}
