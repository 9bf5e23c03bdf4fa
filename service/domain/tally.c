/* SPDX-License-Identifier: MIT */
#include "domain/tally.h"

struct Tally {
	GHashTable *counts; /* key -> GUINT_TO_POINTER, never 0 */
};

Tally *
tally_new(void)
{
	Tally *tally = g_new0(Tally, 1);

	tally->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return tally;
}

void
tally_free(Tally *tally)
{
	if (!tally)
		return;
	g_hash_table_unref(tally->counts);
	g_free(tally);
}

unsigned
tally_of(const Tally *tally, const char *key)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(tally->counts, key));
}

unsigned
tally_count(Tally *tally, const char *key, int change)
{
	unsigned count = tally_of(tally, key);

	g_assert(change >= 0 || count > 0);
	count = (unsigned)((int)count + change);
	if (count > 0)
		g_hash_table_replace(tally->counts, g_strdup(key), GUINT_TO_POINTER(count));
	else
		g_hash_table_remove(tally->counts, key);
	return count;
}
