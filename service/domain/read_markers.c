/* SPDX-License-Identifier: MIT */
#include "domain/read_markers.h"

#include "proto/casemap.h"

typedef struct Marker {
	int64_t time;
	uint64_t moved; /* counts moves of all markers: the lowest was moved longest ago */
} Marker;

struct ReadMarkers {
	GHashTable *parties; /* party -> GHashTable of target (without case) -> Marker */
	uint64_t moves;
};

ReadMarkers *
read_markers_new(void)
{
	ReadMarkers *markers = g_new0(ReadMarkers, 1);

	markers->parties = g_hash_table_new_full(
	    g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
	return markers;
}

void
read_markers_free(ReadMarkers *markers)
{
	if (!markers)
		return;
	g_hash_table_unref(markers->parties);
	g_free(markers);
}

int64_t
read_markers_get(const ReadMarkers *markers, const char *party, const char *target)
{
	GHashTable *targets = g_hash_table_lookup(markers->parties, party);
	const Marker *marker = targets ? g_hash_table_lookup(targets, target) : NULL;

	return marker ? marker->time : -1;
}

static void
forget_oldest(GHashTable *targets)
{
	uint64_t moved = UINT64_MAX;
	gpointer oldest = NULL, key, value;
	GHashTableIter iterator;

	g_hash_table_iter_init(&iterator, targets);
	while (g_hash_table_iter_next(&iterator, &key, &value)) {
		const Marker *marker = value;

		if (marker->moved < moved) {
			moved = marker->moved;
			oldest = key;
		}
	}
	g_hash_table_remove(targets, oldest);
}

bool
read_markers_set(ReadMarkers *markers, const char *party, const char *target, int64_t time)
{
	GHashTable *targets = g_hash_table_lookup(markers->parties, party);
	Marker *marker;

	if (!targets) {
		targets = g_hash_table_new_full(casemap_hash, casemap_equal, g_free, g_free);
		g_hash_table_insert(markers->parties, g_strdup(party), targets);
	}
	marker = g_hash_table_lookup(targets, target);
	if (marker && marker->time >= time)
		return false;
	if (!marker) {
		if (g_hash_table_size(targets) >= READ_MARKERS_MAX)
			forget_oldest(targets);
		marker = g_new0(Marker, 1);
		g_hash_table_insert(targets, g_strdup(target), marker);
	}
	*marker = (Marker){time, ++markers->moves};
	return true;
}

void
read_markers_rename(ReadMarkers *markers, const char *from, const char *to)
{
	gpointer targets, key, marker;
	GHashTableIter iterator;

	g_hash_table_iter_init(&iterator, markers->parties);
	while (g_hash_table_iter_next(&iterator, NULL, &targets)) {
		if (!g_hash_table_steal_extended(targets, from, &key, &marker))
			continue;
		g_free(key);
		g_hash_table_replace(targets, g_strdup(to), marker);
	}
}

void
read_markers_forget(ReadMarkers *markers, const char *party)
{
	g_hash_table_remove(markers->parties, party);
}

void
read_markers_each(const ReadMarkers *markers, const char *party,
    void (*each)(void *data, const char *target, int64_t time), void *data)
{
	GHashTable *targets = g_hash_table_lookup(markers->parties, party);
	GHashTableIter iterator;
	gpointer target, marker;

	if (!targets)
		return;
	g_hash_table_iter_init(&iterator, targets);
	while (g_hash_table_iter_next(&iterator, &target, &marker))
		each(data, target, ((const Marker *)marker)->time);
}
